// Adds fixed vectors to the residual stream: h += sign · alpha · guard(v_l) at block_out of chosen
// blocks, at the last prompt token and, when asked, at generated tokens.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <string_view>
#include <vector>

#include "sightline/tap.h"

namespace sightline {

enum class StepPolicy { kPrefillOnly, kAllSteps, kPrefillPlusK };

// How far one addition may go. Spec of CMRM, section 3.3.
struct NormGuard {
  enum class Kind {
    kNone,
    kSigmaCap,  // ‖v_l‖ ≤ limit · σ₁(l)
    kUnit,      // v_l / ‖v_l‖
    kTrust,     // ‖alpha · v_l‖ ≤ limit · ‖h‖, row by row
  };
  Kind kind = Kind::kNone;
  double limit = 1.0;
};

struct ResidualEdit {
  at::Tensor vectors;       // [L, D] fp32; rows of layers that are not listed are ignored
  std::vector<int> layers;  // blocks to edit, sorted
  double alpha = 1.0;
  int sign = 1;
  StepPolicy steps = StepPolicy::kPrefillOnly;
  int extra_steps = 0;  // kPrefillPlusK: how many generated tokens are edited too
  NormGuard guard = {};
  at::Tensor sigmas = {};  // [L] fp32, for kSigmaCap
};

// Checks an edit once, then hands out one tap for each request (a tap counts generated tokens).
// The guards that depend on the vector alone are applied here. alpha = 0 leaves hidden states
// untouched, bit for bit. Immutable, thread-safe.
class ResidualEditor {
 public:
  // Throws Error{kShape} for vectors that are not [L, D], or zero or not finite at a listed layer.
  explicit ResidualEditor(const ResidualEdit& edit);

  std::shared_ptr<Tap> new_tap() const;

  struct Additions;  // what the taps share

 private:
  std::shared_ptr<const Additions> additions_;
};

}  // namespace sightline
