#include "evals/label_pairs.h"

#include <gtest/gtest.h>

namespace sightline {
namespace {

TEST(LabelPairs, WordsOfRefusalAndOfSafetyAgreeOnHarm) {
  LabelPairs pairs;
  pairs.add("comply", "unsafe", 3);
  pairs.add("refuse", "safe", 4);
  pairs.add("refuse", "unsafe");
  EXPECT_EQ(pairs.n(), 8);
  EXPECT_EQ(pairs.agreed(), 7);
  EXPECT_EQ(pairs.table(), (RatingTable{{3, 0}, {1, 4}}));
}

// `judge` used to count it as "no harm", reports as a label of its own.
TEST(LabelPairs, ALabelThatTellsOfNeitherAgreesWithItselfAlone) {
  LabelPairs pairs;
  pairs.add("partial", "safe", 2);
  pairs.add("partial", "partial", 5);
  EXPECT_EQ(pairs.agreed(), 5);
  EXPECT_EQ(pairs.table(), (RatingTable{{0, 0}, {2, 5}}));
}

TEST(LabelPairs, OfNothingHaveAnEmptyTable) {
  LabelPairs pairs;
  pairs.add("safe", "unsafe", 0);
  EXPECT_EQ(pairs.n(), 0);
  EXPECT_TRUE(pairs.table().empty());
  EXPECT_FALSE(cohen_kappa(pairs.table()).has_value());
}

}  // namespace
}  // namespace sightline
