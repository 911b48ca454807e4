#include "training/recompute.h"

#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

#include "sightline/error.h"
#include "training/autocast.h"
#include "training/generator.h"

namespace sightline {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// The default generator stands at `state` while this lives.
class GeneratorAt {
 public:
  explicit GeneratorAt(const at::Tensor& state) : before_(generator_state()) {
    set_generator_state(state);
  }
  ~GeneratorAt() { set_generator_state(before_); }
  GeneratorAt(const GeneratorAt&) = delete;
  GeneratorAt& operator=(const GeneratorAt&) = delete;

 private:
  at::Tensor before_;
};

struct BlockHolder : torch::CustomClassHolder {
  explicit BlockHolder(BlockFunction function) : block(std::move(function)) {}
  BlockFunction block;
};

class Recomputed : public torch::autograd::Function<Recomputed> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& rows,
                            const c10::intrusive_ptr<BlockHolder>& holder) {
    context->save_for_backward({rows, generator_state()});
    context->saved_data["block"] = c10::IValue::make_capsule(holder);
    context->saved_data["autocast"] = Autocast::is_on(rows.device().type());
    const at::NoGradGuard no_grad;
    return holder->block(rows);
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    const auto capsule = context->saved_data["block"].toCapsule();
    const auto& block = static_cast<BlockHolder*>(capsule.get())->block;
    const GeneratorAt as_before(saved[1]);
    const at::AutoGradMode with_grad(true);
    const at::Tensor rows = saved[0].detach().set_requires_grad(true);
    const at::Tensor out = [&] {
      const Autocast autocast(rows.device().type(), context->saved_data["autocast"].toBool());
      return block(rows);
    }();
    torch::autograd::backward({out}, {gradients[0]});
    return {rows.grad(), at::Tensor()};
  }
};

}  // namespace

at::Tensor run_recomputed(const BlockFunction& block, at::Tensor rows) {
  if (!rows.requires_grad()) {
    fail(ErrorKind::kInternal, "recomputation of rows that ask for no gradient");
  }
  return Recomputed::apply(rows, c10::make_intrusive<BlockHolder>(block));
}

}  // namespace sightline
