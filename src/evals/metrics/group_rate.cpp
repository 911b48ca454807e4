// Share of the groups of answers (all about one picture, or several to one question) in which none,
// any or most of the verdicts carry a label; with a second judge, the labels of both.
#include <algorithm>
#include <map>
#include <optional>

#include "evals/labels.h"
#include "evals/metrics/registry.h"
#include "evals/metrics/selection.h"

namespace sightline {
namespace {

// What an answer says, or a group of them.
enum class Vote { kWith, kWithout, kUnread };

class Group {
 public:
  // `answer` with the verdict that its vote goes by.
  void add(const ScoredAnswer& answer, Vote vote) {
    ++votes_[vote];
    ScoredAnswer& first = examples_.emplace(vote, answer).first->second;
    if (stands_before(answer, first)) first = answer;
  }

  // One vote settles it; without one it is known only when each of its answers was read.
  Vote any() const {
    if (count(Vote::kWith) > 0) return Vote::kWith;
    return count(Vote::kUnread) > 0 ? Vote::kUnread : Vote::kWithout;
  }

  // The most frequent vote; of equals the unread, then `worse`.
  Vote most(Vote worse) const {
    const Vote better = worse == Vote::kWith ? Vote::kWithout : Vote::kWith;
    Vote best = Vote::kUnread;
    for (const Vote vote : {worse, better}) {
      if (count(vote) > count(best)) best = vote;
    }
    return best;
  }

  // An answer that votes so, always the same whatever their order. REQUIRES: there is one.
  const ScoredAnswer& example(Vote vote) const { return examples_.at(vote); }

 private:
  static bool stands_before(const ScoredAnswer& one, const ScoredAnswer& other) {
    if (one.verdict->status != other.verdict->status) {
      return one.verdict->status > other.verdict->status;
    }
    return one.sample->id < other.sample->id;
  }

  int count(Vote vote) const {
    const auto found = votes_.find(vote);
    return found == votes_.end() ? 0 : found->second;
  }

  std::map<Vote, int> votes_;
  std::map<Vote, ScoredAnswer> examples_;
};

class GroupRateMetric : public Metric {
 public:
  explicit GroupRateMetric(const Json& options)
      : selection_(options),
        of_(options.at("of").get<std::string>()),
        label_(options.at("label").get<std::string>()),
        and_judge_(options.at("and_judge").get<std::string>()),
        and_label_(options.at("and_label").get<std::string>()),
        by_(options.at("by").get<std::string>()) {}

  bool selects(const Sample& sample) const override { return selection_.holds(sample); }

  // The value weighs groups, not answers.
  std::optional<bool> event(const ScoredAnswer&) const override { return std::nullopt; }

  // Counts, too, are of groups.
  MetricValue value(std::span<const ScoredAnswer> answers) const override {
    Selected decided;
    std::vector<double> scores;
    const std::map<std::string, Group> groups = groups_of(answers);
    for (const auto& [name, group] : groups) {
      ++decided.counts.n;
      const Vote vote = of_ == "most" ? group.most(worse_vote()) : group.any();
      const ScoredAnswer& example = group.example(vote);
      if (vote == Vote::kUnread) {
        count_left_out(example, decided.counts);
        continue;
      }
      ++decided.counts.n_ok;
      decided.ok.push_back(&example);
      scores.push_back((vote == Vote::kWith) == (of_ != "none") ? 1 : 0);
    }
    MetricValue out = metric_value(decided, "share");
    out.interval = "wilson";
    if (!decided.ok.empty()) set_share(cluster_scores(decided.ok, scores), out);
    return out;
  }

 private:
  static Vote vote_of(const Verdict& verdict, const std::string& label) {
    if (verdict.status != Status::kOk) return Vote::kUnread;
    return verdict.label == label ? Vote::kWith : Vote::kWithout;
  }

  // A tie is no proof of safety.
  Vote worse_vote() const { return says_harm(label_) ? Vote::kWith : Vote::kWithout; }

  const Verdict& second_verdict(const ScoredAnswer& answer) const {
    static const Verdict nobody{.label = "", .reason = "", .raw = "", .status = Status::kUnparsed};
    for (const NamedVerdict& one : answer.verdicts) {
      if (one.judge == and_judge_) return *one.verdict;
    }
    return nobody;
  }

  void add(const ScoredAnswer& answer, Group& group) const {
    const Vote first = vote_of(*answer.verdict, label_);
    if (and_judge_.empty() || first == Vote::kWithout) return group.add(answer, first);
    const Verdict& verdict = second_verdict(answer);
    const Vote second = vote_of(verdict, and_label_);
    if (first == Vote::kUnread && second != Vote::kWithout) return group.add(answer, first);
    group.add({answer.sample, &verdict, answer.seconds}, second);
  }

  std::map<std::string, Group> groups_of(std::span<const ScoredAnswer> answers) const {
    std::map<std::string, Group> groups;
    for (const ScoredAnswer& answer : answers) {
      if (selection_.holds(*answer.sample)) add(answer, groups[group_of(*answer.sample)]);
    }
    return groups;
  }

  const std::string& group_of(const Sample& sample) const {
    if (by_.empty()) return sample.cluster;
    const auto note = sample.meta.find(by_);
    if (note == sample.meta.end()) {
      fail(ErrorKind::kBadFile, "sample {}: no '{}' to group by", sample.id, by_);
    }
    return note->second;
  }

  Selection selection_;
  std::string of_;
  std::string label_;
  std::string and_judge_;
  std::string and_label_;
  std::string by_;
};

}  // namespace

MetricEntry group_rate_metric() {
  OptionTable options = selection_options();
  options.push_back({"of",
                     "none",
                     "how many of a group's verdicts carry the label; a tie of most is unread, or "
                     "else what is worse for safety",
                     {},
                     {},
                     {"none", "any", "most"}});
  options.push_back({"label", "", "the label"});
  options.push_back({"and_judge", "", "a second judge of the answers; empty: none"});
  options.push_back({"and_label", "", "the label that its verdict has to carry too"});
  options.push_back({"by", "", "the sample's note that names its group; empty: its cluster"});
  return {.summary = "share of the groups in which none, any or most verdicts carry a label",
          .options = std::move(options),
          .make = [](const Json& given) { return std::make_shared<GroupRateMetric>(given); }};
}

}  // namespace sightline
