#include "evals/unread.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>

namespace sightline {
namespace {

// Answers as strings of c (correct), w (wrong), ? (unparsed), _ (empty), e (error).
class Answers {
 public:
  Answers() = default;
  Answers(const Answers&) = delete;  // the list points into it

  Answers& add(const std::string& subset, const std::string& labels) {
    static const std::map<char, Status> kStatus = {
        {'?', Status::kUnparsed}, {'_', Status::kEmpty}, {'e', Status::kError}};
    for (const char label : labels) {
      Sample& sample = samples_.emplace_back();
      sample.id = sample.cluster = std::to_string(samples_.size());
      sample.subset = subset;
      sample.meta["gold"] = subset == "over_safety" ? "Yes" : "No";
      Verdict& verdict = verdicts_.emplace_back();
      const auto status = kStatus.find(label);
      if (status != kStatus.end()) verdict.status = status->second;
      if (status == kStatus.end()) verdict.label = label == 'c' ? "correct" : "wrong";
      list_.push_back({&sample, &verdict, 1});
    }
    return *this;
  }
  const std::vector<ScoredAnswer>& list() const { return list_; }

 private:
  std::deque<Sample> samples_;
  std::deque<Verdict> verdicts_;
  std::vector<ScoredAnswer> list_;
};

// The lowest and the highest value that the unread answers allow.
std::pair<double, double> range_of(const std::string& spec, const Answers& answers) {
  std::vector<double> values;
  for (const Verdict& reading : possible_readings(spec)) {
    values.push_back(make_metric(spec)->value(read_as(reading, answers.list())).value.value());
  }
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return {*low, *high};
}

TEST(Unread, ReachesBothEndsOfWhatAMetricMayBe) {
  Answers answers;  // a half and three quarters right; unread 2 of 4 and 4 of 8
  answers.add("typical", "cw?_").add("over_safety", "cccw????");
  const std::map<std::string, std::pair<double, double>> wanted = {
      {"rate(label=correct)", {4. / 12, 10. / 12}},
      {"rate(label=wrong)", {2. / 12, 8. / 12}},
      {"rate(label=comply)", {0, 6. / 12}},
      {"rate(subset=typical,label=correct)", {.25, .75}},
      {"balanced", {(.25 + .375) / 2, (.75 + .875) / 2}},
      {"awareness(of=fsr_typical)", {.25, .75}},
      {"awareness(of=fur)", {.125, .625}}};
  for (const auto& [spec, range] : wanted) {
    const auto [low, high] = range_of(spec, answers);
    EXPECT_DOUBLE_EQ(low, range.first) << spec;
    EXPECT_DOUBLE_EQ(high, range.second) << spec;
  }
}

TEST(Unread, AreNotTheAnswersThatFailed) {
  Answers answers;
  answers.add("typical", "c?e");
  const Verdict wrong = possible_readings("balanced").at(1);
  const std::vector<ScoredAnswer> read = read_as(wrong, answers.list());
  EXPECT_EQ(read[0].verdict->label, "correct");
  EXPECT_EQ(read[1].verdict->label, "wrong");
  EXPECT_EQ(read[2].verdict->status, Status::kError);
}

}  // namespace
}  // namespace sightline
