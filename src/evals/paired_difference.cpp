#include "evals/paired_difference.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/random.h"
#include "evals/statistics/bootstrap.h"

namespace sightline {
namespace {

constexpr double kZ90 = 1.6448536269514722;  // one-sided 95 %

// Quantiles of the mean difference over drawn clusters; nothing when it is the same in every draw.
std::optional<Interval> resampled(const ClusterSums& differences, double low, double high) {
  const std::vector<double> sorted = bootstrap_replicates(
      std::span(&differences, 1), mean_of_means, {.seed = derive_seed(0, "paired_difference")});
  if (sorted.front() == sorted.back()) return std::nullopt;
  return Interval{quantile(sorted, low), quantile(sorted, high)};
}

// Each cluster as one item that moved by the mean difference.
Interval tango_of_clusters(const ClusterSums& differences, double z) {
  const auto clusters = static_cast<std::int64_t>(differences.sums.size());
  const auto moved = std::llround(differences.total().mean() * static_cast<double>(clusters));
  return tango(std::max(moved, 0LL), std::max(-moved, 0LL), clusters, z);
}

}  // namespace

bool PairedItems::independent() const {
  return static_cast<std::int64_t>(differences.sums.size()) == counts.n();
}

PairedItems paired_items(const Metric& metric, std::span<const ScoredAnswer> base,
                         std::span<const ScoredAnswer> other) {
  std::unordered_map<std::string_view, bool> before;
  before.reserve(base.size());
  for (const ScoredAnswer& answer : base) {
    if (!metric.selects(*answer.sample)) continue;
    if (const auto event = metric.event(answer)) before.emplace(answer.sample->id, *event);
  }
  PairedItems out;
  std::vector<double> differences;
  std::vector<std::string> clusters;
  for (const ScoredAnswer& answer : other) {
    const auto was = before.find(answer.sample->id);
    if (was == before.end() || !metric.selects(*answer.sample)) continue;
    const auto event = metric.event(answer);
    if (!event) continue;
    std::int64_t& cell = *event ? (was->second ? out.counts.both : out.counts.first)
                                : (was->second ? out.counts.second : out.counts.neither);
    ++cell;
    differences.push_back(static_cast<double>(*event) - static_cast<double>(was->second));
    clusters.push_back(answer.sample->cluster);
  }
  out.differences = cluster_sums(differences, clusters);
  return out;
}

double paired_p(const PairedItems& items) {
  if (items.counts.n() == 0) return 1;
  return items.independent() ? mcnemar_exact(items.counts.first, items.counts.second)
                             : sign_flip(items.differences.sums, derive_seed(0, "sign_flip"));
}

std::optional<PairedDifference> paired_difference(const PairedItems& items,
                                                  const std::string& against) {
  const PairCounts& counts = items.counts;
  if (counts.n() == 0) return std::nullopt;
  PairedDifference out{.against = against,
                       .n = counts.n(),
                       .gained = counts.first,
                       .lost = counts.second,
                       .clusters = static_cast<std::int64_t>(items.differences.sums.size()),
                       .p = paired_p(items),
                       .test = items.independent() ? "mcnemar" : "sign_flip"};
  out.difference = static_cast<double>(out.gained - out.lost) / static_cast<double>(out.n);
  Interval interval;
  if (items.independent()) {
    out.interval = "tango";
    interval = tango(out.gained, out.lost, out.n);
  } else {
    const auto drawn = resampled(items.differences, 0.025, 0.975);
    out.interval = drawn ? "cluster_bootstrap" : "tango_clusters";
    interval = drawn ? *drawn : tango_of_clusters(items.differences, kZ95);
  }
  out.low = std::min(interval.low, out.difference);
  out.high = std::max(interval.high, out.difference);
  return out;
}

double difference_bound(const PairedItems& items, bool upper) {
  const double point = items.differences.total().mean();
  const Interval interval =
      resampled(items.differences, 0.05, 0.95).value_or(tango_of_clusters(items.differences, kZ90));
  return upper ? std::max(interval.high, point) : std::min(interval.low, point);
}

}  // namespace sightline
