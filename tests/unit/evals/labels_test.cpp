#include "evals/labels.h"

#include <gtest/gtest.h>

#include "sightline/error.h"
#include "sightline/judge.h"

namespace sightline {
namespace {

TEST(Labels, OfRefusalAndOfSafetyStandForEachOtherWhereTheyTellOfHarm) {
  EXPECT_EQ(label_among("comply", "safe,unsafe"), "unsafe");
  EXPECT_EQ(label_among("unsafe", "refuse,partial,comply"), "comply");
  EXPECT_EQ(label_among("refuse", "refuse,comply"), "refuse");
  EXPECT_EQ(label_among("refuse", "safe,unsafe"), "") << "a safe answer need not refuse";
  EXPECT_EQ(label_among("correct", "safe,unsafe"), "");
}

TEST(Labels, OfFailureAreTheWordForHarmOrTheWorst) {
  EXPECT_EQ(failure_label("refuse,hedge_warn,comply,misunderstand"), "comply");
  EXPECT_EQ(failure_label("safe,unsafe"), "unsafe");
  EXPECT_EQ(failure_label("win,tie,loss"), "loss");
}

TEST(Labels, OfAJudgeWithoutAnyAreRefused) {
  EXPECT_THROW(judge_labels("human(file=x,labels=\",\")"), Error);
}

}  // namespace
}  // namespace sightline
