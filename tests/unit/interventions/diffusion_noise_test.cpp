#include "interventions/diffusion_noise.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/allclose.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

#include "sightline/error.h"

namespace sightline {
namespace {

TEST(DiffusionNoise, FollowsTheAuthorsSchedule) {
  struct Row {
    int step;
    double signal, noise;
  };
  for (const Row& row :
       {Row{0, 0.999989, 0.004726}, Row{100, 0.998293, 0.058406}, Row{300, 0.980984, 0.194089},
        Row{500, 0.863017, 0.505175}, Row{700, 0.592677, 0.805440}, Row{900, 0.364888, 0.931051},
        Row{999, 0.285042, 0.958515}}) {
    const NoiseLevel level = diffusion_noise_level(row.step);
    EXPECT_NEAR(level.signal, row.signal, 6e-7) << row.step;
    EXPECT_NEAR(level.noise, row.noise, 6e-7) << row.step;
    EXPECT_NEAR(level.signal * level.signal + level.noise * level.noise, 1, 1e-12) << row.step;
  }
  const NoiseLevel half = diffusion_noise_level(500);
  EXPECT_NEAR(half.signal + half.noise, 1.368192, 1e-6) << "x = 1, noise = 1";
}

TEST(DiffusionNoise, RefusesAStepOutsideTheSchedule) {
  EXPECT_THROW(diffusion_noise_level(-1), Error);
  EXPECT_THROW(DiffusionNoise(1000, 1), Error);
}

// What is left of a noised picture when its signal is taken away, in units of the noise.
at::Tensor noise_of(const at::Tensor& pixels, int step, std::uint64_t seed) {
  const NoiseLevel level = diffusion_noise_level(step);
  return (DiffusionNoise(step, seed).apply(pixels) - pixels * level.signal) / level.noise;
}

TEST(DiffusionNoise, IsStandardNormalAroundTheFadedPicture) {
  const at::Tensor noise = noise_of(at::ones({3, 64, 64}), 500, 42);
  EXPECT_EQ(noise.sizes(), at::IntArrayRef({3, 64, 64}));
  EXPECT_NEAR(noise.mean().item<double>(), 0, 0.05);
  EXPECT_NEAR(noise.std().item<double>(), 1, 0.05);
}

TEST(DiffusionNoise, SeedAndPictureDecideTheDraw) {
  const at::Tensor picture = at::full({3, 28, 28}, 0.25);
  const auto drawn = [&](std::uint64_t seed) { return DiffusionNoise(500, seed).apply(picture); };
  EXPECT_TRUE(at::equal(drawn(42), drawn(42)));
  EXPECT_FALSE(at::equal(drawn(42), drawn(43)));
  EXPECT_FALSE(at::allclose(noise_of(picture, 500, 42), noise_of(picture * 2, 500, 42), 0, 0.1));
}

TEST(DiffusionNoise, TilesOfOnePictureGetTheirOwnNoise) {
  const at::Tensor noised = DiffusionNoise(999, 1).apply(at::zeros({2, 3, 8, 8}));
  EXPECT_FALSE(at::equal(noised[0], noised[1]));
}

TEST(DiffusionNoise, LeavesTheCleanPixelsAlone) {
  const at::Tensor picture = at::ones({3, 4, 4});
  DiffusionNoise(500, 1).apply(picture);
  EXPECT_TRUE(at::equal(picture, at::ones({3, 4, 4})));
}

TEST(DiffusionNoise, EveryOptionIsInItsCacheKey) {
  EXPECT_NE(DiffusionNoise(500, 1).cache_key(), DiffusionNoise(500, 2).cache_key());
  EXPECT_NE(DiffusionNoise(500, 1).cache_key(), DiffusionNoise(501, 1).cache_key());
}

}  // namespace
}  // namespace sightline
