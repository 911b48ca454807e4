// Values and gradients of the fused row functions against formulas in double, for every
// instruction set of this machine.
#include "nn/row_functions.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/softmax.h>
#include <torch/csrc/autograd/autograd.h>

#include <functional>
#include <limits>

#include "unit/nn/kernel_testing.h"
#include "unit/nn/memory_checkpoint.h"

namespace sightline {
namespace {

using Function = std::function<at::Tensor(const std::vector<at::Tensor>&)>;
using Shape = std::vector<std::int64_t>;

class RowFunction : public kernels::KernelTest {
 protected:
  // `fused` takes inputs of the given shapes in fp32, then in bf16, `formula` the same in double.
  // The last `constants` inputs are fp32 and get no gradient.
  static void expect_equal(const std::vector<Shape>& shapes, std::size_t constants,
                           const Function& fused, const Function& formula) {
    expect_equal_in(at::kFloat, 2e-6, shapes, constants, fused, formula);
    expect_equal_in(at::kBFloat16, 1.0 / 128, shapes, constants, fused, formula);
  }

 private:
  static void expect_equal_in(at::ScalarType dtype, double tolerance,
                              const std::vector<Shape>& shapes, std::size_t constants,
                              const Function& fused, const Function& formula) {
    std::vector<at::Tensor> floats;
    std::vector<at::Tensor> doubles;
    for (const Shape& shape : shapes) {
      const auto generator = at::detail::createCPUGenerator(7 + floats.size());
      const bool learns = floats.size() + constants < shapes.size();
      const at::Tensor drawn = at::randn(shape, generator, at::TensorOptions(at::kFloat));
      floats.push_back(drawn.to(learns ? dtype : at::kFloat));
      doubles.push_back(floats.back().to(at::kDouble).requires_grad_(learns));
      floats.back().requires_grad_(learns);
    }
    const at::Tensor got = fused(floats);
    const at::Tensor want = formula(doubles);
    EXPECT_EQ(got.scalar_type(), dtype);
    EXPECT_LT(relative_error(got.detach().to(at::kFloat), want.detach().to(at::kFloat)), tolerance);
    const at::Tensor gradient =
        at::randn(want.sizes(), at::detail::createCPUGenerator(99), at::TensorOptions(at::kDouble))
            .to(dtype);
    torch::autograd::backward({got}, {gradient});
    torch::autograd::backward({want}, {gradient.to(at::kDouble)});
    for (std::size_t i = 0; i + constants < floats.size(); ++i) {
      EXPECT_LT(relative_error(floats[i].grad().to(at::kFloat), doubles[i].grad().to(at::kFloat)),
                tolerance)
          << "input " << i << " in " << dtype;
    }
  }
};

INSTANTIATE_TEST_SUITE_P(Sets, RowFunction, testing::ValuesIn(kernels::set_names()),
                         [](const auto& set) { return set.param; });

// No width of 1: its gradient is a difference of equal numbers.
TEST_P(RowFunction, RmsNorm) {
  for (const std::int64_t width : {3, 7, 33, 576}) {
    expect_equal(
        {{41, width}, {width}}, 1,
        [](const auto& in) { return rms_norm_rows(in[0], in[1], 1e-5, in[0].scalar_type()); },
        [](const auto& in) {
          return in[0] * at::rsqrt(in[0].pow(2).mean(-1, true) + 1e-5) * in[1];
        });
  }
}

TEST_P(RowFunction, SiluMultiply) {
  for (const std::int64_t width : {1, 33, 1536}) {
    expect_equal(
        {{41, width}, {41, width}}, 0,
        [](const auto& in) { return silu_multiply_rows(in[0] * 8, in[1]); },
        [](const auto& in) { return at::silu(in[0] * 8) * in[1]; });
  }
}

TEST_P(RowFunction, Rotation) {
  for (const std::int64_t width : {2, 10, 64}) {
    expect_equal(
        {{41, 3, width}, {41, width / 2}, {41, width / 2}}, 2,
        [](const auto& in) { return rotate_rows(in[0], in[1], in[2]); },
        [width](const auto& in) {
          const at::Tensor first = in[0].narrow(-1, 0, width / 2);
          const at::Tensor second = in[0].narrow(-1, width / 2, width / 2);
          const at::Tensor cosines = in[1].unsqueeze(1);
          const at::Tensor sines = in[2].unsqueeze(1);
          return at::cat({first * cosines - second * sines, second * cosines + first * sines}, -1);
        });
  }
}

TEST_P(RowFunction, CausalSoftmax) {
  for (const std::int64_t length : {2, 5, 16, 70}) {
    expect_equal(
        {{3, 2 * length, length}}, 0,
        [](const auto& in) { return causal_softmax_rows(in[0], 0.7); },
        [length](const auto& in) {
          const at::Tensor later = at::ones({length, length}, at::kBool).triu(1);
          const at::Tensor scores = in[0].view({3, 2, length, length}) * 0.7;
          const double never = -std::numeric_limits<double>::infinity();
          return at::softmax(scores.masked_fill(later, never), -1).view(in[0].sizes());
        });
  }
}

TEST_P(RowFunction, SoftmaxOfVeryLowAndVeryHighScores) {
  for (const double level : {-3e4, 3e4}) {
    const at::Tensor scores = at::full({1, 19, 19}, level, at::kFloat);
    const at::Tensor weights = causal_softmax_rows(scores, 1);
    EXPECT_NEAR(weights[0][18].sum().item<double>(), 1, 1e-6);
    EXPECT_EQ(weights[0][0][0].item<float>(), 1);
    EXPECT_EQ(weights[0][0][1].item<float>(), 0);
  }
}

TEST_P(RowFunction, TakesViewsThatAreNotContiguous) {
  expect_equal(
      {{33, 41}, {33}}, 1,
      [](const auto& in) { return rms_norm_rows(in[0].t(), in[1], 1e-5, in[0].scalar_type()); },
      [](const auto& in) {
        const at::Tensor x = in[0].t();
        return x * at::rsqrt(x.pow(2).mean(-1, true) + 1e-5) * in[1];
      });
}

}  // namespace
}  // namespace sightline
