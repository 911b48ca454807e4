#include "evals/statistics/clusters.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>
#include <unordered_map>

#include "evals/statistics/distributions.h"
#include "sightline/error.h"

namespace sightline {
namespace {

constexpr double kRounding = 1e-13;

}  // namespace

Total ClusterSums::total() const {
  return {std::accumulate(sums.begin(), sums.end(), 0.0),
          std::accumulate(counts.begin(), counts.end(), 0.0)};
}

ClusterSums cluster_sums(std::span<const double> scores, std::span<const std::string> clusters) {
  if (scores.size() != clusters.size()) {
    fail(ErrorKind::kInternal, "{} scores with {} clusters", scores.size(), clusters.size());
  }
  std::unordered_map<std::string_view, Total> by_name;
  by_name.reserve(clusters.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (clusters[i].empty()) fail(ErrorKind::kInternal, "score {} has no cluster", i);
    Total& total = by_name[clusters[i]];
    total.sum += scores[i];
    total.count += 1;
  }
  std::vector<std::pair<std::string_view, Total>> sorted(by_name.begin(), by_name.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  ClusterSums out;
  for (const auto& [name, total] : sorted) {
    out.sums.push_back(total.sum);
    out.counts.push_back(total.count);
  }
  return out;
}

MeanEstimate clustered_mean(const ClusterSums& clusters) {
  const std::size_t count = clusters.sums.size();
  const Total total = clusters.total();
  MeanEstimate out{.mean = total.mean(), .clusters = static_cast<std::int64_t>(count)};
  out.interval = {out.mean, out.mean};
  if (count < 2) return out;
  double squares = 0;
  for (std::size_t c = 0; c < count; ++c) {
    const double expected = clusters.counts[c] * out.mean;
    const double deviation = clusters.sums[c] - expected;
    // What only rounding of the mean left over is no spread: equal clusters have none.
    if (std::abs(deviation) <= kRounding * std::abs(expected)) continue;
    squares += deviation * deviation;
  }
  const auto groups = static_cast<double>(count);
  out.standard_error = std::sqrt(groups / (groups - 1) * squares) / total.count;
  const double half = student_t_quantile(0.975, groups - 1) * out.standard_error;
  out.interval = {out.mean - half, out.mean + half};
  return out;
}

}  // namespace sightline
