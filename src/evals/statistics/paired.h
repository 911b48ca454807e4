// Tests and intervals of the difference between two shares of the same items.
#pragma once

#include <cstdint>
#include <span>

#include "evals/statistics/intervals.h"

namespace sightline {

// Items by whether the event happened: under both, only the first, only the second, neither.
struct PairCounts {
  std::int64_t both = 0;
  std::int64_t first = 0;   // b
  std::int64_t second = 0;  // c
  std::int64_t neither = 0;
  std::int64_t n() const { return both + first + second + neither; }
};

// Exact two-sided McNemar test of b against c discordant pairs; 1 when there are none.
double mcnemar_exact(std::int64_t b, std::int64_t c);

// Score interval of (b - c)/n (Tango 1998), at ±z standard errors: p < .05 by the score test
// where the 95 % interval leaves out 0. REQUIRES: n > 0, 0 <= b, c and b + c <= n.
Interval tango(std::int64_t b, std::int64_t c, std::int64_t n, double z = kZ95);

// Two-sided sign-flip test of summed paired differences, one per cluster: exact up to 20 clusters
// with a difference, else 10,000 draws with p = (1 + hits) / (1 + draws); draw d takes its signs
// from the Philox counters (d, block of 128 clusters, 0, 1).
double sign_flip(std::span<const double> cluster_differences, std::uint64_t seed);

}  // namespace sightline
