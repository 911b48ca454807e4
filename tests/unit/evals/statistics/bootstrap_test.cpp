#include "evals/statistics/bootstrap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "evals/statistics/philox_lanes.h"

namespace sightline {
namespace {

std::vector<ClusterSums> two_strata() {
  return {{.sums = {3, 0, 1}, .counts = {4, 2, 2}}, {.sums = {1, 1, 0, 2}, .counts = {1, 1, 1, 2}}};
}

ClusterSums uneven_clusters() {
  ClusterSums out;
  for (int i = 0; i < 50; ++i) {
    out.sums.push_back(std::sqrt(i));
    out.counts.push_back(1 + i % 3);
  }
  return out;
}

// Known answers of the Random123 library.
TEST(Philox, AgreesWithTheKnownAnswers) {
  EXPECT_EQ(philox(0, {0, 0, 0, 0}), (PhiloxBlock{0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8}));
  EXPECT_EQ(philox(0xFFFFFFFFFFFFFFFF, {0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF}),
            (PhiloxBlock{0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD}));
  EXPECT_EQ(philox(0x299F31D0A4093822, {0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344}),
            (PhiloxBlock{0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1}));
}

TEST(Philox, OfFourCountersAtOnceIsThatOfEach) {
  for (const PhiloxBlock& counter :
       {PhiloxBlock{0, 0, 0, 0}, PhiloxBlock{1996, 6664, 3, 1}, PhiloxBlock{0xFFFFFFFE, 7, 0, 0}}) {
    const PhiloxWords words = philox_lanes(0x299F31D0A4093822, counter);
    for (std::uint32_t lane = 0; lane < kPhiloxLanes; ++lane) {
      const PhiloxBlock want =
          philox(0x299F31D0A4093822, {counter[0] + lane, counter[1], counter[2], counter[3]});
      for (std::size_t w = 0; w < want.size(); ++w) EXPECT_EQ(words[w][lane], want[w]);
    }
  }
}

// Seven replicates: the second group of lanes is not full.
TEST(Bootstrap, TakesItsDrawsFromTheCountersItNames) {
  const std::vector<ClusterSums> strata = two_strata();
  std::vector<double> want;
  for (std::uint32_t replicate = 0; replicate < 7; ++replicate) {
    double sum_of_means = 0;
    for (std::uint32_t s = 0; s < 2; ++s) {
      Total total;
      for (std::uint32_t draw = 0; draw < strata[s].sums.size(); ++draw) {
        const std::uint64_t word = philox(5, {replicate, draw / 4 * 4, s, 0})[draw % 4];
        const std::size_t pick = word * strata[s].sums.size() >> 32;
        total.sum += strata[s].sums[pick];
        total.count += strata[s].counts[pick];
      }
      sum_of_means += total.mean();
    }
    want.push_back(sum_of_means / 2);
  }
  std::sort(want.begin(), want.end());
  EXPECT_EQ(bootstrap_replicates(strata, mean_of_means, {.seed = 5, .replicates = 7}), want);
}

TEST(Bootstrap, DoesNotDependOnTheNumberOfThreads) {
  const std::vector<ClusterSums> strata = {uneven_clusters(), uneven_clusters()};
  const std::vector<double> one =
      bootstrap_replicates(strata, mean_of_means, {.seed = 9, .threads = 1});
  EXPECT_EQ(one, bootstrap_replicates(strata, mean_of_means, {.seed = 9, .threads = 16}));
  EXPECT_NE(one, bootstrap_replicates(strata, mean_of_means, {.seed = 10, .threads = 16}));
}

TEST(Bootstrap, DrawsEveryClusterAboutAsOften) {
  ClusterSums marked;  // only the last cluster counts
  marked.sums = {0, 0, 0, 0, 1};
  marked.counts = {1, 1, 1, 1, 1};
  const std::vector<double> sorted =
      bootstrap_replicates(std::span(&marked, 1), mean_of_means, {.seed = 3, .replicates = 20'000});
  EXPECT_NEAR(std::accumulate(sorted.begin(), sorted.end(), 0.0) / 20'000, .2, .006);
}

TEST(Bootstrap, KeepsStrataApart) {
  const std::vector<ClusterSums> fixed = {{.sums = {1, 1, 1}, .counts = {1, 1, 1}},
                                          {.sums = {0, 0}, .counts = {1, 1}}};
  const std::vector<double> sorted = bootstrap_replicates(fixed, mean_of_means, {.seed = 1});
  EXPECT_EQ(sorted.front(), .5);
  EXPECT_EQ(sorted.back(), .5);
}

TEST(Quantile, InterpolatesLinearly) {
  const std::vector<double> sorted = {1, 2, 4};
  EXPECT_DOUBLE_EQ(quantile(sorted, .25), 1.5);
  EXPECT_DOUBLE_EQ(quantile(sorted, .75), 3);
  EXPECT_DOUBLE_EQ(quantile(sorted, 1), 4);
}

TEST(Bca, OfSymmetricScoresIsAboutThePercentileInterval) {
  ClusterSums ramp;
  for (int i = -100; i <= 100; ++i) {
    ramp.sums.push_back(i);
    ramp.counts.push_back(1);
  }
  const std::span<const ClusterSums> strata(&ramp, 1);
  const auto sorted =
      bootstrap_replicates(strata, mean_of_means, {.seed = 2, .replicates = 20'000});
  const Interval plain = percentile_interval(sorted);
  const Interval corrected = bca_interval(strata, mean_of_means, sorted);
  EXPECT_NEAR(corrected.low, plain.low, .25);
  EXPECT_NEAR(corrected.high, plain.high, .25);
}

TEST(Bca, MovesTowardsTheLongTail) {
  ClusterSums skewed;
  for (int i = 0; i < 60; ++i) {
    skewed.sums.push_back(std::exp(i / 12.0));
    skewed.counts.push_back(1);
  }
  const std::span<const ClusterSums> strata(&skewed, 1);
  const auto sorted = bootstrap_replicates(strata, mean_of_means, {.seed = 2});
  const Interval plain = percentile_interval(sorted);
  const Interval corrected = bca_interval(strata, mean_of_means, sorted);
  EXPECT_GT(corrected.low, plain.low);
  EXPECT_GT(corrected.high, plain.high);
}

TEST(Bca, OfEqualClustersIsThePoint) {
  const ClusterSums flat{.sums = {1, 1, 1}, .counts = {2, 2, 2}};
  const std::span<const ClusterSums> strata(&flat, 1);
  EXPECT_EQ(
      bca_interval(strata, mean_of_means, bootstrap_replicates(strata, mean_of_means, {.seed = 1})),
      (Interval{.5, .5}));
}

TEST(MoverMean, AgreesWithTheBootstrapWhereBothHold) {
  ClusterSums coin;
  for (int i = 0; i < 200; ++i) {
    coin.sums.push_back(i % 4 == 0 ? 1 : 0);
    coin.counts.push_back(1);
  }
  const Interval resampled = bootstrap_mean_of_means(std::vector<ClusterSums>{coin, coin}, 1);
  const Interval mover = mover_mean(std::vector<ShareOfTrials>{{.25, 200}, {.25, 200}});
  EXPECT_NEAR(resampled.low, mover.low, .01);
  EXPECT_NEAR(resampled.high, mover.high, .01);
}

TEST(Bootstrap, DependsOnTheSeedAlone) {
  const std::vector<ClusterSums> strata = {uneven_clusters()};
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
