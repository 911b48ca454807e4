#include "verbs_library.h"

#include <dlfcn.h>

#include <filesystem>
#include <vector>

#include "sightline/error.h"

namespace sightline::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLibrary = "libsightline_verbs.so";

fs::path find_library() {
  const fs::path folder = fs::read_symlink("/proc/self/exe").parent_path();
  std::string tried;
  for (const fs::path& place : {folder / kLibrary, folder / SIGHTLINE_VERBS_FOLDER / kLibrary}) {
    if (fs::exists(place)) return place;
    tried += (tried.empty() ? "" : ", ") + place.lexically_normal().string();
  }
  fail_with_hint(ErrorKind::kNotFound, "run 'make build', or install again", "{} is neither at {}",
                 kLibrary, tried);
}

}  // namespace

int run_verb(const std::string& verb, const std::string& options_json) {
  const fs::path place = find_library();
  void* library = ::dlopen(place.c_str(), RTLD_LAZY | RTLD_GLOBAL);
  if (library == nullptr) {
    fail_with_hint(ErrorKind::kNotFound, "is the LibTorch that it was built with still there?",
                   "{}", ::dlerror());
  }
  const auto run = reinterpret_cast<RunVerb>(::dlsym(library, kRunVerbSymbol));
  if (run == nullptr) fail(ErrorKind::kInternal, "{} has no {}", place, kRunVerbSymbol);
  return run(verb.c_str(), options_json.c_str());
}

}  // namespace sightline::cli
