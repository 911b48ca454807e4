#include "evals/metrics/selection.h"

#include <algorithm>

#include "evals/ablation.h"

namespace sightline {

Selection::Selection(const Json& options)
    : subset(options.at("subset").get<std::string>()),
      variant(options.at("variant").get<std::string>()) {}

bool Selection::holds(const Sample& sample) const {
  return !is_twin(sample) && (subset.empty() || sample.subset == subset) &&
         (variant.empty() || sample.variant == variant);
}

OptionTable selection_options() {
  return {{"subset", "", "only samples of this subset; empty: all"},
          {"variant", "", "only samples of this variant; empty: all"}};
}

void count_left_out(const ScoredAnswer& answer, MetricCounts& counts) {
  switch (answer.verdict->status) {
    case Status::kOk: break;
    case Status::kUnparsed: ++counts.n_unparsed; break;
    case Status::kEmpty: ++counts.n_empty; break;
    case Status::kError:
      ++(lacks_picture(*answer.sample) ? counts.n_missing : counts.n_error);
      break;
    case Status::kTimeout:
    case Status::kFiltered: ++counts.n_error; break;
  }
}

Selected select(const Selection& selection, std::span<const ScoredAnswer> answers) {
  Selected out;
  for (const ScoredAnswer& answer : answers) {
    if (!selection.holds(*answer.sample)) continue;
    ++out.counts.n;
    if (answer.verdict->status != Status::kOk) {
      count_left_out(answer, out.counts);
      continue;
    }
    ++out.counts.n_ok;
    out.ok.push_back(&answer);
  }
  return out;
}

MetricValue metric_value(const Selected& selected, const std::string& unit) {
  MetricValue value;
  value.unit = unit;
  value.counts = selected.counts;
  return value;
}

void set_share(const ClusterSums& events, MetricValue& out) {
  const Total total = events.total();
  const auto n = static_cast<std::int64_t>(total.count);
  const Interval interval = wilson(static_cast<std::int64_t>(total.sum), n);
  out.value = total.mean();
  out.low = interval.low;
  out.high = interval.high;
  const MeanEstimate mean = clustered_mean(events);
  out.clusters = mean.clusters;
  if (mean.clusters == n) return;
  Interval shared{std::max(0.0, mean.interval.low), std::min(1.0, mean.interval.high)};
  // Clusters that are all alike have no spread: only their number speaks.
  if (mean.standard_error == 0) shared = wilson_share(total.mean(), mean.clusters);
  out.clustered_low = shared.low;
  out.clustered_high = shared.high;
}

ClusterSums cluster_scores(std::span<const ScoredAnswer* const> answers,
                           std::span<const double> scores) {
  std::vector<std::string> clusters;
  clusters.reserve(answers.size());
  for (const ScoredAnswer* answer : answers) clusters.push_back(answer->sample->cluster);
  return cluster_sums(scores, clusters);
}

}  // namespace sightline
