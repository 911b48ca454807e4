// Contrast of two branches' logits: l = (1+α)·A − α·B, with the plausibility mask of contrastive
// decoding: y stays only if A_y ≥ ln β + max A. β = 0: no mask.
#pragma once

#include "sightline/request.h"

namespace sightline {

// Thread-safe. A token at −∞ in both branches stays −∞, never NaN.
class LogitContrast : public LogitCombiner {
 public:
  LogitContrast(double alpha, double beta);
  at::Tensor combine(std::span<const at::Tensor> logits) const override;  // REQUIRES: two branches

 private:
  double alpha_;
  double beta_;
};

}  // namespace sightline
