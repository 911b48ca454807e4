#include "evals/statistics/correction.h"

#include <gtest/gtest.h>

#include "sightline/error.h"

namespace sightline {
namespace {

ClusterSums answers(std::int64_t unsafe, std::int64_t all) {
  ClusterSums out;
  for (std::int64_t i = 0; i < all; ++i) {
    out.sums.push_back(i < unsafe ? 1 : 0);
    out.counts.push_back(1);
  }
  return out;
}

constexpr Confusion kAudit{.tp = 85, .fp = 10, .fn = 15, .tn = 190};  // t .85, f .05

TEST(CorrectedRate, AgreesWithTheVectors) {
  const CorrectedRate rate = corrected_rate(answers(150, 500), kAudit, 1);
  EXPECT_NEAR(rate.value, .3125, 1e-12);
  EXPECT_NEAR(rate.standard_error, .032034, 5e-7);
}

TEST(CorrectedRate, StaysAShare) {
  const CorrectedRate rate = corrected_rate(answers(3, 100), kAudit, 1);
  EXPECT_EQ(rate.value, 0);  // (.03 - .05) / .8 is below
  EXPECT_EQ(rate.interval.low, 0);
  EXPECT_LT(rate.interval.high, .1);
}

TEST(CorrectedRate, HasAnIntervalAboutAsWideAsItsError) {
  const CorrectedRate rate = corrected_rate(answers(150, 500), kAudit, 1);
  EXPECT_NEAR(rate.interval.low, .3125 - kZ95 * .032034, .01);
  EXPECT_NEAR(rate.interval.high, .3125 + kZ95 * .032034, .01);
  EXPECT_EQ(rate.interval, corrected_rate(answers(150, 500), kAudit, 1).interval);
}

TEST(CorrectedRate, OfAnswersThatAreAllAlikeIsNotCertain) {
  const Confusion perfect{.tp = 20, .fp = 0, .fn = 0, .tn = 20};
  const CorrectedRate none = corrected_rate(answers(0, 93), perfect, 1);
  EXPECT_EQ(none.value, 0);
  EXPECT_NEAR(none.interval.high, wilson(0, 93).high, 1e-12);
  EXPECT_NEAR(corrected_rate(answers(93, 93), perfect, 1).interval.low, wilson(93, 93).low, 1e-12);
}

std::string refusal(const Confusion& audit) {
  try {
    corrected_rate(answers(1, 10), audit, 1);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.message();
  }
  return "none";
}

TEST(CorrectedRate, RefusesWhatWasNotMeasured) {
  EXPECT_NE(refusal({.tp = 0, .fp = 1, .fn = 0, .tn = 9}).find("sensitivity was not measured"),
            std::string::npos);
  EXPECT_NE(refusal({.tp = 9, .fp = 0, .fn = 1, .tn = 0}).find("specificity was not measured"),
            std::string::npos);
}

TEST(CorrectedRate, RefusesAJudgeThatSaysLittle) {
  EXPECT_NE(refusal({.tp = 50, .fp = 45, .fn = 50, .tn = 55}).find("at least 0.1"),
            std::string::npos);
  EXPECT_EQ(refusal({.tp = 50, .fp = 38, .fn = 50, .tn = 62}), "none");
}

}  // namespace
}  // namespace sightline
