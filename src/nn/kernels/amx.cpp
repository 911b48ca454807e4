#include "nn/kernels/amx.h"

#include <immintrin.h>

// Tiles: 0 … 3 sums [16 weight rows, columns], 4 and 5 weights [16, 32 bf16], 6 and 7 x
// [16 pairs of inputs, columns of pairs]. `columns` is the rows of x in a block: 16, or all of
// them.

namespace sightline::kernels {
namespace {

constexpr std::int64_t kDepth = 32;        // inputs a step
constexpr std::int64_t kTileBytes = 1024;  // of a full tile
constexpr std::int64_t kTileRowBytes = 64;

std::int64_t steps_of(std::int64_t in) { return (in + kDepth - 1) / kDepth; }

std::int64_t columns_of(std::int64_t rows) { return rows < kBlock ? rows : kBlock; }

// Of x in one block of rows, one step.
std::int64_t packed_tile_bytes(std::int64_t columns) { return 16 * 4 * columns; }

// What the tile instructions read and write is invisible to the compiler.
void fence_compiler() { asm volatile("" ::: "memory"); }

struct alignas(64) TileConfig {
  std::uint8_t palette = 1;
  std::uint8_t start_row = 0;
  std::uint8_t reserved[14] = {};
  std::uint16_t row_bytes[16] = {};
  std::uint8_t rows[16] = {};
};

void configure_tiles(std::int64_t columns) {
  TileConfig config;
  for (int tile = 0; tile < 8; ++tile) {
    config.rows[tile] = 16;
    config.row_bytes[tile] = static_cast<std::uint16_t>(4 * columns);
  }
  config.row_bytes[4] = config.row_bytes[5] = kTileRowBytes;
  fence_compiler();
  _tile_loadconfig(&config);
}

__mmask16 mask(std::int64_t count) {
  return static_cast<__mmask16>(count >= 16 ? 0xFFFFu : (1u << count) - 1);
}

// Rows and columns of 4-byte elements change places.
void transpose(__m512i (&r)[16]) {
  __m512i t[16];
#pragma GCC unroll 8
  for (int i = 0; i < 8; ++i) {
    t[2 * i] = _mm512_unpacklo_epi32(r[2 * i], r[2 * i + 1]);
    t[2 * i + 1] = _mm512_unpackhi_epi32(r[2 * i], r[2 * i + 1]);
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; ++i) {
    r[4 * i] = _mm512_unpacklo_epi64(t[4 * i], t[4 * i + 2]);
    r[4 * i + 1] = _mm512_unpackhi_epi64(t[4 * i], t[4 * i + 2]);
    r[4 * i + 2] = _mm512_unpacklo_epi64(t[4 * i + 1], t[4 * i + 3]);
    r[4 * i + 3] = _mm512_unpackhi_epi64(t[4 * i + 1], t[4 * i + 3]);
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; ++i) {
    t[i] = _mm512_shuffle_i32x4(r[i], r[4 + i], 0x88);
    t[4 + i] = _mm512_shuffle_i32x4(r[i], r[4 + i], 0xDD);
    t[8 + i] = _mm512_shuffle_i32x4(r[8 + i], r[12 + i], 0x88);
    t[12 + i] = _mm512_shuffle_i32x4(r[8 + i], r[12 + i], 0xDD);
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; ++i) {
    r[i] = _mm512_shuffle_i32x4(t[i], t[8 + i], 0x88);
    r[8 + i] = _mm512_shuffle_i32x4(t[i], t[8 + i], 0xDD);
    r[4 + i] = _mm512_shuffle_i32x4(t[4 + i], t[12 + i], 0x88);
    r[12 + i] = _mm512_shuffle_i32x4(t[4 + i], t[12 + i], 0xDD);
  }
}

__m512i to_bf16(__m512 low, __m512 high) {
  return reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(high, low));
}

// `count` inputs (at most 32) of one row of x as pairs of bf16; beyond them zeros.
__m512i pairs_of(const float* x, std::int64_t count) {
  if (count >= kDepth) return to_bf16(_mm512_loadu_ps(x), _mm512_loadu_ps(x + 16));
  const __m512 low = _mm512_maskz_loadu_ps(mask(count), x);
  if (count <= 16) return to_bf16(low, _mm512_setzero_ps());
  return to_bf16(low, _mm512_maskz_loadu_ps(mask(count - 16), x + 16));
}

// One block of rows, one step: [pair of inputs][row][2].
void pack_tile(const float* x, std::int64_t rows, std::int64_t columns, std::int64_t in,
               std::int64_t count, std::byte* to) {
  if (columns == 1) return _mm512_storeu_si512(to, pairs_of(x, count));
  __m512i r[16];
  for (std::int64_t i = 0; i < 16; ++i) {
    r[i] = i < rows ? pairs_of(x + i * in, count) : _mm512_setzero_si512();
  }
  transpose(r);
  for (std::int64_t i = 0; i < 16; ++i) {
    _mm512_mask_storeu_epi32(to + i * columns * 4, mask(columns), r[i]);
  }
}

// Sixteen weight rows as tiles: whole steps from `data`, the step of the remaining inputs, if any,
// from `last`, padded with zeros.
struct Panel {
  const std::byte* data = nullptr;
  std::int64_t stride = 0;
  const std::byte* last = nullptr;
  std::int64_t last_stride = 0;
};

std::int64_t panel_bytes(std::int64_t in) { return steps_of(in) * kTileBytes; }

// `count` inputs (at most 32) of one weight row as bf16; beyond them zeros.
__m512i weights_of(WeightType type, const std::byte* row, std::int64_t count) {
  const __mmask32 valid = static_cast<__mmask32>(count >= 32 ? 0xFFFFFFFFu : (1u << count) - 1);
  if (type == WeightType::kBf16) return _mm512_maskz_loadu_epi16(valid, row);
  const __m256i bytes = _mm256_maskz_loadu_epi8(valid, row);
  const __m512i low = _mm512_cvtepi8_epi32(_mm256_castsi256_si128(bytes));
  const __m512i high = _mm512_cvtepi8_epi32(_mm256_extracti128_si256(bytes, 1));
  return to_bf16(_mm512_cvtepi32_ps(low), _mm512_cvtepi32_ps(high));
}

// Copies steps [begin, end) of weight rows [n, n + rows) to `to`, rows `stride` bytes apart.
void copy_panel(const Linear& weight, std::int64_t in, std::int64_t n, std::int64_t rows,
                std::int64_t begin, std::int64_t end, std::byte* to, std::int64_t stride) {
  const std::int64_t bytes = weight.type == WeightType::kBf16 ? 2 : 1;
  const auto* from = static_cast<const std::byte*>(weight.data) + n * in * bytes;
  for (std::int64_t i = 0; i < 16; ++i) {
    for (std::int64_t s = begin; s < end; ++s) {
      const __m512i values =
          i < rows ? weights_of(weight.type, from + (i * in + s * kDepth) * bytes, in - s * kDepth)
                   : _mm512_setzero_si512();
      _mm512_storeu_si512(to + i * stride + (s - begin) * kTileRowBytes, values);
    }
  }
}

// `scratch`: panel_bytes(in). Whole bf16 blocks are used where they lie.
Panel make_panel(const Linear& weight, std::int64_t in, std::int64_t n, std::int64_t out_end,
                 std::byte* scratch) {
  const std::int64_t rows = out_end - n < kBlock ? out_end - n : kBlock;
  const std::int64_t steps = steps_of(in);
  if (weight.type == WeightType::kBf16 && rows == kBlock) {
    if (in % kDepth) {
      copy_panel(weight, in, n, rows, steps - 1, steps, scratch, kTileRowBytes);
    }
    return {static_cast<const std::byte*>(weight.data) + n * in * 2, in * 2, scratch,
            kTileRowBytes};
  }
  const std::int64_t stride = steps * kTileRowBytes;
  copy_panel(weight, in, n, rows, 0, steps, scratch, stride);
  return {scratch, stride, scratch + (steps - 1) * kTileRowBytes, stride};
}

// One step of N panels and M blocks of x.
template <int N, int M>
inline void multiply(const std::byte* a0, std::int64_t stride0, const std::byte* a1,
                     std::int64_t stride1, const std::byte* b0, const std::byte* b1,
                     std::int64_t b_stride) {
  _tile_loadd(4, a0, stride0);
  _tile_loadd(6, b0, b_stride);
  _tile_dpbf16ps(0, 4, 6);
  if constexpr (N == 2) {
    _tile_loadd(5, a1, stride1);
    _tile_dpbf16ps(1, 5, 6);
  }
  if constexpr (M == 2) {
    _tile_loadd(7, b1, b_stride);
    _tile_dpbf16ps(2, 4, 7);
    if constexpr (N == 2) _tile_dpbf16ps(3, 5, 7);
  }
}

// Sums of N panels and M blocks of x → sums[m · 2 + n], each [16, columns]. `ahead`: weights wanted
// next, fetched along the way.
template <int N, int M>
void multiply_panels(const Panel* panels, const std::byte* x, std::int64_t x_block_bytes,
                     std::int64_t columns, std::int64_t in, const std::byte* ahead,
                     std::byte* sums) {
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
  const std::int64_t step_bytes = packed_tile_bytes(columns);
  const std::int64_t x_stride = 4 * columns;
  const std::int64_t whole = in / kDepth;
  const std::byte* a0 = panels[0].data;
  const std::byte* a1 = panels[N - 1].data;
  for (std::int64_t s = 0; s < whole; ++s) {
    if (ahead) {
#pragma GCC unroll 32
      for (int line = 0; line < N * 16; ++line) {
        _mm_prefetch(reinterpret_cast<const char*>(ahead) + line * 64, _MM_HINT_T1);
      }
      ahead += N * kTileBytes;
    }
    multiply<N, M>(a0, panels[0].stride, a1, panels[N - 1].stride, x, x + x_block_bytes, x_stride);
    a0 += kTileRowBytes;
    a1 += kTileRowBytes;
    x += step_bytes;
  }
  if (in % kDepth) {
    multiply<N, M>(panels[0].last, panels[0].last_stride, panels[N - 1].last,
                   panels[N - 1].last_stride, x, x + x_block_bytes, x_stride);
  }
  _tile_stored(0, sums, x_stride);
  if constexpr (N == 2) _tile_stored(1, sums + kTileBytes, x_stride);
  if constexpr (M == 2) _tile_stored(2, sums + 2 * kTileBytes, x_stride);
  if constexpr (M == 2 && N == 2) _tile_stored(3, sums + 3 * kTileBytes, x_stride);
  fence_compiler();
}

// Scale, bias, add: sixteen outputs of one row.
void finish(const LinearTask& task, std::int64_t m, std::int64_t n, __mmask16 valid, __m512 value) {
  float* y = task.y + m * task.stride + n;
  if (task.weight.scales) {
    value = _mm512_mul_ps(value, _mm512_maskz_loadu_ps(valid, task.weight.scales + n));
  }
  if (task.weight.bias) {
    value = _mm512_add_ps(value, _mm512_maskz_loadu_ps(valid, task.weight.bias + n));
  }
  if (task.add) value = _mm512_add_ps(_mm512_maskz_loadu_ps(valid, y), value);
  _mm512_mask_storeu_ps(y, valid, value);
}

// One tile of sums [16, columns] → rows [m, m + rows) of y, outputs from n.
void store_tile(const LinearTask& task, const std::byte* sums, std::int64_t columns, std::int64_t m,
                std::int64_t rows, std::int64_t n, std::int64_t out_end) {
  const __mmask16 valid = mask(out_end - n);
  if (columns == 1) return finish(task, m, n, valid, _mm512_loadu_ps(sums));
  __m512i r[16];
  for (std::int64_t i = 0; i < 16; ++i) {
    r[i] = _mm512_maskz_loadu_epi32(mask(columns), sums + i * columns * 4);
  }
  transpose(r);
  for (std::int64_t i = 0; i < rows; ++i) finish(task, m + i, n, valid, _mm512_castsi512_ps(r[i]));
}

// N panels from weight row n with all rows of x of the part.
template <int N>
void multiply_rows(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
                   std::int64_t n, std::byte* scratch) {
  const std::int64_t columns = columns_of(pass.rows);
  const std::int64_t block_bytes = steps_of(pass.in) * packed_tile_bytes(columns);
  Panel panels[N];
  for (int i = 0; i < N; ++i) {
    panels[i] = make_panel(task.weight, pass.in, n + i * kBlock, part.out_end,
                           scratch + i * panel_bytes(pass.in));
  }
  fence_compiler();
  std::byte* const sums = scratch + 2 * panel_bytes(pass.in);
  const std::byte* ahead = nullptr;
  if (task.weight.type == WeightType::kBf16) {
    ahead = static_cast<const std::byte*>(task.weight.data) + (n + N * kBlock) * pass.in * 2;
  }
  for (std::int64_t m = part.row_begin; m < part.row_end;) {
    const std::byte* x = pass.packed + m / kBlock * block_bytes;
    const int blocks = part.row_end - m > kBlock ? 2 : 1;
    if (blocks == 2) {
      multiply_panels<N, 2>(panels, x, block_bytes, columns, pass.in, ahead, sums);
    } else {
      multiply_panels<N, 1>(panels, x, 0, columns, pass.in, ahead, sums);
    }
    ahead = nullptr;
    for (int b = 0; b < blocks; ++b, m += kBlock) {
      const std::int64_t rows = part.row_end - m < kBlock ? part.row_end - m : kBlock;
      for (int i = 0; i < N; ++i) {
        store_tile(task, sums + (b * 2 + i) * kTileBytes, columns, m, rows, n + i * kBlock,
                   part.out_end);
      }
    }
  }
}

}  // namespace

