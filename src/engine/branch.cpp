#include "engine/branch.h"

#include <algorithm>

#include "sightline/error.h"

namespace sightline {
namespace {

void check_result(const TapPoint& point, const at::Tensor& before, const at::Tensor& after) {
  if (after.defined() && after.sizes() == before.sizes() &&
      after.scalar_type() == before.scalar_type()) {
    return;
  }
  fail(ErrorKind::kShape, "a tap at {} {} returned {}, wanted {} of the same dtype",
       name_of(point.site), point.layer,
       after.defined() ? to_text(std::span(after.sizes().data(), after.sizes().size())) : "nothing",
       std::span(before.sizes().data(), before.sizes().size()));
}

class GuardedTap : public Tap {
 public:
  GuardedTap(std::shared_ptr<Tap> inner, std::shared_ptr<TapFailure> failure)
      : inner_(std::move(inner)), failure_(std::move(failure)) {}

  bool wants(Site site, int layer, Phase phase) const override {
    return !failure_->error && inner_->wants(site, layer, phase);
  }
  TapScope scope() const override { return inner_->scope(); }

  at::Tensor at(const TapPoint& point, at::Tensor hidden) override {
    if (failure_->error) return hidden;
    try {
      at::Tensor result = inner_->at(point, hidden);
      check_result(point, hidden, result);
      return result;
    } catch (...) {
      failure_->error = std::current_exception();
      return hidden;
    }
  }

 private:
  std::shared_ptr<Tap> inner_;
  std::shared_ptr<TapFailure> failure_;
};

// Decides once, at the last prompt token; its taps see rows from there on.
class GateTap : public Tap {
 public:
  explicit GateTap(Gate gate) : gate_(std::move(gate)) {}

  bool wants(Site site, int layer, Phase phase) const override {
    const bool decides = !decided_ && site == gate_.site && layer == gate_.layer;
    return decides ||
           (open_ && std::any_of(gate_.taps.begin(), gate_.taps.end(),
                                 [&](const auto& t) { return t->wants(site, layer, phase); }));
  }
  TapScope scope() const override { return TapScope::kFromLastPrompt; }

  at::Tensor at(const TapPoint& point, at::Tensor hidden) override {
    const bool here = point.site == gate_.site && point.layer == gate_.layer;
    if (!decided_ && here && point.last_prompt_row >= 0) {
      open_ = gate_.open(hidden.select(0, point.last_prompt_row));
      decided_ = true;
    }
    if (!open_) return hidden;
    for (const auto& tap : gate_.taps) {
      if (tap->wants(point.site, point.layer, point.phase)) hidden = tap->at(point, hidden);
    }
    return hidden;
  }

 private:
  Gate gate_;
  bool decided_ = false;
  bool open_ = false;
};

}  // namespace

TapList guarded_taps(const TapList& taps, const std::vector<Gate>& gates,
                     const std::shared_ptr<TapFailure>& failure) {
  TapList out;
  for (const Gate& gate : gates) {
    out.push_back(std::make_shared<GuardedTap>(std::make_shared<GateTap>(gate), failure));
  }
  for (const auto& tap : taps) out.push_back(std::make_shared<GuardedTap>(tap, failure));
  return out;
}

bool BranchRun::may_share_prefix() const {
  return std::all_of(taps.begin(), taps.end(),
                     [](const auto& tap) { return tap->scope() == TapScope::kFromLastPrompt; });
}

bool BranchRun::taps_vision() const {
  return std::any_of(taps.begin(), taps.end(), [](const auto& tap) {
    return tap->wants(Site::kVisionOut, -1, Phase::kPrefill) ||
           tap->wants(Site::kProjectorOut, -1, Phase::kPrefill);
  });
}

}  // namespace sightline
