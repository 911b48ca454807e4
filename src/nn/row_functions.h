// Row kernels that autograd follows: one pass over memory each way where a formula of single
// operations takes ten. For training on the CPU; each is the same function as its kernel.
//
// Work is split by ATen's threads, not the kernels': beside other operators of ATen these are
// awake.
#pragma once

#include "nn/shapes.h"

namespace sightline {

// True when the functions below can take `x` and give its gradient: fp32 on the CPU.
bool has_row_functions(const Tensor& x);

// x / sqrt(mean(x²) + eps) · weight. x: [..., D]; weight: [D] fp32, gets no gradient.
Tensor rms_norm_rows(const Tensor& x, const Tensor& weight, double eps);

// silu(gate) · up, both of one shape.
Tensor silu_multiply_rows(const Tensor& gate, const Tensor& up);

// Pairs (i, i + K/2) of every head turned. x: [M, H, K]; cosines, sines: [M, K/2] fp32.
Tensor rotate_rows(const Tensor& x, const Tensor& cosines, const Tensor& sines);

}  // namespace sightline
