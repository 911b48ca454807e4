#include "evals/statistics/distributions.h"

#include <gtest/gtest.h>

#include <cmath>

#include "evals/statistics/intervals.h"

namespace sightline {
namespace {

TEST(StudentT, AgreesWithTheTable) {
  EXPECT_NEAR(student_t_quantile(0.975, 5), 2.570582, 5e-7);
  EXPECT_NEAR(student_t_quantile(0.975, 1), 12.706205, 5e-7);
  EXPECT_NEAR(student_t_quantile(0.025, 30), -2.042272, 5e-7);
  EXPECT_NEAR(student_t_quantile(0.975, 1e9), kZ95, 1e-6);
}

TEST(Normal, QuantileUndoesTheDistribution) {
  EXPECT_NEAR(normal_quantile(0.975), kZ95, 1e-14);
  EXPECT_NEAR(normal_quantile(0.8), .841621, 5e-7);
  EXPECT_EQ(normal_quantile(0.5), 0);
  for (const double p : {1e-12, .003, .2, .7, .9999}) {
    EXPECT_NEAR(std::erfc(-normal_quantile(p) / std::sqrt(2.0)) / 2, p, 1e-12 * p + 1e-16);
  }
}

}  // namespace
}  // namespace sightline
