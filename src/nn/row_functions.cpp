#include "nn/row_functions.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/empty_like.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cstddef>
#include <memory>

#include "nn/kernels/kernel_set.h"

namespace sightline {
namespace {

using kernels::current_kernels;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

constexpr std::int64_t kPieceValues = 1 << 13;  // that stay in the first caches, also widened

using Buffer = std::unique_ptr<float[]>;

// `count` values of a contiguous tensor as fp32.
class Values {
 public:
  Values(const Tensor& from, std::int64_t begin, std::int64_t count) {
    if (from.scalar_type() == at::kFloat) {
      data_ = from.const_data_ptr<float>() + begin;
      return;
    }
    buffer_ = std::make_unique_for_overwrite<float[]>(static_cast<std::size_t>(count));
    current_kernels().widen(kernels::WeightType::kBf16, from.const_data_ptr<at::BFloat16>() + begin,
                            count, 1, buffer_.get());
    data_ = buffer_.get();
  }
  const float* data() const { return data_; }

 private:
  Buffer buffer_;
  const float* data_ = nullptr;
};

// Room for `count` fp32 values of a contiguous tensor; done() rounds them to what it holds.
class Room {
 public:
  Room(const Tensor& to, std::int64_t begin, std::int64_t count) : count_(count) {
    if (to.scalar_type() == at::kFloat) {
      data_ = to.mutable_data_ptr<float>() + begin;
      return;
    }
    buffer_ = std::make_unique_for_overwrite<float[]>(static_cast<std::size_t>(count));
    rounded_ = to.mutable_data_ptr<at::BFloat16>() + begin;
    data_ = buffer_.get();
  }
  float* data() const { return data_; }
  void done() const {
    if (rounded_ != nullptr) current_kernels().to_bf16(data_, count_, rounded_);
  }

 private:
  Buffer buffer_;
  float* data_ = nullptr;
  at::BFloat16* rounded_ = nullptr;
  std::int64_t count_;
};

// body(row, rows) for all rows in pieces, on several threads.
template <class Body>
void in_pieces(std::int64_t rows, std::int64_t width, const Body& body) {
  const std::int64_t piece = std::max<std::int64_t>(1, kPieceValues / width);
  at::parallel_for(0, rows, piece, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t row = begin; row < end; row += piece) body(row, std::min(piece, end - row));
  });
}

class RmsNormRows : public Function<RmsNormRows> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& given, const Tensor& weight,
                        double eps, at::ScalarType dtype) {
    const Tensor x = given.contiguous();
    context->save_for_backward({x, weight});
    context->saved_data["eps"] = eps;
    const std::int64_t width = weight.size(0);
    const Tensor out = at::empty_like(x, x.options().dtype(dtype));
    in_pieces(x.numel() / width, width, [&](std::int64_t row, std::int64_t rows) {
      const Room room(out, row * width, rows * width);
      current_kernels().rms_norm(Values(x, row * width, rows * width).data(),
                                 weight.const_data_ptr<float>(), static_cast<float>(eps), rows,
                                 width, room.data());
      room.done();
    });
    return out;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    const Tensor& x = saved[0];
    const Tensor& weight = saved[1];
    const auto eps = static_cast<float>(context->saved_data["eps"].toDouble());
    const std::int64_t width = weight.size(0);
    const Tensor gradient = gradients[0].contiguous();
    const Tensor out = at::empty_like(x);
    in_pieces(x.numel() / width, width, [&](std::int64_t row, std::int64_t rows) {
      const Room room(out, row * width, rows * width);
      current_kernels().rms_norm_backward(
          Values(x, row * width, rows * width).data(), weight.const_data_ptr<float>(),
          Values(gradient, row * width, rows * width).data(), eps, rows, width, room.data());
      room.done();
    });
    return {out, Tensor(), Tensor(), Tensor()};
  }
};

