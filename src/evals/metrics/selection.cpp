#include "evals/metrics/selection.h"

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

Selected select(const Selection& selection, std::span<const ScoredAnswer> answers) {
  Selected out;
  for (const ScoredAnswer& answer : answers) {
    if (!selection.holds(*answer.sample)) continue;
    ++out.counts.n;
    switch (answer.verdict->status) {
      case Status::kOk:
        ++out.counts.n_ok;
        out.ok.push_back(&answer);
        break;
      case Status::kUnparsed: ++out.counts.n_unparsed; break;
      case Status::kEmpty: ++out.counts.n_empty; break;
      case Status::kError:
      case Status::kTimeout:
      case Status::kFiltered: ++out.counts.n_error; break;
    }
  }
  return out;
}

MetricValue metric_value(const Selected& selected, const std::string& unit) {
  MetricValue value;
  value.unit = unit;
  value.counts = selected.counts;
  return value;
}

ClusterSums cluster_scores(std::span<const ScoredAnswer* const> answers,
                           std::span<const double> scores) {
  std::vector<std::string> clusters;
  clusters.reserve(answers.size());
  for (const ScoredAnswer* answer : answers) clusters.push_back(answer->sample->cluster);
  return cluster_sums(scores, clusters);
}

}  // namespace sightline
