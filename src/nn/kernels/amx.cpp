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

// A tile's weight rows in the checkpoint: `count` of at most sixteen, `stride` bytes apart.
struct WeightRows {
  const std::byte* first = nullptr;
  std::int64_t stride = 0;
  std::int64_t count = 0;
};

// Where the weight tiles of successive steps lie.
struct Panel {
  const std::byte* data = nullptr;
  std::int64_t row_stride = 0;
  std::int64_t step_stride = 0;
};

std::int64_t panel_bytes(std::int64_t in) { return steps_of(in) * kTileBytes; }

std::int64_t element_bytes(const Linear& weight) {
  return weight.type == WeightType::kBf16 ? 2 : 1;
}

// `count` inputs (at most 32) of one weight row as bf16; beyond them zeros.
__m512i weights_of(WeightType type, const std::byte* row, std::int64_t count) {
  const auto valid = static_cast<__mmask32>(count >= kDepth ? 0xFFFFFFFFu : (1u << count) - 1);
  if (type == WeightType::kBf16) return _mm512_maskz_loadu_epi16(valid, row);
  __m128i low, high;
  if (count >= kDepth) {
    low = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row));
    high = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row + 16));
  } else {
    const __m256i bytes = _mm256_maskz_loadu_epi8(valid, row);
    low = _mm256_castsi256_si128(bytes);
    high = _mm256_extracti128_si256(bytes, 1);
  }
  return to_bf16(_mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(low)),
                 _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(high)));
}

// Steps [begin, end) of the rows as whole bf16 tiles, one after another; what is missing is zero.
Panel widen(const Linear& weight, const WeightRows& rows, std::int64_t in, std::int64_t begin,
            std::int64_t end, std::byte* to) {
  const std::int64_t step_bytes = kDepth * element_bytes(weight);
  for (std::int64_t s = begin; s < end; ++s) {
    std::byte* const tile = to + (s - begin) * kTileBytes;
    const std::byte* from = rows.first + s * step_bytes;
    for (std::int64_t i = 0; i < rows.count; ++i, from += rows.stride) {
      _mm512_storeu_si512(tile + i * kTileRowBytes, weights_of(weight.type, from, in - s * kDepth));
    }
    for (std::int64_t i = rows.count; i < kBlock; ++i) {
      _mm512_storeu_si512(tile + i * kTileRowBytes, _mm512_setzero_si512());
    }
  }
  fence_compiler();
  return {to, kTileRowBytes, kTileBytes};
}

// Blocks of x rows for the tiles: the first at `data`, the second `block_bytes` after it.
struct PackedRows {
  const std::byte* data = nullptr;
  std::int64_t block_bytes = 0;
  std::int64_t columns = 0;

  std::int64_t step_bytes() const { return packed_tile_bytes(columns); }
  std::int64_t stride() const { return 4 * columns; }
};

// Weights wanted soon: `lines` cache lines a step from each of sixteen places.
struct Ahead {
  const std::byte* data = nullptr;
  std::int64_t stride = 0;
  int lines = 0;
};

inline void fetch(Ahead& ahead) {
  for (int line = 0; line < ahead.lines; ++line, ahead.data += 64) {
#pragma GCC unroll 16
    for (int i = 0; i < 16; ++i) {
      _mm_prefetch(reinterpret_cast<const char*>(ahead.data + i * ahead.stride), _MM_HINT_T1);
    }
  }
}

// Tile 2m + n += panel n · block m over `steps` steps, of N panels and M blocks of x.
template <int N, int M>
void accumulate(const Panel* panels, const PackedRows& x, std::int64_t first, std::int64_t steps,
                Ahead ahead) {
  const std::byte* a0 = panels[0].data;
  const std::byte* a1 = panels[N - 1].data;
  const std::byte* b = x.data + first * x.step_bytes();
  for (std::int64_t s = 0; s < steps; ++s) {
    fetch(ahead);
    _tile_loadd(4, a0, panels[0].row_stride);
    _tile_loadd(6, b, x.stride());
    _tile_dpbf16ps(0, 4, 6);
    if constexpr (N == 2) {
      _tile_loadd(5, a1, panels[N - 1].row_stride);
      _tile_dpbf16ps(1, 5, 6);
    }
    if constexpr (M == 2) {
      _tile_loadd(7, b + x.block_bytes, x.stride());
      _tile_dpbf16ps(2, 4, 7);
      if constexpr (N == 2) _tile_dpbf16ps(3, 5, 7);
    }
    a0 += panels[0].step_stride;
    a1 += panels[N - 1].step_stride;
    b += x.step_bytes();
  }
}

void zero_sums() {
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
}

// Outputs [n, n + 16) of row m, those that are valid: scale, bias, add.
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

