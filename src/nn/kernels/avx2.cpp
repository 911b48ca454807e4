#include "nn/kernels/dot_attention.h"
#include "nn/kernels/dot_linear.h"
#include "nn/kernels/kernel_set.h"
#include "nn/kernels/rows.h"
#include "nn/kernels/vector_avx2.h"

namespace sightline::kernels {

const KernelSet kAvx2Kernels = {
    .name = "avx2",
    .packed_bytes = nullptr,
    .pack = nullptr,
    .linear_scratch = DotLinear<Avx2>::scratch,
    .linear = DotLinear<Avx2>::run,
    .attention_scratch = DotAttention<Avx2>::scratch,
    .attention = DotAttention<Avx2>::run,
    .rms_norm = RowKernels<Avx2>::rms_norm,
    .rotate_half = RowKernels<Avx2>::rotate_half,
    .silu_multiply = RowKernels<Avx2>::silu_multiply,
    .rms_norm_backward = RowKernels<Avx2>::rms_norm_backward,
    .silu_multiply_backward = RowKernels<Avx2>::silu_multiply_backward,
    .softmax_row = RowKernels<Avx2>::softmax_row,
    .softmax_row_backward = RowKernels<Avx2>::softmax_row_backward,
    .to_bf16 = RowKernels<Avx2>::to_bf16,
    .widen = RowKernels<Avx2>::widen,
    .quantise_row = RowKernels<Avx2>::quantise_row,
};

}  // namespace sightline::kernels
