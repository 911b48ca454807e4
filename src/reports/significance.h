// When a difference is more than luck may be: the one rule of reports, comparisons and gates.
#pragma once

#include <cstdint>

namespace sightline {

inline constexpr double kSignificanceLevel = 0.05;
inline constexpr std::int64_t kLeastPairs = 30;  // below, no difference is marked

// `adjusted` is p within its family: Holm's for what is claimed.
inline bool is_significant(double adjusted, std::int64_t pairs) {
  return adjusted < kSignificanceLevel && pairs >= kLeastPairs;
}

}  // namespace sightline
