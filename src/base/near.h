// "Did you mean": the known names closest to a mistyped one.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace sightline {

// A hint such as "did you mean 'cmrm'? known: a, b, c"; at most 12 names are listed.
std::string near_names_hint(std::string_view given, std::span<const std::string> known);

// Position of `given` in `names`, or Error{kUsage} "unknown WHAT 'given'" with the near names.
std::size_t index_of_name(std::string_view given, std::span<const std::string> names,
                          std::string_view what);

}  // namespace sightline
