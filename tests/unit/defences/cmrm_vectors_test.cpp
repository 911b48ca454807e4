#include "defences/cmrm_vectors.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/allclose.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/linalg_svd.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/tensor.h>
#include <gtest/gtest.h>

#include <cmath>

#include "sightline/error.h"

namespace sightline {
namespace {

at::Tensor rows(std::vector<double> values, std::int64_t width) {
  return at::tensor(values, at::kDouble).reshape({-1, width});
}

at::Tensor vector(std::vector<float> values) { return at::tensor(values); }

void expect_degenerate(const at::Tensor& deltas, Reduction reduction) {
  try {
    reduce_deltas(deltas, reduction, 4);
    FAIL() << "a meaningless component was accepted";
  } catch (const Error& e) {
    EXPECT_NE(e.message().find("degenerate orientation at layer 4"), std::string::npos);
  }
}

TEST(ReduceDeltas, MeanAndUncentredComponentAgreeOnSymmetricRows) {
  const at::Tensor deltas = rows({3, 1, 3, -1}, 2);
  EXPECT_TRUE(at::allclose(reduce_deltas(deltas, Reduction::kMeanDelta, 0).vector, vector({3, 0})));
  EXPECT_TRUE(at::allclose(reduce_deltas(deltas, Reduction::kSvd1Uncentred, 0).vector,
                           vector({3, 0}), 1e-5, 1e-6));
}

TEST(ReduceDeltas, CentredComponentAcrossTheMeanIsDegenerate) {
  const at::Tensor deltas = rows({3, 1, 3, -1}, 2);
  EXPECT_NEAR(reduce_deltas(deltas, Reduction::kMeanDelta, 0).sigma1, std::sqrt(2.0), 1e-12);
  expect_degenerate(deltas, Reduction::kPca1Unit);
}

TEST(ReduceDeltas, EqualRowsHaveAMeanButNoCentredComponent) {
  const at::Tensor deltas = rows({2, 0, 2, 0, 2, 0}, 2);
  EXPECT_TRUE(at::allclose(reduce_deltas(deltas, Reduction::kMeanDelta, 0).vector, vector({2, 0})));
  EXPECT_TRUE(at::allclose(reduce_deltas(deltas, Reduction::kSvd1Uncentred, 0).vector,
                           vector({2, 0}), 1e-5, 1e-6));
  for (const Reduction r :
       {Reduction::kPca1Unit, Reduction::kPca1Scaled, Reduction::kPca1MeanAbs}) {
    expect_degenerate(deltas, r);
  }
}

// Against a full singular value decomposition, on random data of several shapes.
class ReduceDeltasShapes : public ::testing::TestWithParam<std::pair<int, int>> {};

TEST_P(ReduceDeltasShapes, ComponentsEqualThoseOfAFullDecomposition) {
  const auto [n, d] = GetParam();
  const at::Tensor deltas = at::randn({n, d}, at::kDouble) + 0.7;
  const at::Tensor mean = deltas.mean(0);
  const at::Tensor centred = deltas - mean;
  at::Tensor pc = std::get<2>(at::linalg_svd(centred, false)).select(0, 0);
  if ((pc * mean).sum().item<double>() < 0) pc = -pc;
  const at::Tensor along = (centred * pc).sum(1);
  const double sigma = std::sqrt(along.square().sum().item<double>() / (n - 1));

  const auto near = [](const at::Tensor& got, const at::Tensor& want) {
    return at::allclose(got.to(at::kDouble), want, 1e-5, 1e-5);
  };
  EXPECT_TRUE(near(reduce_deltas(deltas, Reduction::kPca1Unit, 0).vector, pc));
  EXPECT_TRUE(near(reduce_deltas(deltas, Reduction::kPca1Scaled, 0).vector, pc * sigma));
  EXPECT_TRUE(
      near(reduce_deltas(deltas, Reduction::kPca1MeanAbs, 0).vector, pc * along.abs().mean()));
  EXPECT_NEAR(reduce_deltas(deltas, Reduction::kMeanDelta, 0).sigma1, sigma, 1e-9);
  const at::Tensor u = std::get<2>(at::linalg_svd(deltas, false)).select(0, 0);
  EXPECT_TRUE(
      near(reduce_deltas(deltas, Reduction::kSvd1Uncentred, 0).vector, u * (u * mean).sum()));
}

INSTANTIATE_TEST_SUITE_P(Shapes, ReduceDeltasShapes,
                         ::testing::Values(std::pair(5, 3), std::pair(12, 64), std::pair(40, 7)));

// Mean over anchors of ‖h_c + αv − h_t‖² falls by exactly α(2−α)‖v‖² against α = 0.
TEST(ReduceDeltas, MeanDeltaObeysItsQuadraticLaw) {
  const at::Tensor deltas = at::randn({20, 16}, at::kDouble) + 0.3;
  const at::Tensor v = reduce_deltas(deltas, Reduction::kMeanDelta, 0).vector.to(at::kDouble);
  const auto loss = [&](double alpha) {
    return (v * alpha - deltas).square().sum(1).mean().item<double>();
  };
  const double length = v.square().sum().item<double>();
  for (const double alpha : {0.25, 0.5, 1.0, 1.7}) {
    EXPECT_NEAR(loss(0) - loss(alpha), alpha * (2 - alpha) * length, 1e-5 * length);
  }
}

TEST(ReduceDeltas, UnknownReductionNamesTheNearOne) {
  EXPECT_THROW(reduction_of("mean"), Error);
  EXPECT_EQ(reduction_of("pca1_scaled"), Reduction::kPca1Scaled);
}

}  // namespace
}  // namespace sightline
