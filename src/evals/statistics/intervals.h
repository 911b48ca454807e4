// Intervals of single proportions.
#pragma once

#include <cstdint>
#include <span>

namespace sightline {

struct Interval {
  double low = 0;
  double high = 0;
  bool operator==(const Interval&) const = default;
};

inline constexpr double kZ95 = 1.959963984540054;

// 95 % Wilson score interval of k events in n independent trials; [0, 1] when n is 0.
// REQUIRES: 0 <= k <= n.
Interval wilson(std::int64_t k, std::int64_t n);

// The same of a share of n trials that is no whole number of events, as where each trial is a
// cluster of answers. REQUIRES: 0 <= share <= 1, n > 0.
Interval wilson_share(double share, std::int64_t n);

// 95 % interval of the unweighted mean of several independent shares by the method of variance
// estimates recovery over their Wilson intervals (Zou and Donner 2008): defined also where a share
// is 0 or 1 and there is nothing to resample. REQUIRES: not empty, 0 <= value <= 1, n > 0 in each.
struct ShareOfTrials {
  double value = 0;
  std::int64_t n = 0;  // independent trials: clusters, where answers share some
};
Interval mover_mean(std::span<const ShareOfTrials> shares);

}  // namespace sightline
