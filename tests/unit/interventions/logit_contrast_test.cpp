#include "interventions/logit_contrast.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/allclose.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/tensor.h>
#include <gtest/gtest.h>

#include <limits>

#include "sightline/error.h"

namespace sightline {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

at::Tensor combined(double alpha, double beta, const at::Tensor& a, const at::Tensor& b) {
  const at::Tensor branches[] = {a, b};
  return LogitContrast(alpha, beta).combine(branches);
}

TEST(LogitContrast, MasksWhatTheCleanBranchFindsImplausible) {
  const at::Tensor clean = at::tensor({2.F, 1.F, 0.F, -3.F});
  const at::Tensor noisy = at::tensor({1.F, 2.F, 0.F, -12.F});
  EXPECT_TRUE(at::equal(combined(1, 0.1, clean, noisy), at::tensor({3.F, 0.F, 0.F, -kInfinity})));
  EXPECT_EQ(at::argmax(combined(1, 0, clean, noisy)).item<std::int64_t>(), 3);
}

TEST(LogitContrast, ZeroAlphaIsTheCleanBranchBitForBit) {
  const at::Tensor clean = at::randn({64});
  EXPECT_TRUE(at::equal(combined(0, 0, clean, at::randn({64})), clean));
}

TEST(LogitContrast, BetaOneKeepsOnlyTheCleanMaximum) {
  const at::Tensor clean = at::randn({64});
  const at::Tensor out = combined(2, 1, clean, at::randn({64}));
  EXPECT_EQ((out > -kInfinity).sum().item<std::int64_t>(), 1);
  EXPECT_EQ(at::argmax(out).item<std::int64_t>(), at::argmax(clean).item<std::int64_t>());
}

TEST(LogitContrast, AConstantOnTheOtherBranchChangesNoProbability) {
  const at::Tensor clean = at::randn({64});
  const at::Tensor noisy = at::randn({64});
  EXPECT_TRUE(at::allclose(at::softmax(combined(1, 0.1, clean, noisy), 0),
                           at::softmax(combined(1, 0.1, clean, noisy + 3), 0), 1e-4, 1e-6));
}

TEST(LogitContrast, ImpossibleInBothStaysImpossible) {
  const at::Tensor out =
      combined(1, 0, at::tensor({0.F, -kInfinity}), at::tensor({0.F, -kInfinity}));
  EXPECT_EQ(out[1].item<float>(), -kInfinity);
}

TEST(LogitContrast, AmplifiesTheDifferenceToTheOtherBranch) {
  const at::Tensor safe = at::tensor({2.F, 0.F, -1.F});
  const at::Tensor plain = at::tensor({1.F, 1.F, 0.F});
  EXPECT_TRUE(at::equal(combined(4, 0, safe, plain), at::tensor({6.F, -4.F, -5.F})));
}

TEST(LogitContrast, ChangesLogOddsByAlphaTimesTheDifference) {
  const at::Tensor safe = at::randn({16});
  const at::Tensor delta = at::randn({16});
  for (const double alpha : {0.5, 1.0, 4.0}) {
    const at::Tensor moved = combined(alpha, 0, safe, safe - delta) - safe;
    EXPECT_TRUE(at::allclose(moved - moved[0], (delta - delta[0]) * alpha, 1e-4, 1e-4)) << alpha;
  }
}

TEST(LogitContrast, MinusOneIsTheOtherBranchBitForBit) {
  const at::Tensor other = at::randn({64});
  EXPECT_TRUE(at::equal(combined(-1, 0, at::randn({64}), other), other));
}

TEST(LogitContrast, NeedsTwoBranches) {
  const at::Tensor one[] = {at::tensor({1.F})};
  EXPECT_THROW(LogitContrast(1, 0).combine(one), Error);
}

}  // namespace
}  // namespace sightline
