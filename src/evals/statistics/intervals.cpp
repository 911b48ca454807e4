#include "evals/statistics/intervals.h"

#include <algorithm>
#include <cmath>

namespace sightline {

Interval wilson(std::int64_t k, std::int64_t n) {
  if (n == 0) return {0, 1};
  return wilson_share(static_cast<double>(k) / static_cast<double>(n), n);
}

Interval wilson_share(double p, std::int64_t n) {
  const auto trials = static_cast<double>(n);
  const double z2 = kZ95 * kZ95;
  const double centre = (p + z2 / (2 * trials)) / (1 + z2 / trials);
  const double half =
      kZ95 * std::sqrt(p * (1 - p) / trials + z2 / (4 * trials * trials)) / (1 + z2 / trials);
  // The ends are exactly 0 and 1 there; rounding must not move them off the point.
  return {p == 0 ? 0 : std::max(0.0, centre - half), p == 1 ? 1 : std::min(1.0, centre + half)};
}

Interval mover_mean(std::span<const ShareOfTrials> shares) {
  double mean = 0;
  double below = 0;
  double above = 0;
  for (const ShareOfTrials& share : shares) {
    const Interval interval = wilson_share(share.value, share.n);
    mean += share.value;
    below += (share.value - interval.low) * (share.value - interval.low);
    above += (interval.high - share.value) * (interval.high - share.value);
  }
  const auto parts = static_cast<double>(shares.size());
  return {(mean - std::sqrt(below)) / parts, (mean + std::sqrt(above)) / parts};
}

}  // namespace sightline
