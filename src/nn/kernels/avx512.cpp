#include "nn/kernels/dot_attention.h"
#include "nn/kernels/dot_linear.h"
#include "nn/kernels/kernel_set.h"
#include "nn/kernels/rows.h"
#include "nn/kernels/vector_avx512.h"

namespace sightline::kernels {

const KernelSet kAvx512Kernels = {
    .name = "avx512",
    .packed_bytes = nullptr,
    .pack = nullptr,
    .linear_scratch = DotLinear<Avx512>::scratch,
    .linear = DotLinear<Avx512>::run,
    .attention_scratch = DotAttention<Avx512>::scratch,
    .attention = DotAttention<Avx512>::run,
    .rms_norm = RowKernels<Avx512>::rms_norm,
    .rotate_half = RowKernels<Avx512>::rotate_half,
    .silu_multiply = RowKernels<Avx512>::silu_multiply,
    .rms_norm_backward = RowKernels<Avx512>::rms_norm_backward,
    .silu_multiply_backward = RowKernels<Avx512>::silu_multiply_backward,
    .softmax_row = RowKernels<Avx512>::softmax_row,
    .softmax_row_backward = RowKernels<Avx512>::softmax_row_backward,
    .to_bf16 = RowKernels<Avx512>::to_bf16,
    .widen = RowKernels<Avx512>::widen,
    .quantise_row = RowKernels<Avx512>::quantise_row,
};

}  // namespace sightline::kernels
