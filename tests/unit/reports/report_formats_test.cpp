#include <gtest/gtest.h>

#include "base/file.h"
#include "reports/html.h"
#include "reports/json_report.h"
#include "reports/markdown.h"
#include "reports/report_files.h"
#include "reports/terminal_table.h"
#include "support/report_fixture.h"

namespace sightline {
namespace {

TEST(ReadReport, SumsUpAsTheRunDid) {
  const StoredReport stored;
  const std::vector<SummaryRow>& again = stored.report.benchmarks.at(0).rows;
  ASSERT_EQ(again.size(), stored.outcome.summaries.size());
  for (std::size_t i = 0; i < again.size(); ++i) {
    EXPECT_EQ(again[i].value.value, stored.outcome.summaries[i].value.value);
    EXPECT_EQ(again[i].value.low, stored.outcome.summaries[i].value.low);
    EXPECT_EQ(again[i].scenario, stored.outcome.summaries[i].scenario);
  }
  EXPECT_TRUE(stored.report.complete());
}

TEST(ReadReport, RefusesADamagedConfig) {
  TemporaryFolder folder;
  RunStore store(folder.path() / "runs.db", RunStore::Mode::kWrite);
  store.start({.asks = {{"model", "?"}}, .metrics = {}, .session = {}});
  EXPECT_THROW(read_report(store, store.run("last")), Error);
}

TEST(JsonReport, HoldsRowsAndAnswers) {
  const StoredReport stored;
  const Json document = json_report(stored.report);
  EXPECT_EQ(document.at("format"), "sightline.report/1");
  const Json& benchmark = document.at("benchmarks").at(0);
  EXPECT_EQ(benchmark.at("samples").size(), 30U);
  EXPECT_EQ(benchmark.at("samples").at(1).at("answers").at(0).at("text"),
            "Sure! First, question 1");
  EXPECT_EQ(benchmark.at("samples").at(1).at("answers").at(0).at("verdict").at("label"), "comply");
  EXPECT_EQ(benchmark.at("samples").at(1).at("answers").at(0).at("outcome"), "bad");
  EXPECT_FALSE(benchmark.at("samples").at(1).at("answers").at(0).contains("verdicts"));
  EXPECT_FALSE(benchmark.contains("agreement"));
  EXPECT_EQ(benchmark.at("facts").at("licence"), "CC0-1.0");
  EXPECT_EQ(benchmark.at("metrics").at(0).at("spec"), "rate(subset=unsafe,label=comply)");
  const Json& row = benchmark.at("rows").at(1);
  EXPECT_EQ(row.at("defence"), "shield");
  EXPECT_EQ(row.at("n_ok"), 30);
  EXPECT_EQ(row.at("paired").at("against"), "none");
  EXPECT_FALSE(json_summary(stored.report).at("benchmarks").at(0).contains("samples"));
}

// The p of a difference, as the report adjusts it over the headline.
Json paired_of(const StoredReport& stored, std::size_t row) {
  return json_summary(stored.report).at("benchmarks").at(0).at("rows").at(row).at("paired");
}

TEST(JsonReport, MarksWhatHoldsOverTheWholeHeadline) {
  const Json alone = paired_of(StoredReport(small_plan(40)), 1);
  EXPECT_EQ(alone.at("holm_p"), alone.at("p"));
  EXPECT_EQ(alone.at("marked"), true);
  EvalPlan plan = small_plan(40);
  plan.benchmarks[0].metrics.push_back(plan.benchmarks[0].metrics[0]);
  plan.benchmarks[0].metrics.back().name = "unsafe_rate_again";
  const Json among_two = paired_of(StoredReport(plan), 1);
  EXPECT_DOUBLE_EQ(among_two.at("holm_p").get<double>(), 2 * among_two.at("p").get<double>());
}

TEST(JsonReport, MarksNothingOnFewPairs) {
  const Json few = paired_of(StoredReport(small_plan(29)), 1);
  EXPECT_LT(few.at("holm_p").get<double>(), .05);
  EXPECT_EQ(few.at("marked"), false);
}

TEST(JsonReport, MarksNothingBesideTheHeadline) {
  EvalPlan plan = small_plan(40);
  plan.benchmarks[0].metrics[0].headline = false;
  EXPECT_FALSE(paired_of(StoredReport(plan), 1).contains("marked"));
}

TEST(JsonReport, IsValidWhateverWasAnswered) {
  const StoredReport stored(small_plan(3),
                            [](const FakeAsk&) { return std::string("\xFF\x00\xC3", 3); });
  const std::string text = dump_json(json_report(stored.report));
  EXPECT_EQ(parse_json(text, "report"), json_report(stored.report));
  std::string written;
  write_json_report(stored.report, [&](std::string_view piece) { written += piece; });
  EXPECT_EQ(written, text);
}

TEST(Markdown, ShowsTheTableAndTheScenarios) {
  const StoredReport stored;
  const std::string text = markdown_report(stored.report);
  EXPECT_NE(text.find("| defence | unsafe rate | s/answer |\n| --- | --- | --- |\n| none | 50.0 % "
                      "[33.2, 66.8] n=30 |"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("### unsafe rate, by scenario"), std::string::npos);
  EXPECT_NE(text.find("| theft | "), std::string::npos);
  EXPECT_NE(text.find("points against none"), std::string::npos);
}

// Two judges, one number of each in a table of its own, and a baseline.
EvalPlan yes_no_plan() {
  EvalPlan plan = small_plan(4);
  BenchmarkData& data = plan.benchmarks[0];
  data.judges["unsafe"] = {"yes_no_strict", "yes_no_official"};
  data.metrics = {{.name = "right",
                   .title = "right",
                   .spec = "rate(label=correct)",
                   .lower_is_better = false,
                   .headline = true},
                  {.name = "right.official",
                   .title = "right",
                   .spec = "rate(label=correct)",
                   .lower_is_better = false,
                   .headline = true,
                   .judge = "yes_no_official",
                   .group = "By the script"}};
  data.baselines = {{"always Yes", "Yes"}};
  data.notes = {"one <odd> thing"};
  for (Sample& sample : data.samples) sample.expected_json = R"({"answer": "No"})";
  return plan;
}

std::string cannot_know(const FakeAsk&) { return "I cannot know"; }

TEST(Reports, ShowEveryReadingAndTheBaselines) {
  const StoredReport stored(yes_no_plan(), cannot_know);
  const std::string markdown = markdown_report(stored.report);
  EXPECT_NE(markdown.find("| none | – n=0, 4 unparsed |"), std::string::npos) << markdown;
  EXPECT_NE(
      markdown.find("### By the script\n\n| defence | right |\n| --- | --- |\n| none | 100.0 %"),
      std::string::npos)
      << markdown;
  EXPECT_NE(markdown.find("| always Yes | 0.0 %"), std::string::npos) << markdown;
  EXPECT_NE(markdown.find("- one \\<odd\\> thing"), std::string::npos) << markdown;
  const std::string terminal = terminal_table(stored.report, {.width = 200, .colours = false});
  EXPECT_NE(terminal.find("\nBy the script\n\ndefence"), std::string::npos) << terminal;
  EXPECT_NE(terminal.find("always Yes  0.0 %"), std::string::npos) << terminal;
  EXPECT_NE(terminal.find("one <odd> thing"), std::string::npos) << terminal;
  const std::string html = html_of(stored.report);
  EXPECT_NE(html.find("\"By the script\""), std::string::npos);
  EXPECT_NE(html.find("one \\u003codd> thing"), std::string::npos);
}

TEST(JsonReport, HoldsTheVerdictsOfAllJudges) {
  const StoredReport stored(yes_no_plan(), cannot_know);
  const Json benchmark = json_report(stored.report).at("benchmarks").at(0);
  const Json& answer = benchmark.at("samples").at(0).at("answers").at(0);
  EXPECT_EQ(answer.at("verdict").at("status"), "unparsed");
  EXPECT_EQ(answer.at("verdicts").at(1).at("judge"), "yes_no_official");
  EXPECT_EQ(answer.at("verdicts").at(1).at("label"), "correct");
  EXPECT_EQ(benchmark.at("baselines"), Json({"always Yes"}));
  EXPECT_EQ(benchmark.at("rows").at(2).at("baseline"), true);
  EXPECT_EQ(benchmark.at("metrics").at(1).at("group"), "By the script");
  EXPECT_EQ(benchmark.at("agreement").at(0).at("n"), 0) << "the strict one could read nothing";
}

TEST(Ablation, IsReadFromTheStoreAndShownInEveryFormat) {
  const StoredReport stored(ablated_plan(12), ablated_script);
  EXPECT_EQ(stored.report.wanted, 2U * (12 + 6));
  const BenchmarkReport& benchmark = stored.report.benchmarks.at(0);
  EXPECT_EQ(benchmark.row("unsafe_rate", "", "none").value.counts.n, 12) << "twins do not count";

  const Json rows = json_summary(stored.report).at("benchmarks").at(0).at("ablation");
  ASSERT_EQ(rows.size(), 2U * 3) << "two defences; all, harm and theft";
  EXPECT_EQ(rows[0].at("kind"), "image=none");
  EXPECT_EQ(rows[0].at("picture").at("value"), 1.0);
  EXPECT_EQ(rows[0].at("picture").at("n"), 6);
  EXPECT_EQ(rows[0].at("picture").at("paired").at("difference"), 1.0);
  EXPECT_EQ(rows[0].at("picture").at("paired").at("against"), "image=none");
  EXPECT_EQ(rows[0].at("twin").at("value"), 0.0);
  EXPECT_EQ(rows[1].at("twin").at("defence"), "shield");
  EXPECT_EQ(rows[2].at("twin").at("scenario"), "harm");

  const std::string page = markdown_report(stored.report);
  EXPECT_NE(page.find("### What the picture changes"), std::string::npos);
  EXPECT_NE(page.find("| metric | scenario | defence | picture | image=none |"), std::string::npos)
      << page;
  EXPECT_NE(page.find("+100.0 points against image=none, p = 0.031 |"), std::string::npos) << page;
}

TEST(Ablation, IsAbsentWhereNothingWasTakenAway) {
  const StoredReport stored;
  EXPECT_TRUE(json_summary(stored.report).at("benchmarks").at(0).at("ablation").empty());
  EXPECT_EQ(markdown_report(stored.report).find("What the picture changes"), std::string::npos);
}

TEST(Markdown, EscapesWhatCouldBreakATable) {
  EvalPlan plan = small_plan(2);
  plan.defences[1].name = "a|b<script>";
  const std::string text = markdown_report(StoredReport(plan).report);
  EXPECT_NE(text.find("| a\\|b\\<script\\> |"), std::string::npos) << text;
}

// Own items name their metrics after subsets, defences are named by whoever runs them.
TEST(Markdown, EscapesTheNamesOfMetricsAndOfTheBase) {
  EvalPlan plan = small_plan(40);
  plan.benchmarks[0].metrics[0].name = "rate|<img onerror=x>";
  plan.defences[0].name = "<b>none";
  for (Sample& sample : plan.benchmarks[0].samples) sample.cluster = sample.scenario;
  const std::string text = markdown_report(StoredReport(plan).report);
  EXPECT_NE(text.find("| shield | rate\\|\\<img onerror=x\\> | "), std::string::npos) << text;
  EXPECT_EQ(text.find("\n| rate|"), std::string::npos) << text;  // in the table of clusters
  EXPECT_NE(text.find("points against \\<b\\>none"), std::string::npos) << text;
}

TEST(WriteReports, WritesWhatIsAskedAndNamesIt) {
  const StoredReport stored;
  TemporaryFolder folder;
  const auto files = write_reports(stored.report, {"html", "json"}, folder.path() / "out");
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0], folder.path() / "out" / "report.html");
  EXPECT_EQ(read_file(files[0], 1 << 24), html_of(stored.report));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "out" / "report.md"));
  EXPECT_THROW(write_reports(stored.report, {"pdf"}, folder.path()), Error);
}

}  // namespace
}  // namespace sightline
