// Causal attention with grouped key/value heads, rotary positions and a cache per sequence.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nn/forward_context.h"
#include "nn/linear.h"
#include "nn/rotary.h"
#include "nn/shapes.h"

namespace sightline {

struct AttentionConfig {
  std::int64_t width = 0;       // D
  std::int64_t heads = 0;       // H, a multiple of G
  std::int64_t kv_heads = 0;    // G
  std::int64_t head_width = 0;  // K, even
  bool input_bias = false;      // of q, k, v
  bool output_bias = false;
};

// What the layers of one pass share: who is where, and buffers that no tap ever sees.
struct AttentionPass {
  const ForwardContext& context;
  RotaryRows rotary;
  Tensor qkv;    // [M, (H + 2G) K]
  Tensor mixed;  // [M, H K]
  std::vector<kernels::AttentionTask> tasks = {};
};

// Immutable, thread-safe; appends to the caches named by the context.
class Attention {
 public:
  // Takes q_proj, k_proj, v_proj and o_proj.
  static Attention take(const WeightScope& weights, const AttentionConfig& config, int layer,
                        WeightFormat format);

  // x [M, D] → pass.mixed, everything before the output projection.
  // REQUIRES: is_kernel_rows(x), x contiguous, caches on the CPU and of one dtype.
  void mix(const Tensor& x, AttentionPass& pass) const;

  const Linear& output() const { return output_; }  // [M, H K] → [M, D]

  // x [M, D] → [M, D] as a formula any device and autograd can follow.
  Tensor plain(const Tensor& x, const ForwardContext& context, const RotaryRows& rotary) const;

  void visit(const std::string& path, WeightVisitor& visitor);

 private:
  Attention(const WeightScope& weights, const AttentionConfig& config, int layer,
            WeightFormat format);
  void append(const SequenceRows& sequence, const float* keys, std::int64_t stride) const;
  Tensor plain_sequence(const SequenceRows& sequence, const Tensor& q, const Tensor& k,
                        const Tensor& v) const;
  Tensor attend_together(const ForwardContext& context, const Tensor& q, const Tensor& k,
                         const Tensor& v) const;

  AttentionConfig config_;
  int layer_;
  Linear query_;
  Linear key_;
  Linear value_;
  Linear output_;
};

}  // namespace sightline
