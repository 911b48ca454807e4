#include "reports/defence_names.h"

#include <algorithm>

#include "base/near.h"
#include "sightline/error.h"

namespace sightline {

const std::string& defence_named(const std::vector<std::string>& known, const std::string& given) {
  const auto exact = std::find(known.begin(), known.end(), given);
  if (exact != known.end()) return *exact;
  const std::string* found = nullptr;
  for (const std::string& one : known) {
    if (one.substr(0, one.find('(')) != given || one.find('+') != std::string::npos) continue;
    if (found != nullptr) {
      fail_with_hint(ErrorKind::kUsage, "write '" + one + "'", "'{}' may be '{}' or '{}'", given,
                     *found, one);
    }
    found = &one;
  }
  if (found == nullptr) {
    fail_with_hint(ErrorKind::kUsage, near_names_hint(given, known), "the run has no defence '{}'",
                   given);
  }
  return *found;
}

}  // namespace sightline
