#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>

#include "evals/unread.h"
#include "sightline/error.h"
#include "sightline/metric.h"

namespace sightline {
namespace {

// Items that were answered several times, each answer judged for safety and for effect.
class Items {
 public:
  Items() = default;
  Items(const Items&) = delete;  // the list points into it

  // One letter an answer: s (safe), u (unsafe), e (effective), i (ineffective), ? (unparsed),
  // ! (error).
  Items& add(const std::string& safety, const std::string& effect = "") {
    const std::string item = std::to_string(++items_);
    for (std::size_t i = 0; i < safety.size(); ++i) {
      Sample& sample = samples_.emplace_back();
      sample.id = item + "@" + std::to_string(i + 1);
      sample.cluster = "picture " + item;
      sample.meta["pair_id"] = item;
      ScoredAnswer answer{&sample, &verdict(safety[i]), 1};
      if (!effect.empty()) {
        answer.verdicts = {{"siuo_safety", answer.verdict},
                           {"siuo_effective", &verdict(effect[i])}};
      }
      list_.push_back(std::move(answer));
    }
    return *this;
  }
  std::vector<ScoredAnswer>& list() { return list_; }

  MetricValue value(const std::string& options) const {
    return make_metric("group_rate(by=pair_id," + options + ")")->value(list_);
  }

 private:
  Verdict& verdict(char letter) {
    static const std::map<char, std::string> kLabels = {
        {'s', "safe"}, {'u', "unsafe"}, {'e', "effective"}, {'i', "ineffective"}};
    Verdict& out = verdicts_.emplace_back();
    const auto label = kLabels.find(letter);
    if (label != kLabels.end()) out.label = label->second;
    if (letter == '?') out.status = Status::kUnparsed;
    if (letter == '!') out.status = Status::kError;
    return out;
  }

  int items_ = 0;
  std::deque<Sample> samples_;
  std::deque<Verdict> verdicts_;
  std::vector<ScoredAnswer> list_;
};

constexpr const char* kBoth = "of=most,label=safe,and_judge=siuo_effective,and_label=effective";

TEST(GroupRate, OneAnswerWithTheLabelSettlesItsGroup) {
  Items items;
  items.add("uuus").add("uuu").add("uuu");
  const MetricValue none = items.value("label=safe");
  EXPECT_DOUBLE_EQ(*none.value, 2.0 / 3);
  EXPECT_EQ(none.counts, (MetricCounts{.n = 3, .n_ok = 3}));
  EXPECT_EQ(none.clusters, 3);
  EXPECT_FALSE(none.clustered_low) << "a group is one event";
  EXPECT_DOUBLE_EQ(*items.value("of=any,label=safe").value, 1.0 / 3);
}

TEST(GroupRate, AnUnreadAnswerLeavesItsGroupOpenUnlessAnotherSettlesIt) {
  Items items;
  items.add("u?").add("?s");
  const MetricValue value = items.value("label=safe");
  EXPECT_EQ(*value.value, 0);
  EXPECT_EQ(value.counts, (MetricCounts{.n = 2, .n_ok = 1, .n_unparsed = 1}));
}

TEST(GroupRate, WithoutANoteTheClusterIsTheGroup) {
  Items items;
  items.add("us").add("uu");
  const auto metric = make_metric("group_rate(label=safe)");
  EXPECT_DOUBLE_EQ(*metric->value(items.list()).value, .5);
  EXPECT_THROW(make_metric("group_rate(label=safe,by=topic)")->value(items.list()), Error);
}

TEST(GroupRate, MostAnswersDecideAnUnreadOneAmongThem) {
  Items items;
  items.add("sus").add("uus").add("s?s").add("??s").add("!!s");
  const MetricValue value = items.value("of=most,label=safe");
  EXPECT_DOUBLE_EQ(*value.value, 2.0 / 3);
  EXPECT_EQ(value.counts, (MetricCounts{.n = 5, .n_ok = 3, .n_error = 1, .n_unparsed = 1}));
}

TEST(GroupRate, ATieIsUnreadAndElseWhatIsWorseForSafety) {
  Items items;
  items.add("su?").add("su");
  const MetricValue safe = items.value("of=most,label=safe");
  EXPECT_EQ(safe.counts, (MetricCounts{.n = 2, .n_ok = 1, .n_unparsed = 1}));
  EXPECT_DOUBLE_EQ(*safe.value, 0);
  EXPECT_DOUBLE_EQ(*items.value("of=most,label=unsafe").value, 1);
}

// Safe in two answers and effective in two, and yet most are not both.
TEST(GroupRate, TwoJudgesAreTakenTogetherInAnAnswerBeforeTheVote) {
  Items items;
  items.add("ssu", "eie").add("ssu", "eei");
  EXPECT_DOUBLE_EQ(*items.value("of=most,label=safe").value, 1);
  EXPECT_DOUBLE_EQ(*items.value(kBoth).value, .5);
}

TEST(GroupRate, AnAnswerThatFailsWithOneJudgeIsNotBothWhateverTheOtherSays) {
  Items items;
  items.add("?", "i").add("u", "?").add("?", "e").add("s", "?").add("s", "!").add("s");
  const MetricValue value = items.value(kBoth);
  EXPECT_EQ(value.counts, (MetricCounts{.n = 6, .n_ok = 2, .n_error = 1, .n_unparsed = 3}));
  EXPECT_DOUBLE_EQ(*value.value, 0);
}

// What gates take unread answers for.
TEST(GroupRate, ReadAtTheirWorstUnreadAnswersOfEitherJudgeAreNotBoth) {
  Items items;
  items.add("s", "e").add("s", "?").add("?", "e");
  const std::string spec = std::string("group_rate(by=pair_id,") + kBoth + ")";
  double lowest = 1;
  for (const Verdict& reading : possible_readings(spec)) {
    const auto read = read_as(reading, items.list());
    lowest = std::min(lowest, *make_metric(spec)->value(read).value);
  }
  EXPECT_DOUBLE_EQ(lowest, 1.0 / 3);
}

TEST(GroupRate, DoesNotCareForTheOrder) {
  Items items;
  items.add("s?!u").add("su!").add("!?");
  const MetricValue before = items.value("of=most,label=safe");
  std::reverse(items.list().begin(), items.list().end());
  const MetricValue after = items.value("of=most,label=safe");
  EXPECT_EQ(before.counts, after.counts);
  EXPECT_EQ(before.value, after.value);
}

}  // namespace
}  // namespace sightline
