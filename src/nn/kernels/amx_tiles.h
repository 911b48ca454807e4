// Tiles and their layouts, shared by the AMX sources. Include only in sources compiled for AMX.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

#include "nn/kernels/kernel_set.h"

namespace sightline::kernels {

constexpr std::int64_t kTileBytes = 1024;    // of a full tile
constexpr std::int64_t kTileRowBytes = 64;   // of a weight row, a step
constexpr float kFixedPointMost = 32639.0f;  // 256 · 127 + 127: largest x in two signed digits

// Rows of x that a tile holds: a block of them, or all there are.
inline std::int64_t columns_of(std::int64_t rows) { return rows < kBlock ? rows : kBlock; }

// Steps of 64 bytes in a weight row.
inline std::int64_t steps_of(WeightType type, std::int64_t in) {
  const std::int64_t row_bytes = type == WeightType::kBf16 ? in * 2 : in;
  return (row_bytes + kTileRowBytes - 1) / kTileRowBytes;
}

// x as amx_pack leaves it. A plane is [step][4 bytes of a weight row][column][4 bytes of x], a
// block of rows has one plane (bf16) or two (int8: high digits, low digits); before the blocks lie
// the rows' scales (int8).
struct PackedLayout {
  std::int64_t columns;
  std::int64_t steps;
  std::int64_t planes;
  std::int64_t scale_bytes;

  PackedLayout(WeightType type, std::int64_t rows, std::int64_t in)
      : columns(columns_of(rows)),
        steps(steps_of(type, in)),
        planes(type == WeightType::kInt8 ? 2 : 1),
        scale_bytes(type == WeightType::kInt8 ? (rows * 4 + 63) / 64 * 64 : 0) {}

  std::int64_t row_stride() const { return 4 * columns; }
  std::int64_t step_bytes() const { return 16 * row_stride(); }
  std::int64_t plane_bytes() const { return steps * step_bytes(); }
  std::int64_t block(std::int64_t row) const {
    return scale_bytes + row / kBlock * planes * plane_bytes();
  }
};

inline __mmask16 first_lanes(std::int64_t count) {
  return static_cast<__mmask16>(count >= 16 ? 0xFFFFu : (1u << count) - 1);
}

// Rows and columns change places.
inline void transpose(__m512 (&r)[16]) {
  __m512d t[16];
#pragma GCC unroll 8
  for (int i = 0; i < 8; ++i) {
    t[2 * i] = _mm512_castps_pd(_mm512_unpacklo_ps(r[2 * i], r[2 * i + 1]));
    t[2 * i + 1] = _mm512_castps_pd(_mm512_unpackhi_ps(r[2 * i], r[2 * i + 1]));
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; ++i) {
    r[4 * i] = _mm512_castpd_ps(_mm512_unpacklo_pd(t[4 * i], t[4 * i + 2]));
    r[4 * i + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(t[4 * i], t[4 * i + 2]));
    r[4 * i + 2] = _mm512_castpd_ps(_mm512_unpacklo_pd(t[4 * i + 1], t[4 * i + 3]));
    r[4 * i + 3] = _mm512_castpd_ps(_mm512_unpackhi_pd(t[4 * i + 1], t[4 * i + 3]));
  }
  __m512 q[16];
#pragma GCC unroll 4
  for (int i = 0; i < 4; ++i) {
    q[i] = _mm512_shuffle_f32x4(r[i], r[4 + i], 0x88);
    q[4 + i] = _mm512_shuffle_f32x4(r[i], r[4 + i], 0xDD);
    q[8 + i] = _mm512_shuffle_f32x4(r[8 + i], r[12 + i], 0x88);
    q[12 + i] = _mm512_shuffle_f32x4(r[8 + i], r[12 + i], 0xDD);
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; ++i) {
    r[i] = _mm512_shuffle_f32x4(q[i], q[8 + i], 0x88);
    r[8 + i] = _mm512_shuffle_f32x4(q[i], q[8 + i], 0xDD);
    r[4 + i] = _mm512_shuffle_f32x4(q[4 + i], q[12 + i], 0x88);
    r[12 + i] = _mm512_shuffle_f32x4(q[4 + i], q[12 + i], 0xDD);
  }
}

// What the tile instructions read and write is invisible to the compiler.
inline void fence_compiler() { asm volatile("" ::: "memory"); }

struct alignas(64) TileConfig {
  std::uint8_t palette = 1;
  std::uint8_t start_row = 0;
  std::uint8_t reserved[14] = {};
  std::uint16_t row_bytes[16] = {};
  std::uint8_t rows[16] = {};
};

// Tiles 0 … 3: sums [16 weight rows, columns]; 4 and 5: weights [16, 64 bytes]; 6 and 7: x [16,
// columns of 4 bytes].
inline void configure_tiles(std::int64_t columns) {
  TileConfig config;
  for (int tile = 0; tile < 8; ++tile) {
    config.rows[tile] = 16;
    config.row_bytes[tile] = static_cast<std::uint16_t>(4 * columns);
  }
  config.row_bytes[4] = config.row_bytes[5] = kTileRowBytes;
  fence_compiler();
  _tile_loadconfig(&config);
}

}  // namespace sightline::kernels
