#include "evals/statistics/power.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sightline {
namespace {

TEST(PairedSampleSize, AgreesWithTheVectors) {
  EXPECT_EQ(std::llround(paired_sample_size(.34, .03)), 1008);
  EXPECT_EQ(std::llround(paired_sample_size(.5, .03)), 2180);
}

TEST(PairedSampleSize, IsUndoneByTheDetectableDifference) {
  EXPECT_NEAR(paired_detectable_difference(.34, paired_sample_size(.34, .03)), .03, 1e-12);
}

// Fleiss, Levin and Paik: .4 against .5 needs about 388 in each group.
TEST(IndependentSampleSize, AgreesWithTheTextbook) {
  EXPECT_NEAR(independent_sample_size(.4, .5), 387.3, .1);
  EXPECT_DOUBLE_EQ(independent_sample_size(.4, .5), independent_sample_size(.5, .4));
}

TEST(IndependentDetectableShare, IsUndoneByTheSampleSize) {
  for (const bool rises : {false, true}) {
    const std::optional<double> share = independent_detectable_share(.4, 497, rises);
    ASSERT_TRUE(share);
    EXPECT_EQ(*share > .4, rises);
    EXPECT_NEAR(independent_sample_size(.4, *share), 497, 1e-6);
  }
}

TEST(IndependentDetectableShare, IsAbsentWhereNoShareWouldDo) {
  EXPECT_FALSE(independent_detectable_share(.02, 50, false));
  EXPECT_FALSE(independent_detectable_share(0, 1e6, false));
  EXPECT_TRUE(independent_detectable_share(0, 50, true));
}

TEST(DesignEffect, GrowsWithTheCluster) {
  EXPECT_DOUBLE_EQ(design_effect(1, .5), 1);
  EXPECT_DOUBLE_EQ(design_effect(3.4, .5), 2.2);
}

}  // namespace
}  // namespace sightline
