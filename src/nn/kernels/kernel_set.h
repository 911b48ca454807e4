// What one instruction set provides, and which one is in use. Internal to kernels/, its tests and
// nn/row_functions.cpp.
//
// The functions of a set work on a range, alone; kernels.cpp cuts the ranges and spreads them. They
// are compiled for instructions that the machine may lack, so they share no inline code with the
// rest: only what hangs on their own vector type, and plain structs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "nn/kernels/kernels.h"

namespace sightline::kernels {

inline constexpr std::int64_t kBlock = 16;  // weight rows, and rows of x, that are handled together

struct LinearPass {
  const float* x = nullptr;  // [rows, in]
  std::int64_t rows = 0;
  std::int64_t in = 0;
  const std::byte* packed[3] = {};  // x as the set packs it for each WeightType; null: it does not
};

// Rows [row_begin, row_end) of y, weight rows [out_begin, out_end); begins are multiples of kBlock.
struct LinearPart {
  std::int64_t row_begin = 0;
  std::int64_t row_end = 0;
  std::int64_t out_begin = 0;
  std::int64_t out_end = 0;
};

// Query rows [row, row + rows) of a task, query heads [head, head + heads): all of one kv head.
struct AttentionPart {
  std::int64_t row = 0;
  std::int64_t rows = 0;
  std::int64_t head = 0;
  std::int64_t heads = 0;
};

// Memory delivers more to many readers of places far apart than to one reader of neighbours, so
// rows that are multiplied together lie apart. Given blocks of weight rows: how many of them make a
// group, in which the i-th row of every block is row i · apart + (0, 1, …). In [1, kMostApart].
inline constexpr std::int64_t kMostApart = 32;
std::int64_t rows_apart(std::int64_t blocks, std::int64_t row_bytes);

struct KernelSet {
  const char* name;

  // x in the form that weights of 16 or 8 bits want it in; null: fp32 as it is.
  std::size_t (*packed_bytes)(WeightType type, std::int64_t rows, std::int64_t in);
  void (*pack)(WeightType type, const LinearPass& pass, std::int64_t row_begin,
               std::int64_t row_end, std::byte* packed);

  std::size_t (*linear_scratch)(std::int64_t in);
  void (*linear)(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
                 std::byte* scratch);

  std::size_t (*attention_scratch)(const AttentionShape& shape, std::int64_t rows,
                                   std::int64_t visible);
  void (*attention)(const AttentionShape& shape, const AttentionTask& task,
                    const AttentionPart& part, std::byte* scratch);

  void (*rms_norm)(const float* x, const float* weight, float eps, std::int64_t rows,
                   std::int64_t width, float* out);
  void (*rotate_half)(float* x, std::int64_t rows, std::int64_t stride, std::int64_t heads,
                      std::int64_t head_width, const float* cosines, const float* sines);
  void (*silu_multiply)(const float* gate, const float* up, std::int64_t rows, std::int64_t width,
                        std::int64_t stride, float* out);
  // Gradients, for training: of rms_norm by x, [rows, width]; of silu_multiply, all contiguous.
  void (*rms_norm_backward)(const float* x, const float* weight, const float* gradient, float eps,
                            std::int64_t rows, std::int64_t width, float* out);
  void (*silu_multiply_backward)(const float* gate, const float* up, const float* gradient,
                                 std::int64_t count, float* gate_out, float* up_out);
  // out = softmax(scale · scores) of one row, and its gradient by the scores from that by
  // `weights`.
  void (*softmax_row)(const float* scores, float scale, std::int64_t count, float* out);
  void (*softmax_row_backward)(const float* weights, const float* gradient, float scale,
                               std::int64_t count, float* out);
  void (*to_bf16)(const float* from, std::int64_t count, void* to);
  void (*widen)(WeightType type, const void* from, std::int64_t count, float scale, float* to);
  void (*quantise_row)(const float* from, std::int64_t count, std::int8_t* to, float* scale);
};

extern const KernelSet kAvx2Kernels;
extern const KernelSet kAvx512Kernels;

// The sets this processor and system offer, best first; never empty.
std::span<const KernelSet* const> available_kernel_sets();

// The set in use.
const KernelSet& current_kernels();

// Uses another set from now on; false when it is not available. For tests and measurements: not
// while a pass runs.
bool select_kernel_set(std::string_view name);

}  // namespace sightline::kernels
