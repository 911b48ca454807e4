#include "training/recompute.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/full.h>
#include <ATen/ops/zeros.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "distributed/gradient_sum.h"
#include "sightline/error.h"
#include "support/recording_group.h"

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

// Without a gradient of its input a recomputed block would silently drop those of its weights.
TEST(Recompute, RefusesRowsThatAskForNoGradient) {
  const auto block = [](const at::Tensor& rows) { return rows * 2; };
  EXPECT_THROW(run_recomputed(block, at::zeros({2, 3})), Error);
  EXPECT_TRUE(run_recomputed(block, at::zeros({2, 3}).requires_grad_()).requires_grad());
}

}  // namespace
}  // namespace sightline
