#include "training/adamw.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/_fused_adamw.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <cmath>
#include <utility>

#include "sightline/error.h"
#include "tensor/shapes.h"

namespace sightline {

AdamW::AdamW(std::vector<TrainedParameter> parameters, const AdamWOptions& options)
    : options_(options) {
  const at::NoGradGuard no_grad;
  for (TrainedParameter& parameter : parameters) {
    Slot slot{.parameter = std::move(parameter), .mean = {}, .square = {}, .step = {}};
    slot.mean = at::zeros_like(slot.parameter.tensor);
    slot.square = at::zeros_like(slot.parameter.tensor);
    slot.step = at::zeros({}, slot.parameter.tensor.options().requires_grad(false));
    slots_.push_back(std::move(slot));
  }
}

void AdamW::step(double rate, double projector_rate) {
  const at::NoGradGuard no_grad;
  for (const bool decays : {true, false}) {
    update(false, decays, rate);
    update(true, decays, projector_rate);
  }
}

void AdamW::update(bool projector, bool decays, double rate) {
  std::vector<at::Tensor> values, gradients, means, squares, steps;
  for (Slot& slot : slots_) {
    const TrainedParameter& parameter = slot.parameter;
    if (parameter.projector != projector || parameter.decays != decays) continue;
    if (!parameter.tensor.grad().defined()) continue;
    slot.step.add_(1);
    values.push_back(parameter.tensor);
    gradients.push_back(parameter.tensor.grad());
    means.push_back(slot.mean);
    squares.push_back(slot.square);
    steps.push_back(slot.step);
  }
  if (values.empty()) return;
  at::_fused_adamw_(values, gradients, means, squares, {}, steps, rate, options_.beta1,
                    options_.beta2, decays ? options_.weight_decay : 0, options_.eps,
                    /*amsgrad=*/false, /*maximize=*/false);
}

std::map<std::string, at::Tensor> AdamW::state() const {
  std::map<std::string, at::Tensor> out;
  for (const Slot& slot : slots_) {
    const std::string& name = slot.parameter.name;
    const auto keep = [](const at::Tensor& t) { return t.detach().cpu().contiguous(); };
    out[name] = keep(slot.parameter.tensor);
    out[name + ".exp_avg"] = keep(slot.mean);
    out[name + ".exp_avg_sq"] = keep(slot.square);
    out[name + ".step"] = keep(slot.step);
  }
  return out;
}

void AdamW::load(const std::map<std::string, at::Tensor>& state) {
  const at::NoGradGuard no_grad;
  const auto put = [&](const std::string& name, const at::Tensor& place) {
    const auto found = state.find(name);
    if (found == state.end()) {
      fail(ErrorKind::kBadFile, "the checkpoint has no '{}': it is of another training", name);
    }
    expect_shape(found->second, place.sizes(), name);
    place.copy_(found->second);
  };
  if (state.size() != 4 * slots_.size()) {
    fail(ErrorKind::kBadFile,
         "the checkpoint holds {} tensors, wanted {}: it is of another training", state.size(),
         4 * slots_.size());
  }
  for (Slot& slot : slots_) {
    const std::string& name = slot.parameter.name;
    put(name, slot.parameter.tensor);
    put(name + ".exp_avg", slot.mean);
    put(name + ".exp_avg_sq", slot.square);
    put(name + ".step", slot.step);
  }
}

double gradient_norm(const std::vector<TrainedParameter>& parameters) {
  const at::NoGradGuard no_grad;
  double sum = 0;
  for (const TrainedParameter& parameter : parameters) {
    if (!parameter.tensor.grad().defined()) continue;
    const double norm = at::linalg_vector_norm(parameter.tensor.grad(), 2).item<double>();
    sum += norm * norm;
  }
  return std::sqrt(sum);
}

void scale_gradients(const std::vector<TrainedParameter>& parameters, double factor) {
  const at::NoGradGuard no_grad;
  for (const TrainedParameter& parameter : parameters) {
    if (parameter.tensor.grad().defined()) parameter.tensor.mutable_grad().mul_(factor);
  }
}

void clear_gradients(const std::vector<TrainedParameter>& parameters) {
  for (const TrainedParameter& parameter : parameters) parameter.tensor.mutable_grad().reset();
}

}  // namespace sightline
