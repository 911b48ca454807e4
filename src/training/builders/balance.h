// How much of a label a single modality gives away.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace sightline {

// Mutual information in bits between a value and a yes/no label, from their joint counts. 0: the
// value says nothing; 1: it says all. Empty: 0.
double mutual_information_bits(const std::vector<std::pair<std::string, bool>>& labelled);

}  // namespace sightline
