#include "interventions/state_recorder.h"

#include <ATen/ops/zeros.h>

#include "sightline/error.h"

namespace sightline {

StateRecorder::StateRecorder(int layers) : layers_(layers) {}

bool StateRecorder::wants(Site site, int, Phase phase) const {
  return site == Site::kBlockOut && phase == Phase::kPrefill;
}

at::Tensor StateRecorder::at(const TapPoint& point, at::Tensor hidden) {
  if (point.last_prompt_row < 0) return hidden;
  if (!states_.defined()) {
    states_ = at::zeros({layers_, hidden.size(1)}, at::TensorOptions().dtype(at::kDouble));
  }
  states_.select(0, point.layer).copy_(hidden.select(0, point.last_prompt_row));
  return hidden;
}

at::Tensor last_prompt_states(const Conversation& conversation, Generator& generator, int layers,
                              const TapList& edits) {
  const auto recorder = std::make_shared<StateRecorder>(layers);
  Request request{
      .conversation = conversation, .sampling = {.max_new_tokens = 0}, .plan = {.taps = edits}};
  request.plan.taps.push_back(recorder);
  generator.generate(request);
  if (!recorder->states().defined()) {
    fail(ErrorKind::kUnsupported, "this generator shows no hidden states");
  }
  return recorder->states();
}

}  // namespace sightline
