// Feed-forward layers.
#pragma once

#include <cstdint>
#include <string>

#include "nn/linear.h"
#include "nn/shapes.h"

namespace sightline {

struct MlpConfig {
  std::int64_t width = 0;         // D
  std::int64_t feed_forward = 0;  // F
  bool bias = false;
};

// down(silu(gate(x)) · up(x)). Immutable, thread-safe.
class GatedMlp {
 public:
  // Takes gate_proj, up_proj and down_proj.
  static GatedMlp take(const WeightScope& weights, const MlpConfig& config, WeightFormat format);

  // x [M, D] → gated [M, F], everything before the down projection; gate_up [M, 2F] is scratch.
  // REQUIRES: is_kernel_rows(x), all contiguous.
  void gate(const Tensor& x, Tensor& gate_up, Tensor& gated) const;

  const Linear& output() const { return down_; }  // [M, F] → [M, D]

  Tensor plain(const Tensor& x) const;  // [M, D] → [M, D], any device
  void visit(const std::string& path, WeightVisitor& visitor);

 private:
  GatedMlp(const WeightScope& weights, const MlpConfig& config, WeightFormat format);

  Linear gate_;
  Linear up_;
  Linear down_;
};

}  // namespace sightline
