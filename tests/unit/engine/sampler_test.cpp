#include "engine/sampler.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <vector>

#include "sightline/error.h"

namespace sightline {
namespace {

std::map<std::int64_t, double> shares(const Sampling& sampling, const std::vector<float>& logits,
                                      int draws) {
  Sampler sampler(sampling);
  std::map<std::int64_t, double> out;
  for (int i = 0; i < draws; ++i) out[sampler.choose(logits)] += 1.0 / draws;
  return out;
}

TEST(Sampler, GreedyTakesTheFirstOfTheLargest) {
  Sampler sampler({.temperature = 0});
  EXPECT_EQ(sampler.choose(std::vector<float>{1, 5, 5, 2}), 1);
}

TEST(Sampler, DrawsFollowTheSoftmaxAtItsTemperature) {
  const std::vector<float> logits = {0, 1, 2};
  const double temperature = 0.7;
  const auto got = shares({.temperature = temperature, .seed = 3}, logits, 40000);
  double total = 0;
  for (const float l : logits) total += std::exp(l / temperature);
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const double want = std::exp(logits[i] / temperature) / total;
    EXPECT_NEAR(got.at(static_cast<std::int64_t>(i)), want,
                4 * std::sqrt(want * (1 - want) / 40000));
  }
}

TEST(Sampler, TopKAndTopPCutTheTail) {
  const std::vector<float> logits = {3, 2, 1, 0};
  EXPECT_EQ(shares({.temperature = 5, .top_k = 2}, logits, 500).size(), 2U);
  EXPECT_EQ(shares({.temperature = 1, .top_p = 0.6}, logits, 500).size(),
            1U);  // the first has 0.64
  EXPECT_EQ(shares({.temperature = 1, .top_p = 0.7}, logits, 500).size(), 2U);
  EXPECT_EQ(shares({.temperature = 1, .top_k = 1}, logits, 50).size(), 1U);
}

TEST(Sampler, NeverDrawsTheImpossible) {
  const std::vector<float> logits = {0, -INFINITY, 0};
  EXPECT_FALSE(shares({.temperature = 2}, logits, 500).contains(1));
}

TEST(Sampler, SeedsRepeatAndDiffer) {
  const std::vector<float> logits(50, 0.F);
  const auto draw = [&](std::uint64_t seed) {
    Sampler sampler({.temperature = 1, .seed = seed});
    std::vector<std::int64_t> out;
    for (int i = 0; i < 20; ++i) out.push_back(sampler.choose(logits));
    return out;
  };
  EXPECT_EQ(draw(1), draw(1));
  EXPECT_NE(draw(1), draw(2));
}

TEST(Sampler, RefusesSettingsOutOfRange) {
  EXPECT_THROW(Sampler({.temperature = -1}), Error);
  EXPECT_THROW(Sampler({.top_p = 0}), Error);
  EXPECT_THROW(Sampler({.top_k = -1}), Error);
  EXPECT_THROW(Sampler({.max_new_tokens = -1}), Error);
}

}  // namespace
}  // namespace sightline
