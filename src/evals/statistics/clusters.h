// Scores that are not independent: items that share a picture or a text form one cluster.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "evals/statistics/intervals.h"

namespace sightline {

// Sum and number of some scores.
struct Total {
  double sum = 0;
  double count = 0;
  double mean() const { return sum / count; }
};

// Scores grouped into clusters: what is resampled or flipped together.
struct ClusterSums {
  std::vector<double> sums;    // Σ of the scores in each cluster
  std::vector<double> counts;  // their number

  Total total() const;
};

// Groups by name, in the order of the names. REQUIRES: equal lengths and no empty name; an item
// without a cluster is an error (kInternal), not a cluster of its own.
ClusterSums cluster_sums(std::span<const double> scores, std::span<const std::string> clusters);

struct MeanEstimate {
  double mean = 0;
  double standard_error = 0;  // 0 with fewer than two clusters, and where all have one mean
  Interval interval;          // mean ± t(clusters - 1) · standard error
  std::int64_t clusters = 0;
};

// Mean with the clustered standard error sqrt(C/(C-1) · Σ_c (Σ_{i in c}(s_i - mean))²) / n; with
// singleton clusters it equals sd/√n. REQUIRES: at least one score.
MeanEstimate clustered_mean(const ClusterSums& clusters);

}  // namespace sightline
