#include "nn/vit.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/scaled_dot_product_attention.h>

#include "tensor/weight_scope.h"

namespace sightline {
namespace {

Linear take_linear(const WeightScope& weights, std::string_view name, std::int64_t out,
                   std::int64_t in) {
  return Linear::take(weights.in(name), {.out = out, .in = in, .bias = true});
}

}  // namespace

VitBlock::VitBlock(const WeightScope& weights, const VitConfig& config)
    : config_(config),
      attention_norm_(LayerNorm::take(weights.in("layer_norm1"), config.width, config.norm_eps)),
      query_(take_linear(weights, "self_attn.q_proj", config.width, config.width)),
      key_(take_linear(weights, "self_attn.k_proj", config.width, config.width)),
      value_(take_linear(weights, "self_attn.v_proj", config.width, config.width)),
      output_(take_linear(weights, "self_attn.out_proj", config.width, config.width)),
      mlp_norm_(LayerNorm::take(weights.in("layer_norm2"), config.width, config.norm_eps)),
      up_(take_linear(weights, "mlp.fc1", config.feed_forward, config.width)),
      down_(take_linear(weights, "mlp.fc2", config.width, config.feed_forward)) {}

VitBlock VitBlock::take(const WeightScope& weights, const VitConfig& config) {
  return VitBlock(weights, config);
}

Tensor VitBlock::attention(const Tensor& x) const {
  const std::int64_t patches = x.size(0);
  const auto heads = [&](const Linear& linear) {
    return linear(x).view({1, patches, config_.heads, -1}).transpose(1, 2);  // [1, H, P, K]
  };
  const Tensor mixed =
      at::scaled_dot_product_attention(heads(query_), heads(key_), heads(value_));  // [1, H, P, K]
  return output_(mixed.transpose(1, 2).reshape({patches, config_.width}));
}

Tensor VitBlock::operator()(const Tensor& x) const {
  const Tensor attended = x + attention(attention_norm_(x));
  const Tensor hidden = activate(config_.activation, up_(mlp_norm_(attended)));  // [P, F]
  return attended + down_(hidden);
}

void VitBlock::visit(const std::string& path, WeightVisitor& visitor) {
  attention_norm_.visit(path + ".layer_norm1", visitor);
  query_.visit(path + ".self_attn.q_proj", visitor);
  key_.visit(path + ".self_attn.k_proj", visitor);
  value_.visit(path + ".self_attn.v_proj", visitor);
  output_.visit(path + ".self_attn.out_proj", visitor);
  mlp_norm_.visit(path + ".layer_norm2", visitor);
  up_.visit(path + ".mlp.fc1", visitor);
  down_.visit(path + ".mlp.fc2", visitor);
}

}  // namespace sightline
