#include "training/recompute.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/full.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/zeros.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "distributed/gradient_sum.h"
#include "sightline/error.h"
#include "support/recording_group.h"
#include "training/autocast.h"

namespace sightline {
namespace {

using ::testing::ElementsAre;

// The inner backward pass of a recomputed block completes its gradients before the outer ends.
TEST(Recompute, LetsTheGradientsOfABlockLeaveBeforeEarlierBlocksRun) {
  const at::Tensor first = at::full({2}, 2.0F).set_requires_grad(true);
  const at::Tensor second = at::full({2}, 3.0F).set_requires_grad(true);
  std::vector<bool> first_known;
  const auto group =
      std::make_shared<RecordingGroup>([&] { first_known.push_back(first.grad().defined()); });
  GradientSum sum({first, second}, group, /*bucket_bytes=*/8);

  at::Tensor rows = at::full({2}, 5.0F).set_requires_grad(true);
  for (const at::Tensor& weight : {first, second}) {
    rows = run_recomputed([weight](const at::Tensor& x) { return x * weight; }, rows);
  }
  sum.expect_last_backward();
  rows.sum().backward();
  EXPECT_THAT(first_known, ElementsAre(false, true));
  sum.finish();
  EXPECT_TRUE(first.grad().eq(2 * 5 * 3).all().item<bool>());
  EXPECT_TRUE(second.grad().eq(2 * 5 * 2).all().item<bool>());
}

// Otherwise the gradients would be those of another function than the one whose loss is shown.
TEST(Recompute, TakesProductsInThePrecisionOfTheFirstPass) {
  std::vector<at::ScalarType> seen;
  const at::Tensor weight = at::full({2, 2}, 0.3F).set_requires_grad(true);
  const auto block = [&](const at::Tensor& rows) {
    const at::Tensor out = at::matmul(rows, weight);
    seen.push_back(out.scalar_type());
    return out;
  };
  at::Tensor out;
  {
    const Autocast autocast(at::kCPU, true);
    out = run_recomputed(block, at::full({2, 2}, 1.7F).set_requires_grad(true));
  }
  out.sum().backward();
  EXPECT_THAT(seen, ElementsAre(at::kBFloat16, at::kBFloat16));
  EXPECT_FALSE(Autocast::is_on(at::kCPU));
}

// Without a gradient of its input a recomputed block would silently drop those of its weights.
TEST(Recompute, RefusesRowsThatAskForNoGradient) {
  const auto block = [](const at::Tensor& rows) { return rows * 2; };
  EXPECT_THROW(run_recomputed(block, at::zeros({2, 3})), Error);
  EXPECT_TRUE(run_recomputed(block, at::zeros({2, 3}).requires_grad_()).requires_grad());
}

}  // namespace
}  // namespace sightline
