#include "evals/statistics/agreement.h"

#include <gtest/gtest.h>

namespace sightline {
namespace {

TEST(Agreement, AgreesWithTheFirstVector) {
  const Confusion judge{.tp = 40, .fp = 9, .fn = 6, .tn = 45};
  const RatingTable table = rating_table(judge);
  EXPECT_NEAR(*observed_agreement(table), .85, 1e-12);
  EXPECT_NEAR(*cohen_kappa(table), .699519, 5e-7);
  EXPECT_NEAR(*gwet_ac1(table), .700748, 5e-7);
  EXPECT_NEAR(*judge.mcc(), .700786, 5e-7);
  EXPECT_NEAR(*judge.balanced_accuracy(), .851449, 5e-7);
  EXPECT_NEAR(*judge.f1(), .842105, 5e-7);
}

TEST(Agreement, AgreesWithTheRareVector) {
  const Confusion judge{.tp = 5, .fp = 3, .fn = 2, .tn = 90};
  const RatingTable table = rating_table(judge);
  EXPECT_NEAR(*cohen_kappa(table), .639769, 5e-7);
  EXPECT_NEAR(*gwet_ac1(table), .941945, 5e-7);
  EXPECT_NEAR(*judge.mcc(), .641436, 5e-7);
  EXPECT_NEAR(*judge.f1(), .666667, 5e-7);
}

// Judges of the published MSTS annotations.
TEST(Agreement, AgreesWithPublishedJudges) {
  const Confusion gemini{.tp = 123, .fp = 111, .fn = 58, .tn = 3708};
  EXPECT_NEAR(*gemini.precision(), .526, 5e-4);
  EXPECT_NEAR(*gemini.recall(), .680, 5e-4);
  EXPECT_NEAR(*gemini.false_positive_rate(), .029, 5e-4);
  EXPECT_NEAR(*cohen_kappa(rating_table(gemini)), .571, 5e-4);
  const Confusion people{.tp = 150, .fp = 62, .fn = 44, .tn = 3744};
  EXPECT_NEAR(*cohen_kappa(rating_table(people)), .7250, 5e-5);
  EXPECT_NEAR(*gwet_ac1(rating_table(people)), .9707, 5e-5);
}

TEST(Agreement, IsAbsentWhereItDividesByNothing) {
  const Confusion negatives{.tp = 0, .fp = 0, .fn = 0, .tn = 9};
  EXPECT_FALSE(negatives.precision());
  EXPECT_FALSE(negatives.recall());
  EXPECT_FALSE(negatives.f1());
  EXPECT_FALSE(negatives.mcc());
  EXPECT_FALSE(negatives.balanced_accuracy());
  EXPECT_FALSE(cohen_kappa(rating_table(negatives)));
  EXPECT_EQ(*gwet_ac1(rating_table(negatives)), 1);
  EXPECT_FALSE(observed_agreement(rating_table(Confusion{})));
}

TEST(FleissKappa, AgreesWithTheVector) {
  const std::vector<std::vector<std::int64_t>> counts = {{0, 5}, {2, 3}, {5, 0},
                                                         {1, 4}, {4, 1}, {0, 5}};
  EXPECT_NEAR(*fleiss_kappa(counts), .513889, 5e-7);
  EXPECT_FALSE(fleiss_kappa({}));
}

TEST(KrippendorffAlpha, AgreesWithTheVector) {
  const std::vector<std::vector<int>> ratings = {{1, 1}, {0, 0, 0}, {1, 0, 1},
                                                 {0, 0}, {1},       {0, 1, 0}};
  EXPECT_NEAR(*krippendorff_alpha(ratings), .4, 1e-12);
}

TEST(KrippendorffAlpha, OfATableIsThatOfItsPairs) {
  const Confusion people{.tp = 150, .fp = 62, .fn = 44, .tn = 3744};  // MSTS, as published
  EXPECT_NEAR(*krippendorff_alpha(rating_table(people)), .7250, 5e-5);
  EXPECT_FALSE(krippendorff_alpha(rating_table(Confusion{})));
}

TEST(KrippendorffAlpha, IsAbsentWithoutTwoCategories) {
  EXPECT_FALSE(krippendorff_alpha(std::vector<std::vector<int>>{{1, 1}, {1, 1, 1}}));
  EXPECT_FALSE(krippendorff_alpha(std::vector<std::vector<int>>{{1}, {0}}));
}

}  // namespace
}  // namespace sightline