std::size_t amx_packed_bytes(std::int64_t rows, std::int64_t in) {
  const std::int64_t blocks = (rows + kBlock - 1) / kBlock;
  return static_cast<std::size_t>(blocks * steps_of(in) * packed_tile_bytes(columns_of(rows)));
}

void amx_pack(const LinearPass& pass, std::int64_t row_begin, std::int64_t row_end,
              std::byte* packed) {
  const std::int64_t columns = columns_of(pass.rows);
  const std::int64_t tile_bytes = packed_tile_bytes(columns);
  std::byte* to = packed + row_begin / kBlock * steps_of(pass.in) * tile_bytes;
  for (std::int64_t m = row_begin; m < row_end; m += kBlock) {
    const std::int64_t rows = row_end - m < kBlock ? row_end - m : kBlock;
    for (std::int64_t k = 0; k < pass.in; k += kDepth, to += tile_bytes) {
      pack_tile(pass.x + m * pass.in + k, rows, columns, pass.in, pass.in - k, to);
    }
  }
}

std::size_t amx_linear_scratch(std::int64_t in) {
  return static_cast<std::size_t>(2 * panel_bytes(in) + 4 * kTileBytes);
}

void amx_linear(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
                std::byte* scratch) {
  configure_tiles(columns_of(pass.rows));
  std::int64_t n = part.out_begin;
  for (; part.out_end - n > kBlock; n += 2 * kBlock) {
    multiply_rows<2>(pass, task, part, n, scratch);
  }
  if (n < part.out_end) multiply_rows<1>(pass, task, part, n, scratch);
  _tile_release();
}

}  // namespace sightline::kernels