class SiluMultiplyRows : public Function<SiluMultiplyRows> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& given_gate,
                        const Tensor& given_up) {
    const Tensor gate = given_gate.contiguous();
    const Tensor up = given_up.contiguous();
    context->save_for_backward({gate, up});
    const Tensor out = at::empty_like(gate);
    in_pieces(gate.numel(), 1, [&](std::int64_t begin, std::int64_t count) {
      const Room room(out, begin, count);
      current_kernels().silu_multiply(Values(gate, begin, count).data(),
                                      Values(up, begin, count).data(), 1, count, count,
                                      room.data());
      room.done();
    });
    return out;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    const Tensor& gate = saved[0];
    const Tensor& up = saved[1];
    const Tensor gradient = gradients[0].contiguous();
    const Tensor gate_out = at::empty_like(gate);
    const Tensor up_out = at::empty_like(up);
    in_pieces(gate.numel(), 1, [&](std::int64_t begin, std::int64_t count) {
      const Room gate_room(gate_out, begin, count);
      const Room up_room(up_out, begin, count);
      current_kernels().silu_multiply_backward(
          Values(gate, begin, count).data(), Values(up, begin, count).data(),
          Values(gradient, begin, count).data(), count, gate_room.data(), up_room.data());
      gate_room.done();
      up_room.done();
    });
    return {gate_out, up_out};
  }
};

// A turned copy of x [M, H, K].
Tensor turned(const Tensor& given, const Tensor& cosines, const Tensor& sines) {
  const Tensor x = given.contiguous();
  const Tensor out = at::empty_like(x);
  const std::int64_t heads = x.size(1);
  const std::int64_t half = x.size(2) / 2;
  const std::int64_t width = heads * x.size(2);
  in_pieces(x.size(0), width, [&](std::int64_t row, std::int64_t rows) {
    const Values values(x, row * width, rows * width);
    const Room room(out, row * width, rows * width);
    std::copy_n(values.data(), rows * width, room.data());
    current_kernels().rotate_half(room.data(), rows, width, heads, x.size(2),
                                  cosines.const_data_ptr<float>() + row * half,
                                  sines.const_data_ptr<float>() + row * half);
    room.done();
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

class CausalSoftmaxRows : public Function<CausalSoftmaxRows> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& given, double scale) {
    const Tensor scores = given.contiguous();
    const Tensor out = at::empty_like(scores);
    over_visible(out, [&](std::int64_t begin, std::int64_t visible, float* room) {
      current_kernels().softmax_row(Values(scores, begin, visible).data(),
                                    static_cast<float>(scale), visible, room);
    });
    context->save_for_backward({out});
    context->saved_data["scale"] = scale;
    return out;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const Tensor weights = context->get_saved_variables()[0];
    const auto scale = static_cast<float>(context->saved_data["scale"].toDouble());
    const Tensor gradient = gradients[0].contiguous();
    const Tensor out = at::empty_like(weights);
    over_visible(out, [&](std::int64_t begin, std::int64_t visible, float* room) {
      current_kernels().softmax_row_backward(Values(weights, begin, visible).data(),
                                             Values(gradient, begin, visible).data(), scale,
                                             visible, room);
    });
    return {out, Tensor()};
  }

 private:
  // body(first value of a row, keys it sees, room for them) for every row of `out`; other keys: 0.
  template <class Body>
  static void over_visible(const Tensor& out, const Body& body) {
    const std::int64_t length = out.size(-1);
    in_pieces(out.numel() / length, length, [&](std::int64_t row, std::int64_t rows) {
      for (std::int64_t r = row; r < row + rows; ++r) {
        const std::int64_t visible = r % length + 1;
        const Room room(out, r * length, length);
        body(r * length, visible, room.data());
        std::fill(room.data() + visible, room.data() + length, 0.0F);
        room.done();
      }
    });
  }
};

}  // namespace

bool has_row_functions(const Tensor& x) {
  return x.is_cpu() && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16);
}

Tensor rms_norm_rows(const Tensor& x, const Tensor& weight, double eps, at::ScalarType out) {
  return RmsNormRows::apply(x, weight, eps, out);
}

Tensor silu_multiply_rows(const Tensor& gate, const Tensor& up) {
  return SiluMultiplyRows::apply(gate, up);
}

Tensor rotate_rows(const Tensor& x, const Tensor& cosines, const Tensor& sines) {
  return RotateRows::apply(x, cosines, sines);
}

Tensor causal_softmax_rows(const Tensor& scores, double scale) {
  return CausalSoftmaxRows::apply(scores, scale);
}

}  // namespace sightline
