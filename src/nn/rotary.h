// Rotary position embedding: pairs (i, i + K/2) of a head turn by an angle that grows with
// position.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nn/shapes.h"

namespace sightline {

struct ForwardContext;

enum class RotaryKind { kDefault, kLinear, kLlama3, kYarn };

// The parameters of `rope_parameters` (older: `rope_scaling`); unused ones keep their default.
struct RotaryConfig {
  RotaryKind kind = RotaryKind::kDefault;
  double theta = 10000;
  double factor = 1;               // linear, llama3, yarn
  double low_frequency = 1;        // llama3: low_freq_factor
  double high_frequency = 4;       // llama3: high_freq_factor
  double original_context = 8192;  // llama3, yarn: original_max_position_embeddings
  double beta_fast = 32;           // yarn
  double beta_slow = 1;            // yarn
  double attention_factor = 1;     // yarn: scales cosines and sines
  bool truncate = true;            // yarn: whole dimensions bound the ramp
};

// Cosines and sines of some rows' positions, [M, K/2] each: fp32 on the CPU.
struct RotaryRows {
  Tensor cosines;
  Tensor sines;
};

// Immutable, thread-safe. The angles of a position do not depend on what else is in the pass.
class Rotary {
 public:
  Rotary(const RotaryConfig& config, std::int64_t head_width);

  // One row per row of the pass.
  RotaryRows rows(const ForwardContext& context, at::Device device) const;

  // x [M, H, K] → rotated, as a formula any device and autograd can follow.
  static Tensor plain(const Tensor& x, const RotaryRows& rows);

  const std::vector<float>& frequencies() const { return frequencies_; }

 private:
  std::vector<float> frequencies_;  // [K/2] radians a position
  float scale_;
};

}  // namespace sightline
