#include "nn/mlp.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/silu.h>

#include <array>

#include "nn/row_functions.h"
#include "tensor/weight_scope.h"

namespace sightline {

GatedMlp::GatedMlp(const WeightScope& weights, const MlpConfig& config, WeightFormat format)
    : gate_(Linear::take(weights.in("gate_proj"), {config.feed_forward, config.width, config.bias},
                         format)),
      up_(Linear::take(weights.in("up_proj"), {config.feed_forward, config.width, config.bias},
                       format)),
      down_(Linear::take(weights.in("down_proj"), {config.width, config.feed_forward, config.bias},
                         format)) {}

GatedMlp GatedMlp::take(const WeightScope& weights, const MlpConfig& config, WeightFormat format) {
  return GatedMlp(weights, config, format);
}

void GatedMlp::gate(const Tensor& x, Tensor& gate_up, Tensor& gated) const {
  const std::array<const Linear*, 2> parts{&gate_, &up_};
  linear_group(parts, x, gate_up);  // [M, 2F]
  const std::int64_t width = gated.size(1);
  const float* gate = gate_up.const_data_ptr<float>();
  kernels::silu_multiply(gate, gate + width, x.size(0), width, gate_up.size(1),
                         gated.mutable_data_ptr<float>());
}

Tensor GatedMlp::plain(const Tensor& x) const {
  const Tensor gate = gate_.plain(x);
  const Tensor up = up_.plain(x);
  if (has_row_functions(gate)) return down_.plain(silu_multiply_rows(gate, up));
  return down_.plain(at::silu(gate) * up);
}

void GatedMlp::visit(const std::string& path, WeightVisitor& visitor) {
  gate_.visit(path + ".gate_proj", visitor);
  up_.visit(path + ".up_proj", visitor);
  down_.visit(path + ".down_proj", visitor);
}

}  // namespace sightline
