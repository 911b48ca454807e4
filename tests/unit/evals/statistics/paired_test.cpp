#include "evals/statistics/paired.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "evals/statistics/philox.h"

namespace sightline {
namespace {

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

// Draw d flips cluster i where bit i % 32 of its word is set; of three blocks the last is not full.
TEST(SignFlip, TakesItsSignsFromTheCountersItNames) {
  constexpr std::uint64_t kSeed = 7;
  constexpr std::uint32_t kDraws = 10'000;
  std::vector<double> differences;
  for (int i = 0; i < 300; ++i) differences.push_back(i % 7 == 0 ? 2 : i % 2 == 0 ? 1 : -1);
  int hits = 0;
  for (std::uint32_t draw = 0; draw < kDraws; ++draw) {
    double sum = 0;
    for (std::uint32_t i = 0; i < differences.size(); ++i) {
      const std::uint32_t word = philox(kSeed, {draw, i / 128, 0, 1})[i % 128 / 32];
      sum += (word >> i % 32 & 1) != 0 ? -differences[i] : differences[i];
    }
    hits += std::abs(sum) >= std::abs(std::accumulate(differences.begin(), differences.end(), 0.0));
  }
  EXPECT_GT(hits, 0);
  EXPECT_EQ(sign_flip(differences, kSeed), (1.0 + hits) / (1.0 + kDraws));
}

TEST(SignFlip, CountsEveryPatternOfTwentyClusters) {
  const std::vector<double> all_up(20, 1);
  EXPECT_DOUBLE_EQ(sign_flip(all_up, 1), 2.0 / (1 << 20));
  std::vector<double> mixed(20, 1);
  for (std::size_t i = 0; i < 5; ++i) mixed[i] = -1;
  EXPECT_NEAR(sign_flip(mixed, 1), mcnemar_exact(15, 5), 1e-12);
}

TEST(SignFlip, OfNothingIsOne) { EXPECT_EQ(sign_flip(std::vector<double>{0, 0}, 1), 1); }

// Newcombe 1998, table II, method 10: 36 both, 12 and 2 discordant, 0 neither.
TEST(Newcombe, AgreesWithThePublishedExample) {
  const Interval interval = newcombe({.both = 36, .first = 12, .second = 2, .neither = 0});
  EXPECT_NEAR(interval.low, .0569, 5e-5);
  EXPECT_NEAR(interval.high, .3404, 5e-5);
}

TEST(PairedIntervals, MirrorWhenSidesChange) {
  const Interval one = tango(9, 3, 40);
  const Interval other = tango(3, 9, 40);
  EXPECT_NEAR(one.low, -other.high, 1e-12);
  EXPECT_NEAR(one.high, -other.low, 1e-12);
  const Interval left = newcombe({.both = 11, .first = 9, .second = 3, .neither = 17});
  const Interval right = newcombe({.both = 11, .first = 3, .second = 9, .neither = 17});
  EXPECT_NEAR(left.low, -right.high, 1e-12);
  EXPECT_NEAR(left.high, -right.low, 1e-12);
}

TEST(PairedIntervals, HoldTheirPointForEveryCount) {
  constexpr int kN = 9;
  for (int b = 0; b <= kN; ++b) {
    for (int c = 0; b + c <= kN; ++c) {
      const double point = static_cast<double>(b - c) / kN;
      const Interval score = tango(b, c, kN);
      const Interval joined = newcombe({.both = 0, .first = b, .second = c, .neither = kN - b - c});
      for (const Interval& interval : {score, joined}) {
        EXPECT_LE(interval.low, point) << b << " " << c;
        EXPECT_GE(interval.high, point) << b << " " << c;
        EXPECT_GE(interval.low, -1) << b << " " << c;
        EXPECT_LE(interval.high, 1) << b << " " << c;
        EXPECT_LT(interval.low, interval.high) << b << " " << c;
      }
    }
  }
}

// The score interval leaves out 0 exactly where McNemar's uncorrected z passes 1.96.
TEST(Tango, AgreesWithTheUncorrectedTest) {
  for (int b = 0; b <= 30; ++b) {
    const bool significant = std::abs(b - 10) / std::sqrt(b + 10.0) > kZ95;
    const Interval interval = tango(b, 10, 100);
    EXPECT_EQ(interval.low > 0 || interval.high < 0, significant) << b;
  }
}

}  // namespace
}  // namespace sightline
