// When a difference is more than luck may be: the one rule of reports, comparisons and gates.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "evals/paired_difference.h"

namespace sightline {

inline constexpr double kSignificanceLevel = 0.05;
inline constexpr std::int64_t kLeastPairs = 30;  // below, no difference is marked

// `adjusted` is p within its family: Holm's for what is claimed.
inline bool is_significant(double adjusted, std::int64_t pairs) {
  return adjusted < kSignificanceLevel && pairs >= kLeastPairs;
}

// The differences of a family, borrowed; one without pairs was not tested and takes no part.
using Family = std::vector<const std::optional<PairedDifference>*>;

// The adjusted p of each member in its order; nothing where it was not tested.
using AdjustedFamily = std::vector<std::optional<double>>;
AdjustedFamily claimed(const Family& family);   // by Holm: differences that are claimed
AdjustedFamily explored(const Family& family);  // by Benjamini and Hochberg: scenario tables

}  // namespace sightline
