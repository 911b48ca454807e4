#include "base/share.h"

#include <cstdlib>
#include <string>
#include <vector>

#include "sightline/error.h"

namespace sightline {

namespace fs = std::filesystem;

fs::path share_path(std::string_view relative) {
  std::vector<fs::path> roots;
  const char* given = std::getenv("SIGHTLINE_SHARE");
  if (given != nullptr && *given != '\0') {
    roots.emplace_back(given);
  } else {
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
    if (!program.empty()) roots.push_back(program.parent_path().parent_path() / "share/sightline");
    roots.emplace_back(SIGHTLINE_SOURCE_ROOT);
  }
  std::string tried;
  for (const fs::path& root : roots) {
    std::error_code ignored;
    if (fs::exists(root / relative, ignored)) return root / relative;
    tried += (tried.empty() ? "" : ", ") + root.string();
  }
  fail_with_hint(ErrorKind::kNotFound, "set SIGHTLINE_SHARE to the folder that holds it",
                 "'{}' is not in {}", relative, tried);
}

}  // namespace sightline
