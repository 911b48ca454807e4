// CPU kernels of the decoder, torch-free, chosen at run time (AVX2, AVX-512, AMX).
//
// Batch invariance: a result row depends on its own inputs only, never on how many other rows came
// along, how they were cut into passes, or the number of threads. So cached ≡ uncached, batched ≡
// alone and resumed ≡ uninterrupted, bit for bit on one machine.
//
// Activations are fp32 row-major; weights are fp32, bf16 or int8 with one scale a row, [out, in]
// row-major exactly as the checkpoint stores them (mapped, never repacked). All functions are
// thread-safe and split their work over at most `set_kernel_threads` threads.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sightline::kernels {

enum class WeightType { kF32, kBf16, kInt8 };

// y = x Wᵀ + b. `data` [out, in]; `scales` [out] for int8, else null; `bias` [out] fp32 or null.
struct Linear {
  WeightType type = WeightType::kF32;
  const void* data = nullptr;
  const float* scales = nullptr;
  const float* bias = nullptr;
  std::int64_t out = 0;
};

// One output of a linear pass: rows of `y` are `stride` floats apart.
struct LinearTask {
  Linear weight;
  float* y = nullptr;
  std::int64_t stride = 0;
  bool add = false;  // y += instead of y =
};

// x: [rows, in] contiguous. All tasks share x and its packing (QKV, gate and up) in one parallel
// pass. fp32 weights: fp32 products and sums. Where the processor has matrix tiles: bf16 weights
// with x rounded to bf16 and fp32 sums; int8 weights with x rounded to 16 bits of its row's largest
// value and exact sums. Elsewhere: x and sums fp32.
void linear(const float* x, std::int64_t rows, std::int64_t in, std::span<const LinearTask> tasks);

// out[r] = x[r] / sqrt(mean(x[r]²) + eps) · weight.  [rows, width]; out may be x.
void rms_norm(const float* x, const float* weight, float eps, std::int64_t rows, std::int64_t width,
              float* out);

// Rotates pairs (i, i + K/2) of every head in place. x: rows `stride` apart, `heads`·K values each;
// cosines, sines: [rows, K/2] fp32.
void rotate_half(float* x, std::int64_t rows, std::int64_t stride, std::int64_t heads,
                 std::int64_t head_width, const float* cosines, const float* sines);

// out[r, i] = silu(gate[r, i]) · up[r, i]; gate and up rows are `stride` apart.
void silu_multiply(const float* gate, const float* up, std::int64_t rows, std::int64_t width,
                   std::int64_t stride, float* out);

enum class CacheType { kF32, kBf16 };

// One sequence's share of an attention pass.
struct AttentionTask {
  const float* q = nullptr;      // [count, H, K], rows q_stride apart
  float* out = nullptr;          // [count, H, K], rows out_stride apart
  const void* keys = nullptr;    // [G, capacity, K], position + count rows filled
  const void* values = nullptr;  // the same
  std::int64_t capacity = 0;
  std::int64_t position = 0;  // of the first query row: row t sees positions ≤ position + t
  std::int64_t count = 0;
};

struct AttentionShape {
  std::int64_t heads = 0;
  std::int64_t kv_heads = 0;
  std::int64_t head_width = 0;
  std::int64_t q_stride = 0;
  std::int64_t out_stride = 0;
  float scale = 1;
  CacheType cache = CacheType::kF32;
};

// Causal attention of all sequences of the batch in one parallel pass.
void attention(const AttentionShape& shape, std::span<const AttentionTask> tasks);

// Appends key or value rows [count, G, K] (rows `stride` apart) to a cache [G, capacity, K].
void append_to_cache(const float* rows, std::int64_t count, std::int64_t stride,
                     std::int64_t kv_heads, std::int64_t head_width, std::int64_t position,
                     std::int64_t capacity, CacheType type, void* cache);

// Rows of an [out, in] table as fp32 (embedding lookup).
void gather_rows(const Linear& table, std::int64_t in, std::span<const std::int64_t> ids,
                 float* out);

// int8 weights with one scale a row: round(w / scale), scale = max|w| / 127.
void quantise_rows(const float* weight, std::int64_t out, std::int64_t in, std::int8_t* data,
                   float* scales);

void set_kernel_threads(int threads);

// "amx", "avx512" or "avx2": the best this processor offers, or SIGHTLINE_KERNELS when it is set to
// one that is available.
std::string_view kernel_set();

}  // namespace sightline::kernels