// A stored tile of sums [16 weight rows, columns] → r[column], sixteen outputs each.
void columns_of_tile(const std::byte* sums, std::int64_t columns, __m512i (&r)[16]) {
  if (columns == 1) {
    r[0] = _mm512_loadu_si512(sums);
    return;
  }
  for (std::int64_t i = 0; i < 16; ++i) {
    r[i] = _mm512_maskz_loadu_epi32(mask(columns), sums + i * columns * 4);
  }
  transpose(r);
}

// Few rows of x (one block): the time goes into reading weights, which comes fastest from many
// places at once. So a tile takes weight rows that lie apart: with `apart` = 8, rows 0, 8, 16 …
// 120, the next tile rows 1, 9 …, until a group of 128 rows is done.
class Streaming {
  static constexpr std::int64_t kChunk = 8;  // steps widened at once: they stay in the first cache

 public:
  static constexpr std::int64_t kScratch =
      kChunk * kTileBytes + kTileBytes + kBlock * kBlock * kMostApart * 4;

  Streaming(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
            std::byte* scratch)
      : pass_(pass), task_(task), part_(part), wide_(scratch) {
    sums_ = wide_ + kChunk * kTileBytes;
    outputs_ = reinterpret_cast<float*>(sums_ + kTileBytes);
    x_.columns = columns_of(pass.rows);
    x_.data = pass.packed + part.row_begin / kBlock * steps_of(pass.in) * x_.step_bytes();
  }

  void run() {
    std::int64_t n = part_.out_begin;
    while (part_.out_end - n >= kBlock) {
      const std::int64_t apart = rows_apart((part_.out_end - n) / kBlock, row_bytes());
      group(n, apart, kBlock);
      n += apart * kBlock;
    }
    if (n < part_.out_end) group(n, 1, part_.out_end - n);
  }

 private:
  std::int64_t row_bytes() const { return pass_.in * element_bytes(task_.weight); }

  // `apart` tiles of `count` rows each, from weight row n.
  void group(std::int64_t n, std::int64_t apart, std::int64_t count) {
    const std::int64_t rows = part_.row_end - part_.row_begin;
    const std::int64_t pitch = apart * kBlock;
    const auto* data = static_cast<const std::byte*>(task_.weight.data);
    const __m512i places =
        _mm512_mullo_epi32(_mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
                           _mm512_set1_epi32(static_cast<int>(apart)));
    for (std::int64_t j = 0; j < apart; ++j) {
      tile({data + (n + j) * row_bytes(), apart * row_bytes(), count});
      __m512i r[16];
      columns_of_tile(sums_, x_.columns, r);
      for (std::int64_t m = 0; m < rows; ++m) {
        _mm512_i32scatter_epi32(outputs_ + m * pitch + j, places, r[m], 4);
      }
    }
    for (std::int64_t m = 0; m < rows; ++m) {
      for (std::int64_t i = 0; i < apart; ++i) {
        finish(task_, part_.row_begin + m, n + i * kBlock, mask(part_.out_end - n - i * kBlock),
               _mm512_loadu_ps(outputs_ + m * pitch + i * kBlock));
      }
    }
  }

  // The sums of one tile's weight rows, to sums_.
  void tile(const WeightRows& rows) {
    const std::int64_t steps = steps_of(pass_.in);
    std::int64_t s = 0;
    zero_sums();
    if (task_.weight.type == WeightType::kBf16 && rows.count == kBlock) {
      const Panel panel = {rows.first, rows.stride, kTileRowBytes};
      s = pass_.in / kDepth;
      accumulate<1, 1>(&panel, x_, 0, s, {});
    }
    for (; s < steps; s += kChunk) {
      const std::int64_t end = s + kChunk < steps ? s + kChunk : steps;
      const Panel panel = widen(task_.weight, rows, pass_.in, s, end, wide_);
      accumulate<1, 1>(&panel, x_, s, end - s, {});
    }
    _tile_stored(0, sums_, x_.stride());
    fence_compiler();
  }

  const LinearPass& pass_;
  const LinearTask& task_;
  const LinearPart& part_;
  PackedRows x_;
  std::byte* wide_;  // [kChunk] tiles
  std::byte* sums_;  // one tile
  float* outputs_;   // [rows, 16 · apart]
};

// Many rows of x: two panels of sixteen weight rows times two blocks of rows at a time.
class Blocked {
 public:
  static std::int64_t scratch(std::int64_t in) { return 2 * panel_bytes(in) + 4 * kTileBytes; }

  Blocked(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
          std::byte* scratch)
      : pass_(pass), task_(task), part_(part), wide_(scratch) {
    sums_ = wide_ + 2 * panel_bytes(pass.in);
    x_.columns = columns_of(pass.rows);
    x_.block_bytes = steps_of(pass.in) * x_.step_bytes();
  }

