#include "reports/comparison.h"

#include <gtest/gtest.h>

#include <cmath>

#include "evals/statistics/paired.h"
#include "reports/comparison_text.h"
#include "support/runs_fixture.h"

namespace sightline {
namespace {

EvalPlan one_defence(int count, const std::string& name) {
  EvalPlan plan = small_plan(count);
  plan.defences = {{name, std::make_shared<FakeDefence>(name)}};
  return plan;
}

std::string message_of(const StoredRuns& runs, const ComparePlan& plan) {
  try {
    compare(runs.reports, plan);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.message() + " | " + error.hint();
  }
  return "none";
}

TEST(Compare, TestsTheDefencesOfOneRunAgainstTheFirst) {
  StoredRuns runs;
  runs.add(small_plan(40));
  const Comparison found = compare(runs.reports, {});
  EXPECT_EQ(found.base, (Side{1, "none"}));
  ASSERT_EQ(found.rows.size(), 2U);  // the rate, and seconds without a test
  const ComparedRow& row = found.rows[0];
  EXPECT_EQ(row.side, (Side{1, "shield"}));
  ASSERT_TRUE(row.paired);
  EXPECT_EQ(row.paired->n, 40);
  EXPECT_EQ(row.paired->lost, 16);  // odd and not divisible by five
  EXPECT_EQ(row.paired->gained, 0);
  EXPECT_DOUBLE_EQ(row.paired->difference, -.4);
  EXPECT_DOUBLE_EQ(row.paired->p, mcnemar_exact(0, 16));
  EXPECT_EQ(row.paired->interval, "tango");
  EXPECT_DOUBLE_EQ(*row.adjusted, row.paired->p);  // a family of one
  EXPECT_TRUE(row.marked());
  EXPECT_NEAR(row.spread(), std::sqrt(.4 - .16), 1e-12);
  EXPECT_FALSE(found.rows[1].paired);
  EXPECT_TRUE(found.unpaired.empty());
  EXPECT_TRUE(found.notes.empty());
}

TEST(Compare, PairsTwoRunsById) {
  StoredRuns runs;
  runs.add(one_defence(40, "none"));
  runs.add(one_defence(40, "shield"));
  const Comparison found = compare(runs.reports, {.metrics = {"unsafe_rate"}});
  ASSERT_EQ(found.rows.size(), 1U);
  EXPECT_EQ(found.rows[0].paired->lost, 16);
  EXPECT_EQ(found.name_of(found.base), "run 1, none");
  EXPECT_EQ(found.name_of(found.sides.at(0)), "run 2, shield");
}

TEST(Compare, SaysWhichIdsAreUnpaired) {
  StoredRuns runs;
  runs.add(one_defence(12, "none"));
  runs.add(one_defence(10, "shield"));  // the same data, limited
  const Comparison found = compare(runs.reports, {});
  EXPECT_EQ(found.rows[0].paired->n, 10);
  ASSERT_EQ(found.unpaired.size(), 1U);
  EXPECT_EQ(found.unpaired[0].only_base, (std::vector<std::string>{"s10", "s11"}));
  EXPECT_TRUE(found.unpaired[0].only_side.empty());
  const std::string text = comparison_text(found, {.width = 200, .colours = false});
  EXPECT_NE(text.find("2 samples answered only by run 1, none: s10, s11"), std::string::npos)
      << text;
}

TEST(Compare, RefusesOtherDataUnlessTheIdsAreTheSame) {
  StoredRuns runs;
  runs.add(one_defence(12, "none"));
  EvalPlan other = one_defence(10, "shield");
  other.benchmarks[0].data_sha256 = "e";
  runs.add(other);
  const std::string message = message_of(runs, {});
  EXPECT_NE(message.find("runs 1 and 2 asked different data of small"), std::string::npos)
      << message;
}

TEST(Compare, SaysThatDataDifferWhereTheIdsAreTheSame) {
  StoredRuns runs;
  runs.add(one_defence(10, "none"));
  EvalPlan other = one_defence(10, "shield");
  other.benchmarks[0].data_sha256 = "e";
  runs.add(other);
  const Comparison found = compare(runs.reports, {});
  EXPECT_EQ(found.rows[0].paired->n, 10);
  ASSERT_EQ(found.notes.size(), 1U);
  EXPECT_NE(found.notes[0].find("all 10 sample ids are the same"), std::string::npos);
}

TEST(Compare, MarksNothingOnFewPairs) {
  StoredRuns runs;
  runs.add(small_plan(29));
  const Comparison found = compare(runs.reports, {});
  EXPECT_LT(*found.rows[0].adjusted, .05);
  EXPECT_FALSE(found.rows[0].marked());
}

TEST(Compare, AdjustsOverTheWholeFamily) {
  StoredRuns runs;
  EvalPlan plan = small_plan(40);
  plan.defences.push_back({"copy", std::make_shared<FakeDefence>("shield")});
  runs.add(plan);
  const Comparison found = compare(runs.reports, {.metrics = {"unsafe_rate"}});
  ASSERT_EQ(found.rows.size(), 2U);
  for (const ComparedRow& row : found.rows) EXPECT_DOUBLE_EQ(*row.adjusted, 2 * row.paired->p);
}

TEST(Compare, HasScenarioTablesWithTheirOwnQ) {
  StoredRuns runs;
  runs.add(small_plan(60));
  const Comparison found = compare(runs.reports, {.metrics = {"unsafe_rate"}, .scenarios = true});
  ASSERT_EQ(found.scenario_rows.size(), 2U);
  EXPECT_EQ(found.scenario_rows[0].scenario, "harm");
  EXPECT_EQ(found.scenario_rows[1].scenario, "theft");
  EXPECT_EQ(found.scenario_rows[0].paired->n + found.scenario_rows[1].paired->n, 60);
  EXPECT_GE(*found.scenario_rows[1].adjusted, found.scenario_rows[1].paired->p);
}

TEST(Compare, TestsClustersWhereSamplesShareThem) {
  StoredRuns runs;
  EvalPlan plan = small_plan(40);
  for (std::size_t i = 0; i < 40; ++i) {
    plan.benchmarks[0].samples[i].cluster = std::to_string(i / 2);
  }
  runs.add(plan);
  const PairedDifference paired = *compare(runs.reports, {}).rows[0].paired;
  EXPECT_EQ(paired.test, "sign_flip");
  EXPECT_EQ(paired.interval, "cluster_bootstrap");
  EXPECT_EQ(paired.clusters, 20);
  EXPECT_LT(paired.low, -.4);
  EXPECT_GT(paired.high, -.4);
  EXPECT_LT(paired.high, 0);
}

TEST(Compare, TakesTheBaseThatIsNamed) {
  StoredRuns runs;
  runs.add(small_plan(40));
  EXPECT_EQ(compare(runs.reports, {.base = "shield"}).rows[0].paired->gained, 16);
  runs.add(one_defence(40, "none"));
  EXPECT_EQ(compare(runs.reports, {.base = "2:none"}).base, (Side{2, "none"}));
}

TEST(Compare, NamesWhatItDoesNotKnow) {
  StoredRuns runs;
  runs.add(small_plan(10));
  EXPECT_NE(message_of(runs, {.metrics = {"unsafe_rat"}}).find("did you mean 'unsafe_rate'"),
            std::string::npos);
  EXPECT_NE(message_of(runs, {.base = "sheild"}).find("did you mean 'shield'"), std::string::npos);
}

TEST(Compare, NeedsTwoSides) {
  StoredRuns runs;
  runs.add(one_defence(10, "none"));
  EXPECT_NE(message_of(runs, {}).find("nothing to compare with run 1, none"), std::string::npos);
}

TEST(ComparisonJson, HoldsTestsAndSides) {
  StoredRuns runs;
  runs.add(small_plan(40));
  const Json document = comparison_json(compare(runs.reports, {.scenarios = true}));
  EXPECT_EQ(document.at("format"), "sightline.comparison/1");
  const Json& row = document.at("rows").at(0);
  EXPECT_EQ(row.at("paired").at("lost"), 16);
  EXPECT_EQ(row.at("paired").at("interval"), "tango");
  EXPECT_TRUE(row.contains("holm_p"));
  EXPECT_TRUE(document.at("scenario_rows").at(0).contains("bh_q"));
  EXPECT_FALSE(document.at("rows").at(1).contains("paired"));
}

TEST(ComparisonText, FitsANarrowTerminal) {
  StoredRuns runs;
  runs.add(small_plan(40));
  const Comparison found = compare(runs.reports, {.scenarios = true});
  const std::string wide = comparison_text(found, {.width = 200, .colours = false});
  EXPECT_NE(wide.find("−40.0 [−55.4, −26.3]"), std::string::npos) << wide;
  EXPECT_NE(wide.find("0 / 16 of 40"), std::string::npos) << wide;
  const std::string narrow = comparison_text(found, {.width = 80, .colours = false});
  std::size_t start = 0;
  for (std::size_t end; (end = narrow.find('\n', start)) != std::string::npos; start = end + 1) {
    const std::string line = narrow.substr(start, end - start);
    if (line.find("Tango") != std::string::npos || line.find("picture") != std::string::npos)
      continue;
    EXPECT_LE(display_width(line), 90U) << line;
  }
}

}  // namespace
}  // namespace sightline
