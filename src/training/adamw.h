// AdamW with decoupled weight decay (Loshchilov & Hutter 2019), as torch.optim.AdamW computes it.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "training/parameters.h"

namespace sightline {

struct AdamWOptions {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;
};

class AdamW {
 public:
  AdamW(std::vector<TrainedParameter> parameters, const AdamWOptions& options);

  // One update with the gradients there are; parameters without one are left alone.
  void step(double rate, double projector_rate);

  // "NAME.exp_avg", "NAME.exp_avg_sq", "NAME.step" and "NAME" (the fp32 value) of every parameter.
  std::map<std::string, at::Tensor> state() const;
  void load(
      const std::map<std::string, at::Tensor>& state);  // throws kBadFile: not this training's

 private:
  struct Slot {
    TrainedParameter parameter;
    at::Tensor mean;    // exp_avg
    at::Tensor square;  // exp_avg_sq
    at::Tensor step;    // scalar
  };
  void update(bool projector, bool decays, double rate);

  std::vector<Slot> slots_;
  AdamWOptions options_;
};

// √Σ‖g‖² over all gradients there are, in double.
double gradient_norm(const std::vector<TrainedParameter>& parameters);
void scale_gradients(const std::vector<TrainedParameter>& parameters, double factor);
void clear_gradients(const std::vector<TrainedParameter>& parameters);

}  // namespace sightline
