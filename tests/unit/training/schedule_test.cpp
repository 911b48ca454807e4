#include "training/schedule.h"

#include <gtest/gtest.h>

namespace sightline {
namespace {

// LLaVA's rates for 165 updates at 2e-4.
TEST(Schedule, CosineWithWarmUpHasThePublishedRates) {
  const Schedule schedule{.kind = "cosine", .warmup = warmup_updates(0.03, 165), .total = 165};
  EXPECT_EQ(schedule.warmup, 5);
  const double wanted[] = {0, 4e-5, 8e-5, 1.2e-4, 1.6e-4, 2e-4};
  for (int k = 0; k < 6; ++k) EXPECT_NEAR(2e-4 * schedule.factor(k), wanted[k], 1e-12) << k;
  EXPECT_NEAR(2e-4 * schedule.factor(6), 1.99981e-4, 1e-9);
  EXPECT_NEAR(2e-4 * schedule.factor(164), 1.92760e-8, 1e-12);
}

TEST(Schedule, LinearFallsToZeroAndConstantStays) {
  const Schedule linear{.kind = "linear", .warmup = 2, .total = 12};
  EXPECT_DOUBLE_EQ(linear.factor(2), 1);
  EXPECT_DOUBLE_EQ(linear.factor(7), 0.5);
  EXPECT_DOUBLE_EQ(linear.factor(12), 0);
  const Schedule constant{.kind = "constant", .warmup = 2, .total = 12};
  EXPECT_DOUBLE_EQ(constant.factor(1), 0.5);
  EXPECT_DOUBLE_EQ(constant.factor(11), 1);
}

TEST(Schedule, WithoutWarmUpTheFirstUpdateRunsAtTheFullRate) {
  EXPECT_EQ(warmup_updates(0, 100), 0);
  EXPECT_DOUBLE_EQ((Schedule{.kind = "cosine", .warmup = 0, .total = 10}.factor(0)), 1);
}

}  // namespace
}  // namespace sightline