  void run() {
    const std::int64_t row_bytes = pass_.in * element_bytes(task_.weight);
    const std::int64_t pairs = (part_.out_end - part_.out_begin + 2 * kBlock - 1) / (2 * kBlock);
    const std::int64_t group = (rows_apart(2 * pairs, row_bytes) + 1) / 2;
    const auto* data = static_cast<const std::byte*>(task_.weight.data);
    const int lines = static_cast<int>(element_bytes(task_.weight));
    for (std::int64_t p = 0; p < pairs; ++p) {
      // While one group of pairs is multiplied, the next comes, from sixteen places of it at once.
      const std::int64_t next = part_.out_begin + (p / group + 1) * group * 2 * kBlock;
      const std::int64_t stride = group * 2 * row_bytes;
      const Ahead ahead = {data + next * row_bytes + p % group * 2 * row_bytes, stride, lines};
      const std::int64_t n = part_.out_begin + p * 2 * kBlock;
      if (part_.out_end - n > kBlock) {
        panels<2>(n, ahead);
      } else {
        panels<1>(n, ahead);
      }
    }
  }

 private:
  // N panels from weight row n with all rows of x.
  template <int N>
  void panels(std::int64_t n, Ahead ahead) {
    Panel whole[N];
    Panel last[N];
    std::int64_t steps = 0;  // of `whole`
    for (std::int64_t i = 0; i < N; ++i) {
      steps = make_panel(n + i * kBlock, wide_ + i * panel_bytes(pass_.in), whole[i], last[i]);
    }
    for (std::int64_t m = part_.row_begin; m < part_.row_end; m += 2 * kBlock) {
      x_.data = pass_.packed + m / kBlock * x_.block_bytes;
      if (part_.row_end - m > kBlock) {
        blocks<N, 2>(whole, last, steps, m, n, ahead);
      } else {
        blocks<N, 1>(whole, last, steps, m, n, ahead);
      }
      ahead = {};
    }
  }

  // Sixteen rows from n: `whole` steps where they lie if that can be, the last step padded. All
  // panels of a task divide alike but for the rows past its end, which are copied whole.
  std::int64_t make_panel(std::int64_t n, std::byte* wide, Panel& whole, Panel& last) const {
    const std::int64_t row_bytes = pass_.in * element_bytes(task_.weight);
    const std::int64_t left = part_.out_end - n;
    const WeightRows rows = {static_cast<const std::byte*>(task_.weight.data) + n * row_bytes,
                             row_bytes, left < kBlock ? left : kBlock};
    const std::int64_t steps = pass_.in / kDepth;
    if (task_.weight.type == WeightType::kBf16 && rows.count == kBlock) {
      whole = {rows.first, row_bytes, kTileRowBytes};
      last = widen(task_.weight, rows, pass_.in, steps, steps_of(pass_.in), wide);
    } else {
      whole = widen(task_.weight, rows, pass_.in, 0, steps_of(pass_.in), wide);
      last = {whole.data + steps * kTileBytes, whole.row_stride, whole.step_stride};
    }
    return steps;
  }

  template <int N, int M>
  void blocks(const Panel* whole, const Panel* last, std::int64_t steps, std::int64_t m,
              std::int64_t n, const Ahead& ahead) {
    zero_sums();
    accumulate<N, M>(whole, x_, 0, steps, ahead);
    if (pass_.in % kDepth) accumulate<N, M>(last, x_, steps, 1, {});
    _tile_stored(0, sums_, kTileRowBytes);
    if constexpr (N == 2) _tile_stored(1, sums_ + kTileBytes, kTileRowBytes);
    if constexpr (M == 2) _tile_stored(2, sums_ + 2 * kTileBytes, kTileRowBytes);
    if constexpr (M == 2 && N == 2) _tile_stored(3, sums_ + 3 * kTileBytes, kTileRowBytes);
    fence_compiler();
    for (std::int64_t b = 0; b < M; ++b) {
      for (std::int64_t i = 0; i < N; ++i) {
        store_tile(sums_ + (2 * b + i) * kTileBytes, m + b * kBlock, n + i * kBlock);
      }
    }
  }

  void store_tile(const std::byte* sums, std::int64_t m, std::int64_t n) const {
    const std::int64_t rows = part_.row_end - m < kBlock ? part_.row_end - m : kBlock;
    const __mmask16 valid = mask(part_.out_end - n);
    __m512i r[16];
    columns_of_tile(sums, kBlock, r);
    for (std::int64_t i = 0; i < rows; ++i) {
      finish(task_, m + i, n, valid, _mm512_castsi512_ps(r[i]));
    }
  }

  const LinearPass& pass_;
  const LinearTask& task_;
  const LinearPart& part_;
  PackedRows x_;
  std::byte* wide_;  // two panels
  std::byte* sums_;  // four tiles
};

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
  const std::int64_t blocked = Blocked::scratch(in);
  return static_cast<std::size_t>(blocked > Streaming::kScratch ? blocked : Streaming::kScratch);
}

void amx_linear(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
                std::byte* scratch) {
  configure_tiles(columns_of(pass.rows));
  if (part.row_end - part.row_begin <= kBlock) {
    Streaming(pass, task, part, scratch).run();
  } else {
    Blocked(pass, task, part, scratch).run();
  }
  _tile_release();
}

}  // namespace sightline::kernels
