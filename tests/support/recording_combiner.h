// Keeps what the branches of an answer say at every step.
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <utility>
#include <vector>

#include "sightline/request.h"

namespace sightline {

// Another combiner's choice, or the first branch's logits where there is none.
class RecordingCombiner : public LogitCombiner {
 public:
  explicit RecordingCombiner(std::shared_ptr<const LogitCombiner> inner)
      : inner_(std::move(inner)) {}

  at::Tensor combine(std::span<const at::Tensor> logits) const override {
    first.push_back(logits.front().clone());
    last.push_back(logits.back().clone());
    combined.push_back(inner_ ? inner_->combine(logits) : first.back());
    return combined.back();
  }
  mutable std::vector<at::Tensor> first, last, combined;

 private:
  std::shared_ptr<const LogitCombiner> inner_;
};

// Puts one around the combiner of `request`.
inline std::shared_ptr<RecordingCombiner> record_combiner(Request& request) {
  auto recording = std::make_shared<RecordingCombiner>(request.plan.combiner);
  request.plan.combiner = recording;
  return recording;
}

}  // namespace sightline
