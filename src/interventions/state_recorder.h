// Records the residual stream at the last prompt token, after every block.
#pragma once

#include <ATen/core/Tensor.h>

#include "sightline/generator.h"
#include "sightline/tap.h"

namespace sightline {

class StateRecorder : public Tap {
 public:
  explicit StateRecorder(int layers);

  bool wants(Site site, int layer, Phase phase) const override;
  TapScope scope() const override { return TapScope::kFromLastPrompt; }
  at::Tensor at(const TapPoint& point, at::Tensor hidden) override;

  const at::Tensor& states() const { return states_; }  // [L, D] fp64, once the prompt was read

 private:
  int layers_;
  at::Tensor states_;
};

// States [L, D] fp64 of a conversation's last prompt token; `edits` act before they are recorded.
at::Tensor last_prompt_states(const Conversation& conversation, Generator& generator, int layers,
                              const TapList& edits = {});

}  // namespace sightline
