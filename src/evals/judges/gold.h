// The gold a benchmark stores with a sample, as the judges of right and wrong read it.
#pragma once

#include <string>
#include <vector>

#include "sightline/sample.h"

namespace sightline {

// expected["answer"]: a text or a list of accepted texts; never empty. Throws kBadFile naming the
// sample.
std::vector<std::string> accepted_answers(const Sample& sample);

}  // namespace sightline
