// Bootstrap over whole clusters within strata, for any function of the strata's totals.
//
//   const std::vector<double> sorted = bootstrap_replicates(strata, mean_of_means, {.seed = 7});
//   const Interval interval = percentile_interval(sorted);
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "evals/statistics/clusters.h"

namespace sightline {

// What is estimated, from one total for each stratum. Called by several threads at once; must not
// throw.
using Statistic = std::function<double(std::span<const Total> strata)>;

// Unweighted mean of the strata's means.
double mean_of_means(std::span<const Total> strata);

struct BootstrapPlan {
  std::uint64_t seed = 0;
  int replicates = 2000;
  int threads = 0;  // 0: as many as the work is worth; the result does not depend on it
};

// The statistic of each replicate, ascending. Every replicate draws as many clusters as each
// stratum has, with replacement: four draws under the Philox counter (replicate, number of the
// first, stratum, 0). REQUIRES: no stratum is empty.
std::vector<double> bootstrap_replicates(std::span<const ClusterSums> strata,
                                         const Statistic& statistic, const BootstrapPlan& plan);

// Linear-interpolated quantile. REQUIRES: not empty, ascending.
double quantile(std::span<const double> sorted, double p);

// The quantiles around the middle 95 %.
Interval percentile_interval(std::span<const double> sorted);

// Percentile interval of mean_of_means, widened to hold the point where the quantiles miss it.
// REQUIRES: no stratum is empty.
Interval bootstrap_mean_of_means(std::span<const ClusterSums> strata, std::uint64_t seed,
                                 int replicates = 2000);

}  // namespace sightline
