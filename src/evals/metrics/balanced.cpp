// Accuracy averaged over the gold classes: always giving the same answer scores one half of two.
#include <map>

#include "base/random.h"
#include "evals/metrics/registry.h"
#include "evals/metrics/selection.h"

namespace sightline {
namespace {

class BalancedMetric : public Metric {
 public:
  explicit BalancedMetric(const Json& options)
      : selection_(options), by_(options.at("by").get<std::string>()) {}

  bool selects(const Sample& sample) const override { return selection_.holds(sample); }

  std::optional<bool> event(const ScoredAnswer& answer) const override {
    if (answer.verdict->status != Status::kOk) return std::nullopt;
    return answer.verdict->label == "correct";
  }

  MetricValue value(std::span<const ScoredAnswer> answers) const override {
    const Selected selected = select(selection_, answers);
    MetricValue out = metric_value(selected, "share");
    out.interval = "bootstrap";
    if (selected.ok.empty()) return out;
    const std::vector<ClusterSums> classes = classes_of(selected.ok);
    if (classes.size() < 2) return out;  // nothing to balance: an accuracy would not be it
    double sum = 0;
    for (const ClusterSums& one : classes) {
      const MeanEstimate mean = clustered_mean(one);
      sum += mean.mean;
      out.clusters += mean.clusters;
    }
    out.value = sum / static_cast<double>(classes.size());
    const Interval interval = bootstrap_mean_of_means(classes, derive_seed(0, "balanced"));
    out.low = interval.low;
    out.high = interval.high;
    return out;
  }

 private:
  std::vector<ClusterSums> classes_of(std::span<const ScoredAnswer* const> ok) const {
    std::map<std::string, std::pair<std::vector<const ScoredAnswer*>, std::vector<double>>> groups;
    for (const ScoredAnswer* answer : ok) {
      const auto gold = answer->sample->meta.find(by_);
      if (gold == answer->sample->meta.end()) {
        fail(ErrorKind::kBadFile, "sample {}: no '{}' to balance by", answer->sample->id, by_);
      }
      auto& [members, scores] = groups[gold->second];
      members.push_back(answer);
      scores.push_back(*event(*answer) ? 1 : 0);
    }
    std::vector<ClusterSums> classes;
    for (const auto& [gold, group] : groups) {
      classes.push_back(cluster_scores(group.first, group.second));
    }
    return classes;
  }

  Selection selection_;
  std::string by_;
};

}  // namespace

MetricEntry balanced_metric() {
  OptionTable options = selection_options();
  options.push_back({"by", "gold", "the sample's note that holds its class"});
  return {.summary = "accuracy averaged over the gold classes",
          .options = std::move(options),
          .make = [](const Json& given) { return std::make_shared<BalancedMetric>(given); }};
}

}  // namespace sightline
