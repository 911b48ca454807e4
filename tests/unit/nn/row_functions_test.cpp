// Values and gradients of the fused row functions against formulas in double, for every
// instruction set of this machine.
#include "nn/row_functions.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/silu.h>
#include <torch/csrc/autograd/autograd.h>

#include <functional>

#include "unit/nn/kernel_testing.h"
#include "unit/nn/memory_checkpoint.h"

namespace sightline {
namespace {

using Function = std::function<at::Tensor(const std::vector<at::Tensor>&)>;
using Shape = std::vector<std::int64_t>;

class RowFunction : public kernels::KernelTest {
 protected:
  // `fused` takes fp32 inputs of the given shapes, `formula` the same in double. The last
  // `constants` inputs get no gradient.
  static void expect_equal(const std::vector<Shape>& shapes, std::size_t constants,
                           const Function& fused, const Function& formula) {
    std::vector<at::Tensor> floats;
    std::vector<at::Tensor> doubles;
    for (const Shape& shape : shapes) {
      const auto generator = at::detail::createCPUGenerator(7 + floats.size());
      const bool learns = floats.size() + constants < shapes.size();
      floats.push_back(at::randn(shape, generator, at::TensorOptions(at::kFloat)));
      doubles.push_back(floats.back().to(at::kDouble).requires_grad_(learns));
      floats.back().requires_grad_(learns);
    }
    const at::Tensor got = fused(floats);
    const at::Tensor want = formula(doubles);
    EXPECT_LT(relative_error(got.detach(), want.detach().to(at::kFloat)), 1e-6);
    const at::Tensor gradient =
        at::randn(want.sizes(), at::detail::createCPUGenerator(99), at::TensorOptions(at::kDouble));
    torch::autograd::backward({got}, {gradient.to(at::kFloat)});
    torch::autograd::backward({want}, {gradient});
    for (std::size_t i = 0; i + constants < floats.size(); ++i) {
      EXPECT_LT(relative_error(floats[i].grad(), doubles[i].grad().to(at::kFloat)), 2e-6)
          << "input " << i;
    }
  }
};

INSTANTIATE_TEST_SUITE_P(Sets, RowFunction, testing::ValuesIn(kernels::set_names()),
                         [](const auto& set) { return set.param; });

// No width of 1: its gradient is a difference of equal numbers.
TEST_P(RowFunction, RmsNorm) {
  for (const std::int64_t width : {3, 7, 33, 576}) {
    expect_equal(
        {{41, width}, {width}}, 1, [](const auto& in) { return rms_norm_rows(in[0], in[1], 1e-5); },
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

TEST_P(RowFunction, TakesViewsThatAreNotContiguous) {
  expect_equal(
      {{33, 41}, {33}}, 1, [](const auto& in) { return rms_norm_rows(in[0].t(), in[1], 1e-5); },
      [](const auto& in) {
        const at::Tensor x = in[0].t();
        return x * at::rsqrt(x.pow(2).mean(-1, true) + 1e-5) * in[1];
      });
}

}  // namespace
}  // namespace sightline
