#include "nn/lora.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/dropout.h>
#include <ATen/ops/zeros.h>

#include <utility>
#include <vector>

namespace sightline {

LoraDelta::LoraDelta(Tensor a, Tensor b, double scale, std::shared_ptr<const LoraControl> control)
    : down_(std::move(a)), up_(std::move(b)), scale_(scale), control_(std::move(control)) {}

Tensor LoraDelta::delta(const Tensor& x) const {
  if (!control_->on) {
    std::vector<std::int64_t> sizes = x.sizes().vec();
    sizes.back() = up_.out();
    return at::zeros(sizes, x.options());
  }
  const bool drops = control_->training && control_->dropout > 0;
  return up_(down_(drops ? at::dropout(x, control_->dropout, true) : x)) * scale_;
}

bool LoraDelta::learns() const { return control_->on && down_.weight().requires_grad(); }

}  // namespace sightline
