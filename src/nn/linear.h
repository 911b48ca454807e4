// y = x Wᵀ + b, the operation nearly all weights belong to.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "nn/kernels/kernels.h"
#include "nn/shapes.h"

namespace sightline {

class WeightScope;
class WeightVisitor;

// What a linear adds at run time, such as LoRA: x [..., in] → [..., out]. Thread-safe.
class LinearAdapter {
 public:
  virtual ~LinearAdapter() = default;
  virtual Tensor delta(const Tensor& x) const = 0;
  // y + delta(x), where autograd may follow; y [..., out] is given away.
  virtual Tensor added_to(Tensor y, const Tensor& x) const;
  virtual bool learns() const { return false; }  // true: autograd must follow delta()
};

enum class WeightFormat {
  kFloat,  // as taken: mapped, never copied
  kInt8,   // quantised here, one scale a row; CPU only
};

struct LinearShape {
  std::int64_t out = 0;
  std::int64_t in = 0;
  bool bias = false;
};

// Immutable once loaded, adapted and made trainable; then thread-safe. On the CPU x is fp32
// whatever the weight's dtype, and a result row depends on its own inputs only, bit for bit.
class Linear {
 public:
  // weight: [out, in] fp32 or bf16, fp16 too off the CPU; bias: [out] or undefined.
  // Throws Error{kUnsupported} for fp16 on the CPU and int8 elsewhere.
  explicit Linear(Tensor weight, Tensor bias = {}, WeightFormat format = WeightFormat::kFloat);

  // "weight" and, when the shape says so, "bias" of a scope.
  static Linear take(const WeightScope& weights, const LinearShape& shape,
                     WeightFormat format = WeightFormat::kFloat);

  Tensor operator()(const Tensor& x) const;       // x: [..., in] → [..., out]
  void add_to(Tensor& y, const Tensor& x) const;  // y [M, out] += result. REQUIRES: is_kernel_rows

  // The same as a formula any device and autograd can follow.
  Tensor plain(const Tensor& x) const;

  // Deltas of several adapters add up.
  void attach(std::shared_ptr<const LinearAdapter> adapter) {
    adapters_.push_back(std::move(adapter));
  }

  // From now on weight and bias are fp32 leaves of their own that ask for a gradient; what is
  // written into them is computed with at once. Throws Error{kUnsupported} for int8.
  void make_trainable();

  // Another weight and bias of the same shapes, converted to the dtypes and device they replace.
  // `bias` stays undefined where there is none. Throws Error: kShape, kUnsupported for int8.
  void replace(const Tensor& weight, const Tensor& bias);

  void visit(const std::string& path, WeightVisitor& visitor);

  const Tensor& weight() const { return weight_; }  // [out, in] as computed with
  const Tensor& bias() const { return bias_; }      // [out], undefined when absent

  std::int64_t in() const { return weight_.size(1); }
  std::int64_t out() const { return weight_.size(0); }
  const kernels::Linear& kernel() const { return kernel_; }  // CPU only; valid while this lives

 private:
  friend void linear_group(std::span<const Linear* const> parts, const Tensor& x, Tensor& y);
  Tensor plain_weight(at::ScalarType dtype) const;  // [out, in] floating
  bool learns() const;
  void point_kernel();
  void expect_floating(const char* what) const;

  Tensor weight_;  // [out, in]
  Tensor scales_;  // [out] fp32 for int8
  Tensor bias_;    // [out], undefined when absent
  std::vector<std::shared_ptr<const LinearAdapter>> adapters_;
  kernels::Linear kernel_;
};

// True when the CPU kernels can take `x`: fp32 on the CPU and no gradient asked for.
bool is_kernel_rows(const Tensor& x);

// All parts on the same x [M, in] in one pass, side by side: y [M, Σ out], written whole.
// REQUIRES: is_kernel_rows(x), x and y contiguous.
void linear_group(std::span<const Linear* const> parts, const Tensor& x, Tensor& y);

}  // namespace sightline
