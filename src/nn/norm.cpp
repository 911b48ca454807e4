#include "nn/norm.h"

#include <ATen/TensorOperators.h>
#include <ATen/autocast_mode.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/rsqrt.h>

#include <utility>

#include "nn/kernels/kernels.h"
#include "nn/linear.h"
#include "nn/row_functions.h"
#include "nn/weight_visitor.h"
#include "tensor/weight_scope.h"

namespace sightline {
namespace {

// Small weights are widened on the CPU, where rows are fp32.
Tensor widen_on_cpu(const Tensor& weight) {
  return weight.is_cpu() ? weight.to(at::kFloat).contiguous() : weight;
}

// Linear layers read what a norm gives; rounded here, it is so once for all of them.
at::ScalarType read_as(const Tensor& x) {
  const at::DeviceType device = x.device().type();
  return at::autocast::is_autocast_enabled(device) ? at::autocast::get_autocast_dtype(device)
                                                   : x.scalar_type();
}

}  // namespace

RmsNorm::RmsNorm(const Tensor& weight, double eps) : weight_(widen_on_cpu(weight)), eps_(eps) {}

RmsNorm RmsNorm::take(const WeightScope& weights, std::int64_t width, double eps) {
  return RmsNorm(weights.take("weight", {width}), eps);
}

void RmsNorm::into(const Tensor& x, Tensor& out) const {
  const std::int64_t width = weight_.size(0);
  kernels::rms_norm(x.const_data_ptr<float>(), weight_.const_data_ptr<float>(),
                    static_cast<float>(eps_), x.numel() / width, width,
                    out.mutable_data_ptr<float>());
}

Tensor RmsNorm::operator()(const Tensor& x) const {
  if (!is_kernel_rows(x)) return plain(x);
  const Tensor rows = x.contiguous();
  Tensor out = at::empty_like(rows);
  into(rows, out);
  return out;
}

Tensor RmsNorm::plain(const Tensor& x) const {
  if (has_row_functions(x) && !weight_.requires_grad()) {
    return rms_norm_rows(x, weight_, eps_, read_as(x));
  }
  const Tensor wide = x.to(at::kFloat);
  const Tensor scale = at::rsqrt(wide.pow(2).mean(-1, /*keepdim=*/true) + eps_);  // [..., 1]
  return weight_ * (wide * scale).to(x.scalar_type());
}

void RmsNorm::visit(const std::string& path, WeightVisitor& visitor) {
  visitor.weight(path + ".weight", weight_);
}

LayerNorm::LayerNorm(Tensor weight, Tensor bias, double eps)
    : weight_(std::move(weight)), bias_(std::move(bias)), eps_(eps) {}

LayerNorm LayerNorm::take(const WeightScope& weights, std::int64_t width, double eps) {
  return LayerNorm(widen_on_cpu(weights.take("weight", {width})),
                   widen_on_cpu(weights.take("bias", {width})), eps);
}

Tensor LayerNorm::operator()(const Tensor& x) const {
  return at::layer_norm(x, {weight_.size(0)}, weight_, bias_, eps_);
}

void LayerNorm::visit(const std::string& path, WeightVisitor& visitor) {
  visitor.weight(path + ".weight", weight_);
  visitor.weight(path + ".bias", bias_);
}

}  // namespace sightline
