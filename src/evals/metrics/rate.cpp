// Share of the ok verdicts that carry a label, with the Wilson interval.
#include <algorithm>

#include "evals/metrics/registry.h"
#include "evals/metrics/selection.h"

namespace sightline {
namespace {

class RateMetric : public Metric {
 public:
  explicit RateMetric(const Json& options)
      : selection_(options), label_(options.at("label").get<std::string>()) {}

  bool selects(const Sample& sample) const override { return selection_.holds(sample); }

  std::optional<bool> event(const ScoredAnswer& answer) const override {
    if (answer.verdict->status != Status::kOk) return std::nullopt;
    return answer.verdict->label == label_;
  }

  MetricValue value(std::span<const ScoredAnswer> answers) const override {
    const Selected selected = select(selection_, answers);
    MetricValue out = metric_value(selected, "share");
    out.interval = "wilson";
    if (selected.ok.empty()) return out;
    std::vector<double> scores;
    for (const ScoredAnswer* answer : selected.ok) scores.push_back(*event(*answer) ? 1 : 0);
    const auto events = std::count(scores.begin(), scores.end(), 1.0);
    const Interval interval = wilson(events, out.counts.n_ok);
    out.value = static_cast<double>(events) / static_cast<double>(out.counts.n_ok);
    out.low = interval.low;
    out.high = interval.high;
    add_clusters(selected.ok, scores, out);
    return out;
  }

 private:
  // Wilson takes answers as independent; where they share pictures or words, say what that hides.
  static void add_clusters(std::span<const ScoredAnswer* const> answers,
                           std::span<const double> scores, MetricValue& out) {
    const MeanEstimate mean = clustered_mean(cluster_scores(answers, scores));
    out.clusters = mean.clusters;
    if (mean.clusters == out.counts.n_ok) return;
    Interval interval{std::max(0.0, mean.interval.low), std::min(1.0, mean.interval.high)};
    if (mean.standard_error == 0) {  // all alike: only the number of clusters speaks
      interval = wilson(out.value > 0.5 ? mean.clusters : 0, mean.clusters);
    }
    out.clustered_low = interval.low;
    out.clustered_high = interval.high;
  }

  Selection selection_;
  std::string label_;
};

}  // namespace

MetricEntry rate_metric() {
  OptionTable options = selection_options();
  options.push_back({"label", "", "the label that is counted"});
  return {.summary = "share of the verdicts that carry a label",
          .options = std::move(options),
          .make = [](const Json& given) { return std::make_shared<RateMetric>(given); }};
}

}  // namespace sightline
