#include "training/dpo.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/log_sigmoid.h>
#include <ATen/ops/stack.h>

#include <vector>

namespace sightline {

at::Tensor answer_logps(const TargetLosses& losses) {
  std::vector<at::Tensor> sums;
  std::int64_t begin = 0;
  for (const std::int64_t count : losses.counts) {
    sums.push_back(-losses.losses.narrow(0, begin, count).sum());
    begin += count;
  }
  return at::stack(sums);
}

DpoLoss dpo_loss(const at::Tensor& policy, const at::Tensor& reference, double beta) {
  const at::Tensor rewards = (beta * (policy - reference)).view({-1, 2});  // [B, 2]
  const at::Tensor margins = rewards.select(1, 0) - rewards.select(1, 1);
  const at::Tensor seen = margins.detach();
  return {.loss = -at::log_sigmoid(margins).mean(),
          .accuracy = seen.gt(0).to(at::kDouble).mean().item<double>(),
          .margin = seen.mean().item<double>()};
}

}  // namespace sightline
