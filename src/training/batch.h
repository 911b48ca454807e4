// Samples through the model to their losses: packed, without padding, logits only where a target
// is.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "models/model.h"
#include "training/sample.h"

namespace sightline {

// Where a batch's pictures come from: one call per picture of a sample.
class PictureSource {
 public:
  virtual ~PictureSource() = default;
  virtual at::Tensor rows(const std::string& image) = 0;  // → [P, D]
};

struct TargetLosses {
  at::Tensor losses;                 // [N] fp32, one per target, samples in order
  std::vector<std::int64_t> counts;  // targets of each sample, Σ = N
};

struct BatchOptions {
  bool recompute = false;
  bool autocast = false;  // bf16
};

// Cross-entropy of every target. Gradients flow to whatever asks for them.
TargetLosses target_losses(const Model& model, std::span<const TrainingSample> samples,
                           PictureSource& pictures, const BatchOptions& options);

// How target losses become one number. `denominator`: what the whole accumulation window counts.
//   micro_mean         Σ losses / N, denominator: micro-batches of the window
//   global_token_mean  Σ losses,     denominator: targets of the window
//   per_sample_mean    Σ weight · mean of the sample, denominator: records of the window
// A weight of a token multiplies its loss and is no part of a denominator. A batch without targets
// gives zero.
at::Tensor reduce_losses(const TargetLosses& losses, std::span<const TrainingSample> samples,
                         const std::string& norm, double denominator);

// Σ losses and targets by kind of record.
struct KindLoss {
  double sum = 0;
  std::int64_t targets = 0;
};
void add_by_kind(const TargetLosses& losses, std::span<const TrainingSample> samples,
                 std::map<std::string, KindLoss>& kinds);

}  // namespace sightline
