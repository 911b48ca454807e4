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

  // The value weighs classes, not answers: it is no share of events.
  std::optional<bool> event(const ScoredAnswer&) const override { return std::nullopt; }

  MetricValue value(std::span<const ScoredAnswer> answers) const override {
    const Selected selected = select(selection_, answers);
    MetricValue out = metric_value(selected, "share");
    out.interval = "bootstrap";
    if (selected.ok.empty()) return out;
    const std::vector<Class> classes = classes_of(selected.ok);
    if (classes.size() < 2) return out;  // nothing to balance: an accuracy would not be it
    std::vector<ClusterSums> strata;
    std::vector<ShareOfTrials> shares;
    double sum = 0;
    bool varied = true;
    for (const Class& one : classes) {
      strata.push_back(cluster_scores(one.answers, one.scores));
      const MeanEstimate mean = clustered_mean(strata.back());
      shares.push_back({mean.mean, mean.clusters});
      sum += mean.mean;
      out.clusters += mean.clusters;
      varied = varied && mean.standard_error > 0;
    }
    out.value = sum / static_cast<double>(classes.size());
    // A class that is all right or all wrong has nothing to resample.
    if (!varied) out.interval = "mover";
    const Interval interval =
        varied ? bootstrap_mean_of_means(strata, derive_seed(0, "balanced")) : mover_mean(shares);
    out.low = interval.low;
    out.high = interval.high;
    return out;
  }

 private:
  struct Class {
    std::vector<const ScoredAnswer*> answers;
    std::vector<double> scores;  // 1: correct
  };

  std::vector<Class> classes_of(std::span<const ScoredAnswer* const> ok) const {
    std::map<std::string, Class> by_gold;
    for (const ScoredAnswer* answer : ok) {
      const auto gold = answer->sample->meta.find(by_);
      if (gold == answer->sample->meta.end()) {
        fail(ErrorKind::kBadFile, "sample {}: no '{}' to balance by", answer->sample->id, by_);
      }
      Class& one = by_gold[gold->second];
      one.answers.push_back(answer);
      one.scores.push_back(answer->verdict->label == "correct" ? 1 : 0);
    }
    std::vector<Class> classes;
    for (auto& [gold, one] : by_gold) classes.push_back(std::move(one));
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
