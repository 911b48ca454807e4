#include "evals/statistics/intervals.h"

#include <gtest/gtest.h>

#include <tuple>
#include <vector>

namespace sightline {
namespace {

class WilsonVectors : public testing::TestWithParam<std::tuple<int, int, double, double>> {};

TEST_P(WilsonVectors, AgreeToTheDigitsShown) {
  const auto [k, n, low, high] = GetParam();
  const Interval interval = wilson(k, n);
  EXPECT_NEAR(interval.low, low, 5e-5);
  EXPECT_NEAR(interval.high, high, 5e-5);
}

INSTANTIATE_TEST_SUITE_P(
    Statistics, WilsonVectors,
    testing::Values(std::tuple(0, 171, 0.0, .0220), std::tuple(5, 855, .0025, .0136),
                    std::tuple(171, 171, .9780, 1.0), std::tuple(0, 30, 0.0, .1135),
                    std::tuple(109, 171, .5631, .7057), std::tuple(62, 171, .2943, .4369),
                    std::tuple(204, 497, .3681, .4542), std::tuple(585, 855, .6523, .7145),
                    std::tuple(41, 100, .3187, .5080), std::tuple(1, 1, .2065, 1.0)));

TEST(Wilson, HoldsItsPointForEveryCount) {
  for (int n = 1; n <= 60; ++n) {
    for (int k = 0; k <= n; ++k) {
      const Interval interval = wilson(k, n);
      EXPECT_LE(interval.low, static_cast<double>(k) / n) << k << "/" << n;
      EXPECT_GE(interval.high, static_cast<double>(k) / n) << k << "/" << n;
    }
  }
}

TEST(Wilson, HoldsAShareThatIsNoWholeNumberOfEvents) {
  for (int n = 1; n <= 20; ++n) {
    for (int tenth = 0; tenth <= 10; ++tenth) {
      const double share = tenth / 10.0;
      const Interval interval = wilson_share(share, n);
      EXPECT_LE(interval.low, share) << share << " of " << n;
      EXPECT_GE(interval.high, share) << share << " of " << n;
    }
  }
  EXPECT_EQ(wilson_share(.5, 10), wilson(5, 10));
}

TEST(Wilson, OfNothingKnowsNothing) { EXPECT_EQ(wilson(0, 0), (Interval{0, 1})); }

TEST(MoverMean, OfOneShareIsWilson) {
  const Interval one = mover_mean(std::vector<ShareOfTrials>{{.41, 100}});
  EXPECT_NEAR(one.low, wilson(41, 100).low, 1e-15);
  EXPECT_NEAR(one.high, wilson(41, 100).high, 1e-15);
}

TEST(MoverMean, IsOpenWhereNothingVaries) {
  const Interval interval = mover_mean(std::vector<ShareOfTrials>{{1, 20}, {0, 20}});
  EXPECT_NEAR(interval.low, .5 - wilson(0, 20).high / 2, 1e-12);
  EXPECT_NEAR(interval.high, .5 + wilson(0, 20).high / 2, 1e-12);
}

}  // namespace
}  // namespace sightline
