// Row kernels that autograd follows: one pass over memory each way where a formula of single
// operations takes ten. For training on the CPU; each computes in fp32 and is the same function as
// its kernel, rounded once where it gives bf16.
//
// Work is split by ATen's threads, not the kernels': beside other operators of ATen these are
// awake.
#pragma once

#include <c10/core/ScalarType.h>

#include "nn/shapes.h"

namespace sightline {

// True when the functions below can take `x` and give its gradient: fp32 or bf16 on the CPU.
bool has_row_functions(const Tensor& x);

// x / sqrt(mean(x²) + eps) · weight, in `out`: fp32 or bf16. x: [..., D]; weight: [D] fp32, gets no
// gradient.
Tensor rms_norm_rows(const Tensor& x, const Tensor& weight, double eps, at::ScalarType out);

// silu(gate) · up, both of one shape and dtype.
Tensor silu_multiply_rows(const Tensor& gate, const Tensor& up);

// Pairs (i, i + K/2) of every head turned. x: [M, H, K]; cosines, sines: [M, K/2] fp32.
Tensor rotate_rows(const Tensor& x, const Tensor& cosines, const Tensor& sines);

// softmax(scale · scores) over the keys up to a query's own; later keys get zero. scores: [B, n T,
// T], query row i at position i mod T.
Tensor causal_softmax_rows(const Tensor& scores, double scale);

}  // namespace sightline
