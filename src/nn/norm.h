// Normalisation of rows.
#pragma once

#include <cstdint>
#include <string>

#include "nn/shapes.h"

namespace sightline {

class WeightScope;
class WeightVisitor;

// x / sqrt(mean(x²) + eps) · weight, rows on their own. Immutable, thread-safe.
class RmsNorm {
 public:
  // weight: [D].
  RmsNorm(const Tensor& weight, double eps);
  static RmsNorm take(const WeightScope& weights, std::int64_t width, double eps);

  Tensor operator()(const Tensor& x) const;       // [..., D] → the same
  void into(const Tensor& x, Tensor& out) const;  // REQUIRES: is_kernel_rows(x), both contiguous
  Tensor plain(const Tensor& x) const;            // the formula, any device
  void visit(const std::string& path, WeightVisitor& visitor);

 private:
  Tensor weight_;  // [D], fp32 on the CPU
  double eps_;
};

// (x − mean) / sqrt(variance + eps) · weight + bias. Immutable, thread-safe.
class LayerNorm {
 public:
  static LayerNorm take(const WeightScope& weights, std::int64_t width, double eps);
  Tensor operator()(const Tensor& x) const;  // [..., D] → the same
  void visit(const std::string& path, WeightVisitor& visitor);

 private:
  LayerNorm(Tensor weight, Tensor bias, double eps);

  Tensor weight_;  // [D], fp32 on the CPU
  Tensor bias_;    // [D]
  double eps_;
};

}  // namespace sightline
