// Share of the ok verdicts that carry a label, with the Wilson interval.
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
    set_share(cluster_scores(selected.ok, scores), out);
    return out;
  }

 private:
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
