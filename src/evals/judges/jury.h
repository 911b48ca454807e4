// What a jury's verdict tells of its jurors; the judge itself is made by registry.h.
#pragma once

#include <string>
#include <vector>

#include "sightline/sample.h"

namespace sightline {

// The jurors' labels before they conferred, in their order; empty where one could not be read.
// Nothing where `verdict` has no record of votes: another judge's, or read without words.
std::vector<std::string> first_votes(const Verdict& verdict);

}  // namespace sightline
