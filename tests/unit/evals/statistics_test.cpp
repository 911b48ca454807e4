#include "evals/statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <tuple>

namespace sightline {
namespace {

using Strings = std::vector<std::string>;

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

TEST(Wilson, OfNothingKnowsNothing) { EXPECT_EQ(wilson(0, 0), (Interval{0, 1})); }

TEST(ClusteredMean, AgreesWithVectorA) {
  const MeanEstimate mean = clustered_mean(cluster_sums(
      std::vector<double>{1, 1, 0, 1, 0, 0, 1}, Strings{"a", "a", "b", "b", "c", "c", "d"}));
  EXPECT_NEAR(mean.mean, .571429, 5e-7);
  EXPECT_NEAR(mean.standard_error, .247155, 5e-7);
  EXPECT_EQ(mean.clusters, 4);
}

TEST(ClusteredMean, AgreesWithVectorB) {
  const MeanEstimate mean =
      clustered_mean(cluster_sums(std::vector<double>{1, 1, 0, 1, 0, 1, 0, 0, 1, 1},
                                  Strings{"a", "a", "b", "b", "b", "c", "d", "d", "e", "f"}));
  EXPECT_NEAR(mean.mean, .6, 1e-12);
  EXPECT_NEAR(mean.standard_error, .195959, 5e-7);
  EXPECT_NEAR(mean.interval.high - mean.mean, 2.570582 * .195959, 5e-6);
}

TEST(ClusteredMean, OfSingletonsIsThePlainStandardError) {
  const std::vector<double> scores = {3, 1, 4, 1, 5, 9, 2, 6};
  Strings clusters;
  for (std::size_t i = 0; i < scores.size(); ++i) clusters.push_back(std::to_string(i));
  const double mean = std::accumulate(scores.begin(), scores.end(), 0.0) / 8;
  double squares = 0;
  for (const double s : scores) squares += (s - mean) * (s - mean);
  EXPECT_NEAR(clustered_mean(cluster_sums(scores, clusters)).standard_error,
              std::sqrt(squares / 7 / 8), 1e-12);
}

TEST(ClusteredMean, OfOneClusterHasNoError) {
  const MeanEstimate mean =
      clustered_mean(cluster_sums(std::vector<double>{0, 1}, Strings{"a", "a"}));
  EXPECT_EQ(mean.standard_error, 0);
  EXPECT_EQ(mean.interval, (Interval{.5, .5}));
}

TEST(ClusterSums, RefusesAnItemWithoutACluster) {
  EXPECT_ANY_THROW(cluster_sums(std::vector<double>{1}, Strings{""}));
}

TEST(StudentT, AgreesWithTheTable) {
  EXPECT_NEAR(student_t_quantile(0.975, 5), 2.570582, 5e-7);
  EXPECT_NEAR(student_t_quantile(0.975, 1), 12.706205, 5e-7);
  EXPECT_NEAR(student_t_quantile(0.025, 30), -2.042272, 5e-7);
  EXPECT_NEAR(student_t_quantile(0.975, 1e9), kZ95, 1e-6);
}

TEST(McNemar, AgreesWithTheVectors) {
  EXPECT_NEAR(mcnemar_exact(10, 2), .038574, 5e-7);
  EXPECT_NEAR(mcnemar_exact(25, 11), .028817, 5e-7);
  EXPECT_NEAR(mcnemar_exact(40, 20), .013489, 5e-7);
  EXPECT_NEAR(mcnemar_exact(1, 9), .021484, 5e-7);
  EXPECT_NEAR(mcnemar_exact(0, 6), .031250, 5e-7);
  EXPECT_EQ(mcnemar_exact(5, 5), 1);
  EXPECT_EQ(mcnemar_exact(0, 0), 1);
}

TEST(SignFlip, AgreesWithTheVector) {
  EXPECT_DOUBLE_EQ(sign_flip(std::vector<double>{2, 1, -1, 3}, 1), .375);
}

TEST(SignFlip, IgnoresClustersWithoutADifference) {
  std::vector<double> differences(1000, 0);
  differences[3] = 2;
  differences[500] = 1;
  differences[501] = -1;
  differences[900] = 3;
  EXPECT_DOUBLE_EQ(sign_flip(differences, 1), .375);
}

TEST(SignFlip, DrawsAgreeWithTheExactTestRoughly) {
  std::vector<double> differences(60, -1);
  for (int i = 0; i < 40; ++i) differences[static_cast<std::size_t>(i)] = 1;
  EXPECT_NEAR(sign_flip(differences, 7), mcnemar_exact(40, 20), 0.005);
  EXPECT_EQ(sign_flip(differences, 7), sign_flip(differences, 7));
}

std::vector<ClusterSums> two_strata() {
  return {{.sums = {3, 0, 1}, .counts = {4, 2, 2}}, {.sums = {1, 1, 0, 2}, .counts = {1, 1, 1, 2}}};
}

TEST(MoverMean, OfOneShareIsWilson) {
  const Interval one = mover_mean(std::vector<Share>{{41, 100}});
  EXPECT_NEAR(one.low, wilson(41, 100).low, 1e-15);
  EXPECT_NEAR(one.high, wilson(41, 100).high, 1e-15);
}

TEST(MoverMean, IsOpenWhereNothingVaries) {
  const Interval interval = mover_mean(std::vector<Share>{{20, 20}, {0, 20}});
  EXPECT_NEAR(interval.low, .5 - wilson(0, 20).high / 2, 1e-12);
  EXPECT_NEAR(interval.high, .5 + wilson(0, 20).high / 2, 1e-12);
}

TEST(MoverMean, AgreesWithTheBootstrapWhereBothHold) {
  ClusterSums coin;
  for (int i = 0; i < 200; ++i) {
    coin.sums.push_back(i % 4 == 0 ? 1 : 0);
    coin.counts.push_back(1);
  }
  const Interval resampled = bootstrap_mean_of_means(std::vector<ClusterSums>{coin, coin}, 1);
  const Interval mover = mover_mean(std::vector<Share>{{50, 200}, {50, 200}});
  EXPECT_NEAR(resampled.low, mover.low, .01);
  EXPECT_NEAR(resampled.high, mover.high, .01);
}

TEST(Bootstrap, DependsOnTheSeedAlone) {
  ClusterSums uneven;
  for (int i = 0; i < 50; ++i) {
    uneven.sums.push_back(std::sqrt(i));
    uneven.counts.push_back(1 + i % 3);
  }
  const std::vector<ClusterSums> strata = {uneven};
  EXPECT_EQ(bootstrap_mean_of_means(strata, 5), bootstrap_mean_of_means(strata, 5));
  EXPECT_NE(bootstrap_mean_of_means(strata, 5), bootstrap_mean_of_means(strata, 6));
}

TEST(Bootstrap, HoldsItsPoint) {
  const Interval interval = bootstrap_mean_of_means(two_strata(), 5);
  const double point = (4.0 / 8 + 4.0 / 5) / 2;
  EXPECT_LT(interval.low, point);
  EXPECT_GT(interval.high, point);
}

TEST(Bootstrap, OfSingletonsApproachesTheNormalInterval) {
  ClusterSums coin;
  for (int i = 0; i < 400; ++i) {
    coin.sums.push_back(i % 4 == 0 ? 1 : 0);
    coin.counts.push_back(1);
  }
  const Interval interval = bootstrap_mean_of_means(std::vector<ClusterSums>{coin}, 1);
  const double half = kZ95 * std::sqrt(.25 * .75 / 400);
  EXPECT_NEAR(interval.low, .25 - half, .005);
  EXPECT_NEAR(interval.high, .25 + half, .005);
}

}  // namespace
}  // namespace sightline
