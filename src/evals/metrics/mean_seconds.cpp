// Seconds an answer cost, whatever was answered: the mean with a t interval over clusters.
#include <algorithm>

#include "evals/metrics/registry.h"
#include "evals/metrics/selection.h"

namespace sightline {
namespace {

class MeanSecondsMetric : public Metric {
 public:
  explicit MeanSecondsMetric(const Json& options) : selection_(options) {}

  bool selects(const Sample& sample) const override { return selection_.holds(sample); }

  std::optional<bool> event(const ScoredAnswer&) const override { return std::nullopt; }

  // An answer that no judge could read took its time all the same; one that failed did not.
  MetricValue value(std::span<const ScoredAnswer> answers) const override {
    const Selected selected = select(selection_, answers);
    MetricValue out = metric_value(selected, "seconds");
    out.interval = "t";
    std::vector<const ScoredAnswer*> timed;
    std::vector<double> seconds;
    for (const ScoredAnswer& answer : answers) {
      const Status status = answer.verdict->status;
      const bool answered =
          status == Status::kOk || status == Status::kUnparsed || status == Status::kEmpty;
      if (!answered || !selection_.holds(*answer.sample)) continue;
      timed.push_back(&answer);
      seconds.push_back(answer.seconds);
    }
    out.counts.n_ok = static_cast<std::int64_t>(timed.size());
    out.counts.n_unparsed = out.counts.n_empty = 0;
    if (timed.empty()) return out;
    const MeanEstimate mean = clustered_mean(cluster_scores(timed, seconds));
    out.value = mean.mean;
    out.low = std::max(0.0, mean.interval.low);
    out.high = mean.interval.high;
    out.clusters = mean.clusters;
    return out;
  }

 private:
  Selection selection_;
};

}  // namespace

MetricEntry mean_seconds_metric() {
  return {.summary = "mean seconds an answer cost",
          .options = selection_options(),
          .make = [](const Json& given) { return std::make_shared<MeanSecondsMetric>(given); }};
}

}  // namespace sightline
