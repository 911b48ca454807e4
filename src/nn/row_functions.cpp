#include "nn/row_functions.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/empty_like.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

#include "nn/kernels/kernel_set.h"

namespace sightline {
namespace {

using kernels::current_kernels;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

constexpr std::int64_t kPieceValues = 1 << 14;  // so much work is worth a thread

std::int64_t rows_a_piece(std::int64_t width) {
  return std::max<std::int64_t>(1, kPieceValues / width);
}

const float* data(const Tensor& t) { return t.const_data_ptr<float>(); }

class RmsNormRows : public Function<RmsNormRows> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& given, const Tensor& weight,
                        double eps) {
    const Tensor x = given.contiguous();
    context->save_for_backward({x, weight});
    context->saved_data["eps"] = eps;
    Tensor out = at::empty_like(x);
    over_rows(x, weight, [&](std::int64_t rows, std::int64_t width, std::int64_t from) {
      current_kernels().rms_norm(data(x) + from, data(weight), static_cast<float>(eps), rows, width,
                                 out.mutable_data_ptr<float>() + from);
    });
    return out;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    const Tensor& x = saved[0];
    const Tensor& weight = saved[1];
    const auto eps = static_cast<float>(context->saved_data["eps"].toDouble());
    const Tensor gradient = gradients[0].contiguous();
    Tensor out = at::empty_like(x);
    over_rows(x, weight, [&](std::int64_t rows, std::int64_t width, std::int64_t from) {
      current_kernels().rms_norm_backward(data(x) + from, data(weight), data(gradient) + from, eps,
                                          rows, width, out.mutable_data_ptr<float>() + from);
    });
    return {out, Tensor(), Tensor()};
  }

 private:
  // body(rows, width, offset of their first value), on several threads.
  template <class Body>
  static void over_rows(const Tensor& x, const Tensor& weight, const Body& body) {
    const std::int64_t width = weight.size(0);
    at::parallel_for(
        0, x.numel() / width, rows_a_piece(width),
        [&](std::int64_t begin, std::int64_t end) { body(end - begin, width, begin * width); });
  }
};

class SiluMultiplyRows : public Function<SiluMultiplyRows> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& given_gate,
                        const Tensor& given_up) {
    const Tensor gate = given_gate.contiguous();
    const Tensor up = given_up.contiguous();
    context->save_for_backward({gate, up});
    Tensor out = at::empty_like(gate);
    at::parallel_for(0, gate.numel(), kPieceValues, [&](std::int64_t begin, std::int64_t end) {
      const std::int64_t count = end - begin;
      current_kernels().silu_multiply(data(gate) + begin, data(up) + begin, 1, count, count,
                                      out.mutable_data_ptr<float>() + begin);
    });
    return out;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    const Tensor& gate = saved[0];
    const Tensor& up = saved[1];
    const Tensor gradient = gradients[0].contiguous();
    Tensor gate_out = at::empty_like(gate);
    Tensor up_out = at::empty_like(up);
    at::parallel_for(0, gate.numel(), kPieceValues, [&](std::int64_t begin, std::int64_t end) {
      current_kernels().silu_multiply_backward(
          data(gate) + begin, data(up) + begin, data(gradient) + begin, end - begin,
          gate_out.mutable_data_ptr<float>() + begin, up_out.mutable_data_ptr<float>() + begin);
    });
    return {gate_out, up_out};
  }
};

// A turned copy of x [M, H, K].
Tensor turned(const Tensor& x, const Tensor& cosines, const Tensor& sines) {
  Tensor out = x.clone(at::MemoryFormat::Contiguous);
  const std::int64_t heads = x.size(1);
  const std::int64_t width = x.size(2);
  at::parallel_for(
      0, x.size(0), rows_a_piece(heads * width), [&](std::int64_t begin, std::int64_t end) {
        current_kernels().rotate_half(
            out.mutable_data_ptr<float>() + begin * heads * width, end - begin, heads * width,
            heads, width, data(cosines) + begin * (width / 2), data(sines) + begin * (width / 2));
      });
  return out;
}

class RotateRows : public Function<RotateRows> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& cosines,
                        const Tensor& sines) {
    context->save_for_backward({cosines, sines});
    return turned(x, cosines, sines);
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    return {turned(gradients[0], saved[0], saved[1].neg()), Tensor(), Tensor()};
  }
};

}  // namespace

bool has_row_functions(const Tensor& x) { return x.is_cpu() && x.scalar_type() == at::kFloat; }

Tensor rms_norm_rows(const Tensor& x, const Tensor& weight, double eps) {
  return RmsNormRows::apply(x, weight, eps);
}

Tensor silu_multiply_rows(const Tensor& gate, const Tensor& up) {
  return SiluMultiplyRows::apply(gate, up);
}

Tensor rotate_rows(const Tensor& x, const Tensor& cosines, const Tensor& sines) {
  return RotateRows::apply(x, cosines, sines);
}

}  // namespace sightline
