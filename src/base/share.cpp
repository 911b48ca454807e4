#include "base/share.h"

#include <dlfcn.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "sightline/error.h"

namespace sightline {

namespace fs = std::filesystem;

namespace {

// The file that this code is part of: libsightline.so, or a program that holds it.
fs::path linked_file() {
  Dl_info info{};
  if (::dladdr(reinterpret_cast<const void*>(&linked_file), &info) == 0) return {};
  std::error_code ignored;
  return fs::canonical(info.dli_fname, ignored);
}

// PREFIX/bin/sightline, PREFIX/lib/libsightline.so, PREFIX/lib/ARCHITECTURE/libsightline.so
void add_installed(std::vector<fs::path>& roots, const fs::path& file) {
  if (file.empty()) return;
  const fs::path prefix = file.parent_path().parent_path();
  for (const fs::path& place : {prefix, prefix.parent_path()}) {
    const fs::path root = place / "share/sightline";
    std::error_code ignored;
    if (fs::is_directory(root, ignored)) roots.push_back(root);
  }
}

}  // namespace

fs::path share_path(std::string_view relative) {
  std::vector<fs::path> roots;
  const char* given = std::getenv("SIGHTLINE_SHARE");
  if (given != nullptr && *given != '\0') {
    roots.emplace_back(given);
  } else {
    std::error_code ignored;
    add_installed(roots, linked_file());
    add_installed(roots, fs::read_symlink("/proc/self/exe", ignored));
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
