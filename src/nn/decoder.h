// The decoder most language models are: blocks of attention and gated feed-forward, each normalised
// before and added after, then a final norm.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nn/attention.h"
#include "nn/mlp.h"
#include "nn/norm.h"
#include "nn/rotary.h"

namespace sightline {

struct DecoderConfig {
  int layers = 0;  // L
  AttentionConfig attention;
  MlpConfig mlp;
  RotaryConfig rotary;
  double norm_eps = 1e-6;
  std::int64_t context = 0;  // positions; a pass beyond them is refused
};

// The residual stream during a pass. `owned`: nobody else can see the rows, they may be added to.
struct Residual {
  Tensor rows;  // [M, D]
  bool owned = false;
};

// What the blocks of one pass share on the CPU.
struct DecoderPass {
  AttentionPass attention;
  Tensor normed;   // [M, D]
  Tensor gate_up;  // [M, 2F]
  Tensor gated;    // [M, F]
};

// Immutable, thread-safe.
class DecoderBlock {
 public:
  // Takes input_layernorm, self_attn, post_attention_layernorm and mlp.
  static DecoderBlock take(const WeightScope& weights, const DecoderConfig& config, int layer,
                           WeightFormat format);

  void operator()(Residual& x, DecoderPass& pass) const;
  Tensor plain(Tensor x, const ForwardContext& context, const RotaryRows& rotary) const;
  void visit(const std::string& path, WeightVisitor& visitor);
  int layer() const { return layer_; }

 private:
  DecoderBlock(const WeightScope& weights, const DecoderConfig& config, int layer,
               WeightFormat format);
  void show(Residual& x, Site site, const ForwardContext& context) const;
  void add(Residual& x, const Linear& output, const Tensor& in, Site site,
           const ForwardContext& context) const;

  int layer_;
  RmsNorm attention_norm_;
  Attention attention_;
  RmsNorm mlp_norm_;
  GatedMlp mlp_;
};

// Immutable, thread-safe.
class Decoder {
 public:
  // Takes layers.0 … layers.L-1 and norm.
  static Decoder take(const WeightScope& weights, const DecoderConfig& config, WeightFormat format);

  // rows [M, D], packed as `context` says → final-normed [M, D]; appends to the caches, where there
  // are some.
  // Throws Error{kShape} when rows, sequences and caches do not fit together or the context is
  // full.
  Tensor forward(Tensor rows, const ForwardContext& context) const;

  // The same as a formula any device and autograd can follow.
  Tensor plain(Tensor rows, const ForwardContext& context) const;

  const DecoderConfig& config() const { return config_; }
  void visit(const std::string& path, WeightVisitor& visitor);

 private:
  Decoder(const WeightScope& weights, const DecoderConfig& config, WeightFormat format);
  void check(const Tensor& rows, const ForwardContext& context) const;
  Tensor fast(Tensor rows, const ForwardContext& context) const;
  Tensor plain_rows(Tensor rows, const ForwardContext& context) const;

  DecoderConfig config_;
  Rotary rotary_;
  std::vector<DecoderBlock> blocks_;
  RmsNorm norm_;
};

}  // namespace sightline
