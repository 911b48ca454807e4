// Texts with alternatives in braces, as a shell has them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sightline {

// "cmrm(alpha={0.5,1})" → "cmrm(alpha=0.5)", "cmrm(alpha=1)"; several braces give every
// combination, the last one changing fastest. Braces without a comma, unclosed or within "…" are
// text; braces do not nest.
std::vector<std::string> alternatives(std::string_view text);

}  // namespace sightline
