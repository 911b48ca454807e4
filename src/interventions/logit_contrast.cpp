#include "interventions/logit_contrast.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/isinf.h>
#include <ATen/ops/max.h>
#include <ATen/ops/where.h>

#include <cmath>
#include <limits>

#include "sightline/error.h"

namespace sightline {

LogitContrast::LogitContrast(double alpha, double beta) : alpha_(alpha), beta_(beta) {
  if (!(beta >= 0 && beta <= 1))
    fail(ErrorKind::kUsage, "beta should be in [0, 1], found {}", beta);
}

at::Tensor LogitContrast::combine(std::span<const at::Tensor> logits) const {
  if (logits.size() != 2) {
    fail(ErrorKind::kUsage, "a contrast needs two branches, found {}", logits.size());
  }
  const at::Tensor& a = logits[0];  // [V]
  const at::Tensor& b = logits[1];
  at::Tensor combined = alpha_ == 0 ? a : a * (1 + alpha_) - b * alpha_;
  constexpr float kImpossible = -std::numeric_limits<float>::infinity();
  if (beta_ > 0) combined = combined.masked_fill(a < at::max(a) + std::log(beta_), kImpossible);
  return combined.masked_fill(at::isinf(a) & (a < 0), kImpossible);
}

}  // namespace sightline
