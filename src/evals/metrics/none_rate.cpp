// Share of the groups of answers (all about one picture) in which no verdict carries a label: where
// one answer of several is enough, as with the captions of a picture.
#include <map>

#include "evals/metrics/registry.h"
#include "evals/metrics/selection.h"

namespace sightline {
namespace {

class NoneRateMetric : public Metric {
 public:
  explicit NoneRateMetric(const Json& options)
      : selection_(options),
        label_(options.at("label").get<std::string>()),
        by_(options.at("by").get<std::string>()) {}

  bool selects(const Sample& sample) const override { return selection_.holds(sample); }

  // The value weighs groups, not answers.
  std::optional<bool> event(const ScoredAnswer&) const override { return std::nullopt; }

  // Counts are of groups. One answer with the label settles its group; without one the group is
  // known only when each of its answers was read.
  MetricValue value(std::span<const ScoredAnswer> answers) const override {
    const std::vector<ScoredAnswer> one_each = deciding(answers);
    const Selected groups = select(selection_, one_each);
    MetricValue out = metric_value(groups, "share");
    out.interval = "wilson";
    if (groups.ok.empty()) return out;
    std::vector<double> scores;
    for (const ScoredAnswer* answer : groups.ok) scores.push_back(carries(*answer) ? 0 : 1);
    set_share(cluster_scores(groups.ok, scores), out);
    return out;
  }

 private:
  bool carries(const ScoredAnswer& answer) const {
    return answer.verdict->status == Status::kOk && answer.verdict->label == label_;
  }

  const std::string& group_of(const Sample& sample) const {
    if (by_.empty()) return sample.cluster;
    const auto note = sample.meta.find(by_);
    if (note == sample.meta.end()) {
      fail(ErrorKind::kBadFile, "sample {}: no '{}' to group by", sample.id, by_);
    }
    return note->second;
  }

  // Does `one` decide its group rather than `other`? One with the label does, then one that could
  // not be read; the id settles the rest, so that the order of the answers does not.
  bool decides(const ScoredAnswer& one, const ScoredAnswer& other) const {
    if (carries(one) != carries(other)) return carries(one);
    if (one.verdict->status != other.verdict->status)
      return one.verdict->status > other.verdict->status;
    return one.sample->id < other.sample->id;
  }

  // The answer of each group that decides it.
  std::vector<ScoredAnswer> deciding(std::span<const ScoredAnswer> answers) const {
    std::map<std::string, ScoredAnswer> groups;
    for (const ScoredAnswer& answer : answers) {
      if (!selection_.holds(*answer.sample)) continue;
      const auto [place, fresh] = groups.emplace(group_of(*answer.sample), answer);
      if (!fresh && decides(answer, place->second)) place->second = answer;
    }
    std::vector<ScoredAnswer> out;
    for (auto& [name, answer] : groups) out.push_back(std::move(answer));
    return out;
  }

  Selection selection_;
  std::string label_;
  std::string by_;
};

}  // namespace

MetricEntry none_rate_metric() {
  OptionTable options = selection_options();
  options.push_back({"label", "", "the label that settles a group"});
  options.push_back({"by", "", "the sample's note that names its group; empty: its cluster"});
  return {.summary = "share of the groups in which no verdict carries a label",
          .options = std::move(options),
          .make = [](const Json& given) { return std::make_shared<NoneRateMetric>(given); }};
}

}  // namespace sightline
