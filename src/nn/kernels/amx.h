// Linear layers of bf16 and int8 weights on tile registers: yᵀ = W · xᵀ, sixteen weight rows (the
// checkpoint's own layout) times sixteen rows of x (packed), 64 bytes of each weight row at a time.
//
// bf16: x is rounded to bf16; sums are fp32, from the first product to the last.
// int8: x is rounded to 16 bits of its row's largest value and split in two digits, x = scale ·
// (256 · high + low), each multiplied by the weights in exact integers. Over a row of K inputs that
// loses at most √K · 9e-6 of its length, bf16 1e-3.
//
// Signatures as in KernelSet.
#pragma once

#include "nn/kernels/kernel_set.h"

namespace sightline::kernels {

std::size_t amx_packed_bytes(WeightType type, std::int64_t rows, std::int64_t in);
void amx_pack(WeightType type, const LinearPass& pass, std::int64_t row_begin, std::int64_t row_end,
              std::byte* packed);
std::size_t amx_linear_scratch(std::int64_t in);
void amx_linear(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
                std::byte* scratch);

}  // namespace sightline::kernels
