// Linear layers of bf16 and int8 weights on tile registers: yᵀ = W · xᵀ, sixteen weight rows (the
// checkpoint's own layout) times sixteen rows of x (packed), 32 products deep at a time, summed in
// fp32 from the first product to the last. Signatures as in KernelSet.
#pragma once

#include "nn/kernels/kernel_set.h"

namespace sightline::kernels {

std::size_t amx_packed_bytes(std::int64_t rows, std::int64_t in);
void amx_pack(const LinearPass& pass, std::int64_t row_begin, std::int64_t row_end,
              std::byte* packed);
std::size_t amx_linear_scratch(std::int64_t in);
void amx_linear(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
                std::byte* scratch);

}  // namespace sightline::kernels
