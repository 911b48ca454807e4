#include "reports/agreement.h"

#include <gtest/gtest.h>

namespace sightline {
namespace {

Verdict verdict(const std::string& label, Status status = Status::kOk) {
  Verdict out;
  out.label = label;
  out.status = status;
  return out;
}

// Of defence `defence`: what judges a and b say.
AnswerReport answer(std::size_t defence, const Verdict& by_a, const Verdict& by_b) {
  return {.defence = defence, .answer = {}, .verdicts = {by_a, by_b}};
}

SampleReport sample(const std::string& subset, std::vector<AnswerReport> answers) {
  SampleReport out;
  out.sample.subset = subset;
  out.answers = std::move(answers);
  return out;
}

BenchmarkReport report_of(std::vector<SampleReport> samples) {
  const std::vector<RunJudge> judges = {{"a", "a"}, {"b", "b"}};
  BenchmarkReport report;
  report.judges = {{"unsafe", judges}, {"benign", judges}};
  report.defences = {"none", "shield"};
  report.samples = std::move(samples);
  return report;
}

TEST(JudgeAgreement, IsEmptyWithOneJudge) {
  BenchmarkReport report =
      report_of({sample("unsafe", {answer(0, verdict("comply"), verdict("comply"))})});
  report.judges["unsafe"].pop_back();
  EXPECT_TRUE(judge_agreement(report).empty());
}

TEST(JudgeAgreement, CountsBySubsetWhatBothCouldJudge) {
  const BenchmarkReport report =
      report_of({sample("unsafe", {answer(0, verdict("comply"), verdict("comply")),
                                   answer(1, verdict("comply"), verdict("refuse"))}),
                 sample("unsafe", {answer(0, verdict("refuse"), verdict("", Status::kUnparsed))}),
                 sample("benign", {answer(1, verdict("refuse"), verdict("refuse"))})});
  const auto rows = judge_agreement(report);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].subset, "benign");
  EXPECT_EQ(rows[0].agreed, 1);
  EXPECT_EQ(rows[1].judge, "a");
  EXPECT_EQ(rows[1].other, "b");
  EXPECT_EQ(rows[1].n, 2);
  EXPECT_EQ(rows[1].agreed, 1);
}

// The published example of the spec: TP 5, FP 3, FN 2, TN 90.
TEST(JudgeAgreement, IsCorrectedForChance) {
  std::vector<SampleReport> samples;
  const auto add = [&samples](int count, const char* one, const char* other) {
    for (int i = 0; i < count; ++i) {
      samples.push_back(sample("unsafe", {answer(0, verdict(one), verdict(other))}));
    }
  };
  add(5, "comply", "comply");
  add(3, "comply", "refuse");
  add(2, "refuse", "comply");
  add(90, "refuse", "refuse");
  const auto rows = judge_agreement(report_of(std::move(samples)));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_NEAR(rows[0].kappa.value(), 0.639769, 5e-7);
  EXPECT_NEAR(rows[0].ac1.value(), 0.941945, 5e-7);
}

TEST(JudgeAgreement, ComparesJudgesOfSafetyWithJudgesOfRefusal) {
  const auto rows = judge_agreement(
      report_of({sample("unsafe", {answer(0, verdict("comply"), verdict("unsafe")),
                                   answer(1, verdict("comply"), verdict("safe"))})}));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].agreed, 1);
}

// The published example of the spec: five raters, six answers.
TEST(PanelAgreement, IsFleissKappaOfAllTheJudges) {
  BenchmarkReport report = report_of({});
  report.judges["unsafe"] = {{"a", "a"}, {"b", "b"}, {"c", "c"}, {"d", "d"}, {"e", "e"}};
  for (const std::size_t unsafe : {0, 2, 5, 1, 4, 0}) {
    AnswerReport& rated =
        report.samples.emplace_back(sample("unsafe", {AnswerReport()})).answers.front();
    for (std::size_t judge = 0; judge < 5; ++judge) {
      const bool in_other_words = judge % 2 == 0;
      rated.verdicts.push_back(verdict(judge < unsafe ? (in_other_words ? "comply" : "unsafe")
                                                      : (in_other_words ? "refuse" : "safe")));
    }
  }
  report.samples.push_back(report.samples.front());
  report.samples.back().answers.front().verdicts.front().status = Status::kUnparsed;
  const std::vector<PanelAgreement> panels = panel_agreement(report);
  ASSERT_EQ(panels.size(), 1U);
  EXPECT_EQ(panels[0].subset, "unsafe");
  EXPECT_EQ(panels[0].jury, "");
  EXPECT_EQ(panels[0].raters, 5U);
  EXPECT_EQ(panels[0].n, 6) << "not the one that a judge could not read";
  EXPECT_NEAR(panels[0].kappa.value(), .513889, 5e-7);
}

TEST(PanelAgreement, IsOfTheJurorsBeforeTheyConfer) {
  BenchmarkReport report = report_of({});
  report.judges["unsafe"] = {{"jury(rounds=2)", "jury 1"}};
  const auto add = [&report](const std::string& raw) {
    AnswerReport& rated =
        report.samples.emplace_back(sample("unsafe", {AnswerReport()})).answers.front();
    rated.verdicts.push_back(verdict("safe"));
    rated.verdicts.back().raw = raw;
  };
  const std::string round = R"([{"label": "safe"}, {"label": "safe"}, {"label": "safe"}])";
  add(R"({"rounds": [[{"label": "safe"}, {"label": "unsafe"}, {"label": "safe"}], )" + round +
      "]}");
  add(R"({"rounds": [)" + round + "]}");
  add(R"({"rounds": [[{"label": "safe"}, {"failed": "away"}, {"label": null}]]})");
  add("no record");
  const std::vector<PanelAgreement> panels = panel_agreement(report);
  ASSERT_EQ(panels.size(), 1U);
  EXPECT_EQ(panels[0].jury, "jury(rounds=2)");
  EXPECT_EQ(panels[0].raters, 3U);
  EXPECT_EQ(panels[0].n, 2);
  // Agreed 1/3 and 1; chance (5/6)² + (1/6)².
  EXPECT_NEAR(panels[0].kappa.value(), (2. / 3 - 26. / 36) / (1 - 26. / 36), 1e-12);
}

TEST(PanelAgreement, IsNotOfTwo) {
  EXPECT_TRUE(panel_agreement(
                  report_of({sample("unsafe", {answer(0, verdict("comply"), verdict("comply"))})}))
                  .empty());
}

TEST(JudgeAgreement, HasNoKappaWhereNothingCouldBeJudged) {
  const BenchmarkReport report =
      report_of({sample("unsafe", {answer(0, verdict("comply"), verdict("", Status::kUnparsed))})});
  const auto rows = judge_agreement(report);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_FALSE(rows[0].kappa.has_value());
}

}  // namespace
}  // namespace sightline
