#include "evals/statistics/clusters.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace sightline {
namespace {

using Strings = std::vector<std::string>;

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

// 3 · (1/3) is not 1 everywhere: what rounding leaves over is no spread.
TEST(ClusteredMean, OfClustersThatAreAlikeHasNoError) {
  for (const double each : {3.0, 7.0, 49.0}) {
    const ClusterSums alike{.sums = std::vector<double>(10, 1.0),
                            .counts = std::vector<double>(10, each)};
    EXPECT_EQ(clustered_mean(alike).standard_error, 0) << each;
  }
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

}  // namespace
}  // namespace sightline
