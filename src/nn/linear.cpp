#include "nn/linear.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linear.h>

#include <array>
#include <utility>
#include <vector>

#include "sightline/error.h"
#include "tensor/shapes.h"
#include "tensor/weight_scope.h"

namespace sightline {
namespace {

constexpr std::int64_t kQuantiseRows = 1024;  // rows widened at a time
constexpr std::size_t kMaxGroup = 4;

kernels::WeightType kernel_type(at::ScalarType dtype) {
  switch (dtype) {
    case at::kFloat: return kernels::WeightType::kF32;
    case at::kBFloat16: return kernels::WeightType::kBf16;
    case at::kChar: return kernels::WeightType::kInt8;
    default:
      fail_with_hint(ErrorKind::kUnsupported, "use bf16 or fp32 on the CPU",
                     "linear weights of {} on the CPU", dtype_name(dtype));
  }
}

// [out, in] floating → int8 and its scales, some rows at a time.
std::pair<Tensor, Tensor> quantise(const Tensor& weight) {
  const std::int64_t out = weight.size(0);
  const std::int64_t in = weight.size(1);
  Tensor data = at::empty({out, in}, at::kChar);
  Tensor scales = at::empty({out}, at::kFloat);
  for (std::int64_t row = 0; row < out; row += kQuantiseRows) {
    const std::int64_t count = std::min(kQuantiseRows, out - row);
    const Tensor wide = weight.narrow(0, row, count).to(at::kFloat).contiguous();
    kernels::quantise_rows(wide.const_data_ptr<float>(), count, in,
                           data.mutable_data_ptr<std::int8_t>() + row * in,
                           scales.mutable_data_ptr<float>() + row);
  }
  return {data, scales};
}

}  // namespace

bool is_kernel_rows(const Tensor& x) {
  return x.is_cpu() && x.scalar_type() == at::kFloat &&
         !(x.requires_grad() && at::GradMode::is_enabled());
}

Linear::Linear(Tensor weight, Tensor bias, WeightFormat format)
    : weight_(weight.contiguous()), bias_(std::move(bias)) {
  if (format == WeightFormat::kInt8) {
    if (!weight_.is_cpu()) {
      fail_with_hint(ErrorKind::kUnsupported, "use bf16 or fp16 there", "int8 weights on {}",
                     weight_.device().str());
    }
    std::tie(weight_, scales_) = quantise(weight_);
  }
  if (!weight_.is_cpu()) return;
  if (bias_.defined()) bias_ = bias_.to(at::kFloat).contiguous();
  kernel_ = {.type = kernel_type(weight_.scalar_type()),
             .data = weight_.const_data_ptr(),
             .scales = scales_.defined() ? scales_.const_data_ptr<float>() : nullptr,
             .bias = bias_.defined() ? bias_.const_data_ptr<float>() : nullptr,
             .out = weight_.size(0)};
}

Linear Linear::take(const WeightScope& weights, const LinearShape& shape, WeightFormat format) {
  Tensor bias;
  if (shape.bias) bias = weights.take("bias", {shape.out});
  return Linear(weights.take("weight", {shape.out, shape.in}), std::move(bias), format);
}

Tensor Linear::operator()(const Tensor& x) const {
  if (!is_kernel_rows(x)) return plain(x);
  std::vector<std::int64_t> sizes = x.sizes().vec();
  sizes.back() = out();
  Tensor y = at::empty({x.numel() / in(), out()}, x.options());  // [M, out]
  const std::array<const Linear*, 1> parts{this};
  linear_group(parts, x.contiguous().view({-1, in()}), y);
  return y.view(sizes);  // [..., out]
}

void Linear::add_to(Tensor& y, const Tensor& x) const {
  const kernels::LinearTask task{
      .weight = kernel_, .y = y.mutable_data_ptr<float>(), .stride = out(), .add = true};
  kernels::linear(x.const_data_ptr<float>(), x.size(0), in(), {&task, 1});
  if (adapter_) y.add_(adapter_->delta(x));
}

Tensor Linear::plain_weight(at::ScalarType dtype) const {
  if (!scales_.defined()) return weight_.to(dtype);
  return (weight_.to(at::kFloat) * scales_.unsqueeze(1)).to(dtype);  // [out, in]
}

Tensor Linear::plain(const Tensor& x) const {
  const Tensor bias = bias_.defined() ? bias_.to(x.scalar_type()) : bias_;
  const Tensor y = at::linear(x, plain_weight(x.scalar_type()), bias);  // [..., out]
  return adapter_ ? y + adapter_->delta(x) : y;
}

void linear_group(std::span<const Linear* const> parts, const Tensor& x, Tensor& y) {
  std::array<kernels::LinearTask, kMaxGroup> tasks;
  const std::int64_t stride = y.size(1);
  std::int64_t column = 0;
  std::size_t count = 0;
  for (const Linear* part : parts) {
    tasks.at(count++) = {.weight = part->kernel_,
                         .y = y.mutable_data_ptr<float>() + column,
                         .stride = stride,
                         .add = false};
    column += part->out();
  }
  kernels::linear(x.const_data_ptr<float>(), x.size(0), x.size(1), std::span(tasks).first(count));
  column = 0;
  for (const Linear* part : parts) {
    if (part->adapter_) y.narrow(1, column, part->out()).add_(part->adapter_->delta(x));
    column += part->out();
  }
}

}  // namespace sightline
