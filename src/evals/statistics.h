// Intervals and paired tests for rates and means. Pure functions, doubles, deterministic.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

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

// Quantile of Student's t; df may be any positive number. REQUIRES: 0 < p < 1.
double student_t_quantile(double p, double df);

// Scores grouped into clusters: what is resampled or flipped together.
struct ClusterSums {
  std::vector<double> sums;    // Σ of the scores in each cluster
  std::vector<double> counts;  // their number
};

// Groups by name, in the order of the names. REQUIRES: equal lengths and no empty name; an item
// without a cluster is an error (kInternal), not a cluster of its own.
ClusterSums cluster_sums(std::span<const double> scores, std::span<const std::string> clusters);

struct MeanEstimate {
  double mean = 0;
  double standard_error = 0;  // 0 with fewer than two clusters
  Interval interval;          // mean ± t(clusters - 1) · standard error
  std::int64_t clusters = 0;
};

// Mean with the clustered standard error sqrt(C/(C-1) · Σ_c (Σ_{i in c}(s_i - mean))²) / n; with
// singleton clusters it equals sd/√n. REQUIRES: at least one score.
MeanEstimate clustered_mean(const ClusterSums& clusters);

// Percentile bootstrap (95 %) of the unweighted mean of the strata's means: whole clusters are
// drawn with replacement inside each stratum. Each replicate has its own stream, so the result
// depends on the seed alone. The interval is widened to hold the point where the quantiles miss it.
// REQUIRES: no stratum is empty.
Interval bootstrap_mean_of_means(std::span<const ClusterSums> strata, std::uint64_t seed,
                                 int replicates = 2000);

// 95 % interval of the unweighted mean of several independent shares by the method of variance
// estimates recovery over their Wilson intervals (Zou and Donner 2008): defined also where a share
// is 0 or 1 and there is nothing to resample. REQUIRES: not empty, 0 <= k <= n, n > 0 in each.
struct Share {
  std::int64_t k = 0;
  std::int64_t n = 0;
};
Interval mover_mean(std::span<const Share> shares);

// Exact two-sided McNemar test of b against c discordant pairs; 1 when there are none.
double mcnemar_exact(std::int64_t b, std::int64_t c);

// Two-sided sign-flip test of summed paired differences, one per cluster: exact up to 20 clusters
// with a difference, else 10,000 seeded draws with p = (1 + hits) / (1 + draws).
double sign_flip(std::span<const double> cluster_differences, std::uint64_t seed);

}  // namespace sightline
