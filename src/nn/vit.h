// The block of a vision transformer, by the names CLIP's files use.
#pragma once

#include <cstdint>
#include <string>

#include "nn/activation.h"
#include "nn/linear.h"
#include "nn/norm.h"
#include "nn/shapes.h"

namespace sightline {

struct VitConfig {
  std::int64_t width = 0;         // D
  std::int64_t heads = 0;         // H, divides D
  std::int64_t feed_forward = 0;  // F
  Activation activation = Activation::kQuickGelu;
  double norm_eps = 1e-5;
};

// Attention over all patches and a two-layer feed-forward, each normalised before and added after.
// One picture at a time, so that its features do not depend on its company. Immutable, thread-safe.
class VitBlock {
 public:
  // Takes layer_norm1, self_attn.{q,k,v,out}_proj, layer_norm2 and mlp.{fc1,fc2}.
  static VitBlock take(const WeightScope& weights, const VitConfig& config);

  Tensor operator()(const Tensor& x) const;  // [P, D] of one picture → the same
  void visit(const std::string& path, WeightVisitor& visitor);

 private:
  VitBlock(const WeightScope& weights, const VitConfig& config);
  Tensor attention(const Tensor& x) const;  // [P, D] → [P, D]

  VitConfig config_;
  LayerNorm attention_norm_;
  Linear query_;
  Linear key_;
  Linear value_;
  Linear output_;
  LayerNorm mlp_norm_;
  Linear up_;
  Linear down_;
};

}  // namespace sightline
