// A spec that names exactly one thing: benchmarks, judges and metrics do not compose with '+'.
#pragma once

#include <string_view>

#include "base/options.h"
#include "sightline/error.h"

namespace sightline {

inline NamedSpec one_spec(std::string_view text, std::string_view kind) {
  std::vector<NamedSpec> specs = parse_specs(text);
  if (specs.size() != 1) {
    fail_with_hint(ErrorKind::kUsage, "give the option once for each", "'{}' is {} {}s, wanted one",
                   text, specs.size(), kind);
  }
  return std::move(specs.front());
}

}  // namespace sightline
