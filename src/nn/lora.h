// Low-rank adaptation of a linear: y = W x + s B A x (Hu et al. 2021; PEFT's LoraLayer).
#pragma once

#include <memory>

#include "nn/linear.h"

namespace sightline {

// What all deltas of one adapter share; changed between passes only.
struct LoraControl {
  bool on = true;      // false: the base alone
  double dropout = 0;  // of x before A; only while `training`
  bool training = false;
};

// Thread-safe while its control and weights are left alone.
class LoraDelta : public LinearAdapter {
 public:
  // a: [r, in], b: [out, r]; both may ask for a gradient.
  LoraDelta(Tensor a, Tensor b, double scale, std::shared_ptr<const LoraControl> control);

  Tensor delta(const Tensor& x) const override;  // [..., in] → [..., out]
  Tensor added_to(Tensor y, const Tensor& x) const override;
  bool learns() const override;

 private:
  Tensor dropped(const Tensor& x) const;

  Linear down_;  // A
  Linear up_;    // B
  double scale_;
  std::shared_ptr<const LoraControl> control_;
};

}  // namespace sightline
