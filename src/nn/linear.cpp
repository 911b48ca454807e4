#include "nn/linear.h"

#include <ATen/TensorOperators.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linear.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "nn/weight_visitor.h"
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

Tensor LinearAdapter::added_to(Tensor y, const Tensor& x) const { return y + delta(x); }

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
  if (weight_.is_cpu() && bias_.defined()) bias_ = bias_.to(at::kFloat).contiguous();
  point_kernel();
}

void Linear::point_kernel() {
  if (!weight_.is_cpu()) return;
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

void Linear::expect_floating(const char* what) const {
  if (!scales_.defined()) return;
  fail_with_hint(ErrorKind::kUnsupported, "load the model in fp32 or bf16", "{} int8 weights",
                 what);
}

void Linear::make_trainable() {
  expect_floating("training");
  const auto leaf = [](const Tensor& t) {
    return t.detach().to(at::kFloat).clone().set_requires_grad(true);
  };
  weight_ = leaf(weight_);
  if (bias_.defined()) bias_ = leaf(bias_);
  point_kernel();
}

void Linear::replace(const Tensor& weight, const Tensor& bias) {
  expect_floating("replacing");
  expect_shape(weight, weight_.sizes(), "weight");
  weight_ = weight.to(weight_.options()).contiguous();
  if (bias_.defined()) {
    expect_shape(bias, bias_.sizes(), "bias");
    bias_ = bias.to(bias_.options()).contiguous();
  }
  point_kernel();
}

void Linear::visit(const std::string& path, WeightVisitor& visitor) { visitor.linear(path, *this); }

bool Linear::learns() const {
  return at::GradMode::is_enabled() &&
         (weight_.requires_grad() ||
          std::ranges::any_of(adapters_, [](const auto& adapter) { return adapter->learns(); }));
}

Tensor Linear::operator()(const Tensor& x) const {
  if (!is_kernel_rows(x) || learns()) return plain(x);
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
  for (const auto& adapter : adapters_) y.add_(adapter->delta(x));
}

Tensor Linear::plain_weight(at::ScalarType dtype) const {
  if (!scales_.defined()) return weight_.to(dtype);
  return (weight_.to(at::kFloat) * scales_.unsqueeze(1)).to(dtype);  // [out, in]
}

Tensor Linear::plain(const Tensor& x) const {
  // Autocast chooses the dtype itself: a detour by x's would cost a copy.
  const bool cast = at::autocast::is_autocast_enabled(x.device().type());
  const at::ScalarType dtype = cast && !scales_.defined() ? weight_.scalar_type() : x.scalar_type();
  const Tensor bias = bias_.defined() ? bias_.to(dtype) : bias_;
  Tensor y = at::linear(x, plain_weight(dtype), bias);  // [..., out]
  for (const auto& adapter : adapters_) y = adapter->added_to(std::move(y), x);
  return y;
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
    for (const auto& adapter : part->adapters_) {
      y.narrow(1, column, part->out()).add_(adapter->delta(x));
    }
    column += part->out();
  }
}

}  // namespace sightline
