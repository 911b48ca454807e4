// Attention over a bf16 cache on tile registers, for head widths that are a multiple of 32. Queries
// and softmax weights are rounded to bf16; sums, and the softmax itself, are fp32. A row's result
// depends on the keys it sees only: scores are one tile product each, weights of keys it does not
// see are zero, values add up in blocks of 32 positions from the first on.
//
// Signatures as in KernelSet.
#pragma once

#include "nn/kernels/kernel_set.h"

namespace sightline::kernels {

bool amx_attends(const AttentionShape& shape);
std::size_t amx_attention_scratch(const AttentionShape& shape, std::int64_t rows,
                                  std::int64_t visible);
void amx_attention(const AttentionShape& shape, const AttentionTask& task,
                   const AttentionPart& part, std::byte* scratch);

}  // namespace sightline::kernels
