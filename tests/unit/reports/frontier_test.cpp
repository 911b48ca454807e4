#include "reports/frontier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "support/runs_fixture.h"

namespace sightline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

int number_of(const FakeAsk& ask) {
  return std::stoi(ask.question.substr(ask.question.rfind(' ') + 1));
}

// Of ten unsafe and ten harmless questions each defence refuses the first so many.
struct Strength {
  std::string defence;
  int unsafe;
  int harmless;
};

class Frontiers : public testing::Test {
 protected:
  Frontier of(const std::vector<Strength>& strengths, const std::vector<std::string>& limits = {},
              const std::vector<std::string>& metrics = {}) {
    EvalPlan plan = plan_with_harmless(10);
    plan.defences.clear();
    for (const Strength& one : strengths) {
      plan.defences.push_back({one.defence, std::make_shared<FakeDefence>(one.defence)});
    }
    runs_.add(plan, [strengths](const FakeAsk& ask) -> std::string {
      const auto strength = std::find_if(strengths.begin(), strengths.end(), [&](const auto& one) {
        return one.defence == ask.defence;
      });
      const bool harmless = ask.question.starts_with("harmless");
      const int refused = harmless ? strength->harmless : strength->unsafe;
      return number_of(ask) < refused ? "Sorry, I cannot help." : "Sure! First, do this.";
    });
    FrontierOptions options{.metrics = metrics, .limits = {}};
    for (const std::string& limit : limits) options.limits.push_back(parse_requirement(limit));
    expect_frontier(plan.benchmarks, options);
    return frontiers(runs_.reports.back(), options).front();
  }

  static std::vector<std::string> front(const Frontier& frontier) {
    std::vector<std::string> out;
    for (const FrontierPoint& point : frontier.points) {
      if (point.on_front) out.push_back(point.defence);
    }
    return out;
  }

  StoredRuns runs_;
};

const std::vector<Strength> kStrengths = {
    {"none", 2, 0}, {"weak", 5, 1}, {"clumsy", 4, 3}, {"strong", 9, 4}, {"same", 5, 1}};

TEST_F(Frontiers, KeepWhatNoOtherPointBeats) {
  const Frontier frontier = of(kStrengths);
  ASSERT_EQ(frontier.metrics.size(), 2U);  // seconds are no share
  EXPECT_THAT(front(frontier), ElementsAre("none", "weak", "strong", "same"));
  EXPECT_FALSE(frontier.chosen);
}

TEST_F(Frontiers, ChooseTheLeastHarmThatHoldsTheLimits) {
  const Frontier frontier = of(kStrengths, {"over_refusal<=10%"});
  ASSERT_TRUE(frontier.chosen);
  EXPECT_EQ(frontier.points[*frontier.chosen].defence, "weak");
  EXPECT_EQ(frontier.points[*of(kStrengths, {"over_refusal<=50%"}).chosen].defence, "strong");
}

TEST_F(Frontiers, ChooseByHarmWhateverTheMetricsHoldAgainst) {
  const Frontier frontier = of(kStrengths, {"over_refusal<=10%"}, {"unsafe_rate"});
  EXPECT_THAT(front(frontier), ElementsAre("strong"));
  ASSERT_TRUE(frontier.chosen);
  EXPECT_EQ(frontier.points[*frontier.chosen].defence, "weak");
}

TEST_F(Frontiers, SayWhyNoneIsChosen) {
  const std::vector<Frontier> one = {of(kStrengths, {"unsafe_rate<=0.01"})};
  EXPECT_FALSE(one[0].chosen);
  EXPECT_THAT(frontier_text(one, {.width = 200}), HasSubstr("no point holds the limits"));
  EXPECT_THAT(of(kStrengths, {"over_refusal<=1"}, {"over_refusal"}).notes,
              ElementsAre(HasSubstr("no metric here counts harm")));
}

TEST_F(Frontiers, ChooseNothingInAnUnfinishedRun) {
  of(kStrengths);
  --runs_.reports.back().answered;
  const FrontierOptions options{.metrics = {}, .limits = {parse_requirement("over_refusal<=1")}};
  const Frontier frontier = frontiers(runs_.reports.back(), options).front();
  EXPECT_FALSE(frontier.chosen);
  EXPECT_THAT(frontier.notes, ElementsAre(HasSubstr("unfinished")));
}

TEST_F(Frontiers, HoldPointsAgainstTheMetricsThatAreNamed) {
  EXPECT_THAT(front(of(kStrengths, {}, {"unsafe_rate"})), ElementsAre("strong"));
  EXPECT_THAT(front(of(kStrengths, {}, {"over_refusal"})), ElementsAre("none"));
}

TEST_F(Frontiers, RefuseLimitsOfOneDefenceAndNamesThatAreNotThere) {
  EXPECT_THROW(of(kStrengths, {"over_refusal[defence=none]<=1"}), Error);
  EXPECT_THROW(of(kStrengths, {"over_refusel<=1"}), Error);
  EXPECT_THROW(of(kStrengths, {"over_refusal[benchmark=smal]<=1"}), Error);
  EXPECT_THROW(of(kStrengths, {"unsafe_rate[scenario=thefd]<=1"}), Error);
  EXPECT_THROW(of(kStrengths, {"over_refusal[scenario=theft]<=1"}), Error);  // not by scenario
  EXPECT_THROW(of(kStrengths, {}, {"unsafe_rat"}), Error);
}

TEST_F(Frontiers, LeaveOutWhatWasNotMeasured) {
  EvalPlan plan = plan_with_harmless(4);
  runs_.add(plan, [](const FakeAsk& ask) -> std::string {
    return ask.defence == "shield" && ask.question.starts_with("harmless") ? " " : "Sure!";
  });
  const Frontier frontier = frontiers(runs_.reports.back(), {}).front();
  EXPECT_THAT(front(frontier), ElementsAre("none"));
}

TEST_F(Frontiers, DoWithoutAMetricThatNoAnswerCouldBeJudgedBy) {
  runs_.add(plan_with_harmless(4), [](const FakeAsk& ask) -> std::string {
    return ask.question.starts_with("harmless") ? " " : "Sure!";
  });
  const Frontier frontier = frontiers(runs_.reports.back(), {}).front();
  EXPECT_THAT(front(frontier), ElementsAre("none", "shield"));
  EXPECT_THAT(frontier.notes, ElementsAre(HasSubstr("Left out, no answer could be judged: over")));
}

TEST_F(Frontiers, AreShownAsATableAndAsJson) {
  const std::vector<Frontier> one = {of(kStrengths, {"over_refusal<=10%"})};
  const std::string text = frontier_text(one, {.width = 200});
  EXPECT_THAT(text, HasSubstr("weak    50.0 % [23.7, 76.3]  10.0 % [1.8, 40.4]"));
  EXPECT_THAT(text, HasSubstr("chosen"));
  const Json json = frontier_json(one).at(0);
  EXPECT_EQ(json.at("chosen"), "weak");
  EXPECT_EQ(json.at("metrics"), Json::array({"unsafe_rate", "over_refusal"}));
  EXPECT_EQ(json.at("points").at(3).at("values").at(0).at("value"), 0.1);
  EXPECT_EQ(json.at("points").at(2).at("on_front"), false);
}

}  // namespace
}  // namespace sightline
