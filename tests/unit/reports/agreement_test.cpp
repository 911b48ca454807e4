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

}  // namespace
}  // namespace sightline
