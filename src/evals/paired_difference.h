// How an event's share differs between two sides that answered the same items.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "evals/statistics/clusters.h"
#include "evals/statistics/paired.h"
#include "sightline/metric.h"

namespace sightline {

// The items that both sides could be judged on, paired by sample id.
struct PairedItems {
  PairCounts counts;        // first: the event happens on the other side alone; second: base alone
  ClusterSums differences;  // other - base, by the samples' clusters

  bool independent() const;  // every item is its own cluster
};

// REQUIRES: within each side, sample ids are unique. A metric without events has no pairs.
PairedItems paired_items(const Metric& metric, std::span<const ScoredAnswer> base,
                         std::span<const ScoredAnswer> other);

struct PairedDifference {
  std::string against;      // the base
  std::int64_t n = 0;       // pairs
  std::int64_t gained = 0;  // the event happens here and not there
  std::int64_t lost = 0;    // the reverse
  std::int64_t clusters = 0;
  double difference = 0;  // (gained - lost) / n
  double low = 0;         // 95 % interval, holds the difference
  double high = 0;
  // "tango"; "cluster_bootstrap" where samples share clusters; "tango_clusters" where nothing
  // varies between them, so that only their number speaks.
  std::string interval;
  double p = 1;      // two-sided
  std::string test;  // "mcnemar", or "sign_flip" where samples share clusters
};

// Nothing without pairs.
std::optional<PairedDifference> paired_difference(const PairedItems& items,
                                                  const std::string& against);

// Its p alone, without drawing for an interval; 1 without pairs.
double paired_p(const PairedItems& items);

// The one-sided 95 % bound of the difference: what it does not exceed (upper) or fall below.
// REQUIRES: there are pairs.
double difference_bound(const PairedItems& items, bool upper);

}  // namespace sightline
