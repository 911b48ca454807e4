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
  if (!control_->training) return up_(down_(x)) * scale_;
  // Always the formula: a pass without autograd, as recomputation has one, gives the same bits.
  return up_.plain(down_.plain(dropped(x)) * scale_);
}

// While training a packed pass, in the product's own sum: two passes over y less.
Tensor LoraDelta::added_to(Tensor y, const Tensor& x) const {
  if (!control_->on || !control_->training || y.dim() != 2) return y + delta(x);
  const Tensor up = up_.weight().to(y.scalar_type());  // [out, r]
  return y.addmm_(down_.plain(dropped(x)), up.t(), /*beta=*/1, /*alpha=*/scale_);
}

Tensor LoraDelta::dropped(const Tensor& x) const {
  return control_->dropout > 0 ? at::dropout(x, control_->dropout, true) : x;
}

bool LoraDelta::learns() const { return control_->on && down_.weight().requires_grad(); }

}  // namespace sightline
