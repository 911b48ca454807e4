// What several p values asked together still say.
#pragma once

#include <span>
#include <vector>

namespace sightline {

// Holm's step-down adjustment: the chance of any false finding in the family stays below the level
// at which adjusted values are read. In the order of `p`.
std::vector<double> holm(std::span<const double> p);

// Benjamini and Hochberg's q values: the expected share of false findings. In the order of `p`.
std::vector<double> benjamini_hochberg(std::span<const double> p);

}  // namespace sightline
