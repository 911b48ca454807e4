// Which defence of a run somebody means.
#pragma once

#include <string>
#include <vector>

namespace sightline {

// The one of `known` that is `given`, or whose method is: "cmrm" stands for "cmrm(alpha=1.0)" while
// no other cmrm is there. Throws Error{kUsage} naming what there is.
const std::string& defence_named(const std::vector<std::string>& known, const std::string& given);

}  // namespace sightline
