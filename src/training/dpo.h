// Direct preference optimisation (Rafailov et al. 2023) as SPA-VL's trainer computes it.
#pragma once

#include <ATen/core/Tensor.h>

#include "training/batch.h"

namespace sightline {

// log p(answer) of every sample: minus the sum of its target losses, [samples].
at::Tensor answer_logps(const TargetLosses& losses);

struct DpoLoss {
  at::Tensor loss;      // mean over pairs of −log σ(β((s_w − s_l) − (r_w − r_l)))
  double accuracy = 0;  // share of pairs whose chosen reward is strictly larger
  double margin = 0;    // mean reward difference
};

// policy, reference: [2B] log-probabilities, chosen and rejected in turns.
DpoLoss dpo_loss(const at::Tensor& policy, const at::Tensor& reference, double beta);

}  // namespace sightline
