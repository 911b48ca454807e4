#include "runs/run_config.h"

#include <gtest/gtest.h>

#include "support/eval_fixture.h"

namespace sightline {
namespace {

RunConfig described() { return describe_run(small_plan(4), FakeGenerator().info()); }

TEST(ConfigDifferences, ListsEveryValueThatDiffers) {
  const Json before = {{"a", {{"b", 1}, {"c", "x"}}}, {"list", {1, 2}}, {"same", true}};
  const Json now = {{"a", {{"b", 2}, {"c", "x"}}}, {"list", {1}}, {"same", true}, {"new", nullptr}};
  EXPECT_EQ(config_differences(before, now),
            (std::vector<std::string>{"a/b: 1, now 2", "list/1: 2, now absent",
                                      "new: absent, now null"}));
}

TEST(ConfigDifferences, OfEqualsAreNone) {
  EXPECT_TRUE(config_differences(described().asks, described().asks).empty());
}

TEST(DescribeRun, HoldsWhatDecidesTheAnswers) {
  const Json asks = described().asks;
  EXPECT_EQ(asks.at("/model/weights_sha256"_json_pointer), "w");
  EXPECT_EQ(asks.at("/model/template_sha256"_json_pointer), "t");
  EXPECT_EQ(asks.at("/benchmarks/0/data_sha256"_json_pointer), "d");
  EXPECT_EQ(asks.at("/benchmarks/0/n"_json_pointer), 4);
  EXPECT_EQ(asks.at("defences"), Json({"none", "shield"}));
  const auto judge =
      asks.at("/benchmarks/0/judges/unsafe/0/identity"_json_pointer).get<std::string>();
  EXPECT_TRUE(judge.starts_with("keywords(list=refusal_v1) ")) << judge;
}

TEST(JudgesOfRun, AreReadAlsoFromRunsThatKnewOneForEachSubset) {
  const Json old = {{"judges", {{"unsafe", "keywords abc"}}}};
  const RunJudges before = judges_of_run(old, "run 1");
  EXPECT_EQ(before.at("unsafe").at(0).identity, "keywords abc");
  const RunJudges now = judges_of_run(described().asks.at("benchmarks").at(0), "run 1");
  EXPECT_EQ(now.at("unsafe").at(0).spec, "keywords(list=refusal_v1)");
  for (const char* bad :
       {"{}", R"({"judges": {"unsafe": []}})", R"({"judges": {"unsafe": [{"spec": "x"}]}})"}) {
    EXPECT_THROW(judges_of_run(parse_json(bad, "config"), "run 1"), Error) << bad;
  }
}

TEST(DescribeRun, OtherSamplesAreAnotherRun) {
  EvalPlan other = small_plan(4);
  std::swap(other.benchmarks[0].samples[0].id, other.benchmarks[0].samples[1].id);
  const RunConfig config = describe_run(other, FakeGenerator().info());
  EXPECT_EQ(config_differences(described().asks, config.asks).size(), 1U);
}

// A run must not be resumed with other words under the same ids.
TEST(DescribeRun, OtherWordsAreAnotherRun) {
  EvalPlan other = small_plan(4);
  other.benchmarks[0].samples[1].conversation = ask("question 1, in other words");
  const RunConfig config = describe_run(other, FakeGenerator().info());
  const std::vector<std::string> differences = config_differences(described().asks, config.asks);
  ASSERT_EQ(differences.size(), 1U);
  EXPECT_TRUE(differences[0].starts_with("benchmarks/0/samples_sha256: ")) << differences[0];
}

TEST(DescribeRun, HoldsTheTokenLimitThatCounts) {
  EvalPlan plan = small_plan(4);
  plan.benchmarks[0].max_new_tokens = 128;
  plan.sampling.max_new_tokens = 0;
  const auto limit = [&plan] {
    const Json asks = describe_run(plan, FakeGenerator().info()).asks;
    return asks.at("/benchmarks/0/max_new_tokens"_json_pointer);
  };
  EXPECT_EQ(limit(), 128);
  plan.sampling.max_new_tokens = 7;
  EXPECT_EQ(limit(), 7);
}

TEST(DescribeRun, TellsProgramAndMachine) {
  const Json session = described().session;
  for (const char* key :
       {"started", "sightline", "git_revision", "compiler", "machine", "workers"}) {
    EXPECT_TRUE(session.contains(key)) << key;
  }
  EXPECT_GT(session.at("/machine/cores"_json_pointer).get<int>(), 0);
}

TEST(MetricRows, SurviveTheConfig) {
  EvalPlan plan = small_plan(4);
  plan.benchmarks[0].metrics[0].judge = "keywords(list=refusal_v1)";
  plan.benchmarks[0].metrics[0].group = "by list";
  const RunConfig config = describe_run(plan, FakeGenerator().info());
  const Json stored = {{"metrics", config.metrics}};
  const std::vector<MetricRow> rows = metric_rows(stored, "small", "run 1");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].name, "unsafe_rate");
  EXPECT_TRUE(rows[0].per_scenario);
  EXPECT_EQ(rows[0].judge, "keywords(list=refusal_v1)");
  EXPECT_EQ(rows[0].group, "by list");
  EXPECT_EQ(rows[1].spec, "mean_seconds");
  EXPECT_THROW(metric_rows(stored, "other", "run 1"), Error);
}

}  // namespace
}  // namespace sightline
