#include "nn/kernels/amx.h"

#include "nn/kernels/amx_tiles.h"

namespace sightline::kernels {
namespace {

std::int64_t row_bytes_of(WeightType type, std::int64_t in) {
  return type == WeightType::kBf16 ? in * 2 : in;
}

// Where the weight tiles of successive steps lie.
struct Panel {
  const std::byte* data = nullptr;
  std::int64_t row_stride = 0;
  std::int64_t step_stride = 0;
};

// A tile's weight rows in the checkpoint: `count` of at most sixteen, `stride` bytes apart.
struct WeightRows {
  const std::byte* first = nullptr;
  std::int64_t stride = 0;
  std::int64_t count = 0;
  std::int64_t bytes = 0;  // of a row

  // Steps in which all sixteen rows have 64 bytes: these need no copy.
  std::int64_t whole_steps() const { return count == kBlock ? bytes / kTileRowBytes : 0; }
};

// Copies steps [begin, end) as whole tiles, one after another; what is missing is zero.
Panel copy_steps(const WeightRows& rows, std::int64_t begin, std::int64_t end, std::byte* to) {
  for (std::int64_t s = begin; s < end; ++s) {
    const std::int64_t left = rows.bytes - s * kTileRowBytes;
    const __mmask64 valid = left >= 64 ? ~__mmask64{0} : (__mmask64{1} << left) - 1;
    for (std::int64_t i = 0; i < kBlock; ++i) {
      const __mmask64 wanted = i < rows.count ? valid : 0;
      const std::byte* from = wanted ? rows.first + i * rows.stride + s * kTileRowBytes : to;
      _mm512_store_si512(to + (s - begin) * kTileBytes + i * kTileRowBytes,
                         _mm512_maskz_loadu_epi8(wanted, from));
    }
  }
  fence_compiler();
  return {to, kTileRowBytes, kTileBytes};
}

// Weights wanted soon: two cache lines a step from each of sixteen places.
struct Ahead {
  const std::byte* data = nullptr;
  std::int64_t stride = 0;
};

inline void fetch(Ahead& ahead) {
#pragma GCC unroll 16
  for (int i = 0; i < 16; ++i) {
    const auto* place = reinterpret_cast<const char*>(ahead.data + i * ahead.stride);
    _mm_prefetch(place, _MM_HINT_T1);
    _mm_prefetch(place + 64, _MM_HINT_T1);
  }
  ahead.data += 128;
}

// x for the tiles: planes, each `pitch` bytes after the one before.
struct Planes {
  const std::byte* data = nullptr;
  std::int64_t pitch = 0;
  std::int64_t row_stride = 0;
  std::int64_t step_bytes = 0;
};

// The intrinsics take literal tile numbers only.
template <WeightType kType, int kSums, int kWeights, int kX>
inline void multiply() {
  if constexpr (kType == WeightType::kBf16) {
    asm volatile("tdpbf16ps %%tmm%c2, %%tmm%c1, %%tmm%c0" ::"i"(kSums), "i"(kWeights), "i"(kX));
  } else {
    asm volatile("tdpbssd %%tmm%c2, %%tmm%c1, %%tmm%c0" ::"i"(kSums), "i"(kWeights), "i"(kX));
  }
}

// Tile N·p + n += panel n · plane p over `steps` steps from `first`, of N panels and P planes, N·P
// ≤ 4.
template <WeightType kType, int N, int P>
void accumulate(const Panel* panels, const Planes& x, std::int64_t first, std::int64_t steps,
                Ahead ahead) {
  const std::byte* a0 = panels[0].data;
  const std::byte* a1 = panels[N - 1].data;
  const std::byte* b = x.data + first * x.step_bytes;
  for (std::int64_t s = 0; s < steps; ++s) {
    if (ahead.data) fetch(ahead);
    _tile_loadd(4, a0, panels[0].row_stride);
    _tile_loadd(6, b, x.row_stride);
    multiply<kType, 0, 4, 6>();
    if constexpr (N == 2) {
      _tile_loadd(5, a1, panels[1].row_stride);
      multiply<kType, 1, 5, 6>();
    }
    if constexpr (P >= 2) {
      _tile_loadd(7, b + x.pitch, x.row_stride);
      multiply<kType, N, 4, 7>();
      if constexpr (N == 2) multiply<kType, 3, 5, 7>();
    }
    if constexpr (P >= 3) {
      _tile_loadd(6, b + 2 * x.pitch, x.row_stride);
      multiply<kType, 2, 4, 6>();
    }
    if constexpr (P >= 4) {
      _tile_loadd(7, b + 3 * x.pitch, x.row_stride);
      multiply<kType, 3, 4, 7>();
    }
    a0 += panels[0].step_stride;
    a1 += panels[N - 1].step_stride;
    b += x.step_bytes;
  }
}

void zero_sums() {
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
}

// Tiles 0 … kTiles − 1 → sums, `pitch` bytes from one to the next.
template <int kTiles>
void store_sums(std::byte* sums, std::int64_t pitch, std::int64_t row_stride) {
  _tile_stored(0, sums, row_stride);
  if constexpr (kTiles >= 2) _tile_stored(1, sums + pitch, row_stride);
  if constexpr (kTiles >= 3) _tile_stored(2, sums + 2 * pitch, row_stride);
  if constexpr (kTiles >= 4) _tile_stored(3, sums + 3 * pitch, row_stride);
  fence_compiler();
}

// Outputs of `columns` rows of x from row m with sixteen weight rows, from stored sums:
// out[column]; int8: from the sums of the high digits, and those of the low digits `pitch` bytes
// later.
template <WeightType kType>
void outputs_of_tile(const std::byte* sums, std::int64_t pitch, const LinearPass& pass,
                     std::int64_t columns, std::int64_t m, __m512 (&out)[16]) {
  const std::int64_t values = columns == 1 ? 16 : columns;  // one column: a vector of all outputs
  const std::int64_t vectors = columns == 1 ? 1 : 16;
  const __mmask16 valid = first_lanes(values);
  if constexpr (kType == WeightType::kBf16) {
#pragma GCC unroll 16
    for (std::int64_t i = 0; i < vectors; ++i) {
      out[i] = _mm512_maskz_loadu_ps(valid, sums + i * values * 4);
    }
  } else {
    const float* scales = reinterpret_cast<const float*>(pass.packed[int(kType)]) + m;
    const __m512 scale = columns == 1 ? _mm512_set1_ps(*scales)
                                      : _mm512_maskz_loadu_ps(first_lanes(pass.rows - m), scales);
#pragma GCC unroll 16
    for (std::int64_t i = 0; i < vectors; ++i) {
      const std::byte* const high = sums + i * values * 4;
      const __m512i low = _mm512_maskz_loadu_epi32(valid, high + pitch);
      const __m512 sum = _mm512_fmadd_ps(_mm512_cvtepi32_ps(_mm512_maskz_loadu_epi32(valid, high)),
                                         _mm512_set1_ps(256), _mm512_cvtepi32_ps(low));
      out[i] = _mm512_mul_ps(sum, scale);
    }
  }
  if (columns > 1) transpose(out);
}

// What becomes of sums on their way to outputs [n, n + 16), those that are valid.
class Finish {
 public:
  Finish(const LinearTask& task, std::int64_t n, std::int64_t end)
      : valid_(first_lanes(end - n)), add_(task.add) {
    const Linear& weight = task.weight;
    scale_ = weight.scales ? _mm512_maskz_loadu_ps(valid_, weight.scales + n) : _mm512_set1_ps(1);
    bias_ = weight.bias ? _mm512_maskz_loadu_ps(valid_, weight.bias + n) : _mm512_setzero_ps();
  }

  void store(float* y, __m512 value) const {
    value = _mm512_add_ps(_mm512_mul_ps(value, scale_), bias_);
    if (add_) value = _mm512_add_ps(_mm512_maskz_loadu_ps(valid_, y), value);
    _mm512_mask_storeu_ps(y, valid_, value);
  }

 private:
  __mmask16 valid_;
  bool add_;
  __m512 scale_;
  __m512 bias_;
};

// A block of outputs: rows of x from m, as far as the part goes, and weight rows from n.
template <WeightType kType>
void store_outputs(const std::byte* sums, std::int64_t pitch, std::int64_t columns,
                   const LinearPass& pass, const LinearTask& task, const LinearPart& part,
                   std::int64_t m, std::int64_t n) {
  const Finish finish(task, n, part.out_end);
  float* const y = task.y + m * task.stride + n;
  __m512 out[16];
  outputs_of_tile<kType>(sums, pitch, pass, columns, m, out);
  if (part.row_end - m >= kBlock) {
#pragma GCC unroll 16
    for (std::int64_t i = 0; i < kBlock; ++i) finish.store(y + i * task.stride, out[i]);
  } else {
    const std::int64_t rows = part.row_end - m;
    for (std::int64_t i = 0; i < rows; ++i) finish.store(y + i * task.stride, out[i]);
  }
}

// Few rows of x: the time goes into reading weights, which comes fastest from many places at once.
// So a tile takes weight rows that lie apart: with `apart` = 8, rows 0, 8, 16 … 120, the next tile
// rows 1, 9 …, until a group of 128 rows is done. Storing the tiles puts the rows into order again.
template <WeightType kType>
class Streaming {
  static constexpr int kDigits = kType == WeightType::kInt8 ? 2 : 1;  // planes of a block of rows

 public:
  static constexpr std::int64_t kMostRows = (kDigits == 2 ? 2 : 3) * kBlock;  // measured
  static constexpr std::int64_t kScratch = kTileBytes + 4 * kMostApart * kTileBytes;

  Streaming(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
            std::byte* scratch)
      : pass_(pass),
        task_(task),
        part_(part),
        layout_(kType, pass.rows, pass.in),
        last_(scratch),
        sums_(scratch + kTileBytes) {
    x_ = {pass.packed[int(kType)] + layout_.block(part.row_begin), layout_.plane_bytes(),
          layout_.row_stride(), layout_.step_bytes()};
  }

  void run() {
    switch ((part_.row_end - part_.row_begin + kBlock - 1) / kBlock * kDigits) {
      case 1: return groups < kDigits == 1 ? 1 : 2 > ();
      case 2: return groups<2>();
      case 3: return groups < kDigits == 1 ? 3 : 4 > ();
      default: return groups<4>();
    }
  }

 private:
  template <int P>
  void groups() {
    const std::int64_t bytes = row_bytes_of(kType, pass_.in);
    std::int64_t n = part_.out_begin;
    while (part_.out_end - n >= kBlock) {
      const std::int64_t apart = rows_apart((part_.out_end - n) / kBlock, bytes);
      group<P>(n, apart, kBlock);
      n += apart * kBlock;
    }
    if (n < part_.out_end) group<P>(n, 1, part_.out_end - n);
  }

  // `apart` tiles of `count` rows each, from weight row n.
  template <int P>
  void group(std::int64_t n, std::int64_t apart, std::int64_t count) {
    const std::int64_t bytes = row_bytes_of(kType, pass_.in);
    const std::int64_t pitch = apart * kBlock * x_.row_stride;
    const auto* data = static_cast<const std::byte*>(task_.weight.data);
    for (std::int64_t j = 0; j < apart; ++j) {
      multiply_rows<P>({data + (n + j) * bytes, apart * bytes, count, bytes});
      store_sums<P>(sums_ + j * x_.row_stride, pitch, apart * x_.row_stride);
    }
    for (std::int64_t m = part_.row_begin; m < part_.row_end; m += kBlock) {
      const std::byte* sums = sums_ + (m - part_.row_begin) / kBlock * kDigits * pitch;
      for (std::int64_t i = 0; i < apart; ++i, sums += kBlock * x_.row_stride) {
        store_outputs<kType>(sums, pitch, layout_.columns, pass_, task_, part_, m, n + i * kBlock);
      }
    }
  }

  template <int P>
  void multiply_rows(const WeightRows& rows) {
    const Panel whole = {rows.first, rows.stride, kTileRowBytes};
    zero_sums();
    accumulate<kType, 1, P>(&whole, x_, 0, rows.whole_steps(), {});
    for (std::int64_t s = rows.whole_steps(); s < layout_.steps; ++s) {
      const Panel last = copy_steps(rows, s, s + 1, last_);
      accumulate<kType, 1, P>(&last, x_, s, 1, {});
    }
  }

  const LinearPass& pass_;
  const LinearTask& task_;
  const LinearPart& part_;
  PackedLayout layout_;
  Planes x_;
  std::byte* last_;  // one tile
  std::byte* sums_;  // [planes, 16 · apart, columns]
};

// Many rows of x: two panels of sixteen weight rows times two planes of x at a time, of two blocks
// of rows (bf16) or the two digits of one (int8).
template <WeightType kType>
class Blocked {
  static constexpr std::int64_t kRows = kType == WeightType::kInt8 ? kBlock : 2 * kBlock;

 public:
  static std::int64_t scratch(std::int64_t in) {
    return 2 * steps_of(kType, in) * kTileBytes + 4 * kTileBytes;
  }

  Blocked(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
          std::byte* scratch)
      : pass_(pass),
        task_(task),
        part_(part),
        layout_(kType, pass.rows, pass.in),
        sums_(scratch),
        copies_(scratch + 4 * kTileBytes) {
    x_ = {nullptr, layout_.plane_bytes(), layout_.row_stride(), layout_.step_bytes()};
  }

  void run() {
    const std::int64_t bytes = row_bytes_of(kType, pass_.in);
    const std::int64_t pairs = (part_.out_end - part_.out_begin + 2 * kBlock - 1) / (2 * kBlock);
    const std::int64_t group = (rows_apart(2 * pairs, bytes) + 1) / 2;
    const auto* data = static_cast<const std::byte*>(task_.weight.data);
    for (std::int64_t p = 0; p < pairs; ++p) {
      // While one group of pairs is multiplied, the next comes, from sixteen places of it at once.
      const std::int64_t next = part_.out_begin + (p / group + 1) * group * 2 * kBlock;
      const Ahead ahead = {data + next * bytes + p % group * 2 * bytes, group * 2 * bytes};
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
    for (std::int64_t i = 0; i < N; ++i) make_panel(n + i * kBlock, i, whole[i], last[i]);
    for (std::int64_t m = part_.row_begin; m < part_.row_end; m += kRows) {
      x_.data = pass_.packed[int(kType)] + layout_.block(m);
      if (kType == WeightType::kInt8 || part_.row_end - m > kBlock) {
        blocks<N, 2>(whole, last, m, n, ahead);
      } else {
        blocks<N, 1>(whole, last, m, n, ahead);
      }
      ahead = {};
    }
  }

  // Sixteen rows from n: whole steps where they lie, the last step padded; the rows at the end of a
  // task are copied.
  void make_panel(std::int64_t n, std::int64_t which, Panel& whole, Panel& last) const {
    const std::int64_t bytes = row_bytes_of(kType, pass_.in);
    const std::int64_t left = part_.out_end - n;
    const WeightRows rows = {static_cast<const std::byte*>(task_.weight.data) + n * bytes, bytes,
                             left < kBlock ? left : kBlock, bytes};
    std::byte* const copy = copies_ + which * layout_.steps * kTileBytes;
    if (rows.count == kBlock) {
      whole = {rows.first, bytes, kTileRowBytes};
      last = copy_steps(rows, rows.whole_steps(), layout_.steps, copy);
    } else {
      whole = copy_steps(rows, 0, layout_.steps, copy);
      last = whole;
      last.data += bytes / kTileRowBytes * kTileBytes;
    }
  }

  template <int N, int P>
  void blocks(const Panel* whole, const Panel* last, std::int64_t m, std::int64_t n,
              const Ahead& ahead) {
    const std::int64_t steps = row_bytes_of(kType, pass_.in) / kTileRowBytes;
    for (std::int64_t i = 0; i < kRows && m + i < part_.row_end; ++i) {  // y comes meanwhile
      const float* const y = task_.y + (m + i) * task_.stride + n;
      __builtin_prefetch(y, 1);
      if constexpr (N == 2) __builtin_prefetch(y + 16, 1);
    }
    zero_sums();
    accumulate<kType, N, P>(whole, x_, 0, steps, ahead);
    if (steps < layout_.steps) accumulate<kType, N, P>(last, x_, steps, 1, {});
    store_sums<N * P>(sums_, kTileBytes, kTileRowBytes);
    for (std::int64_t b = 0; b < kRows / kBlock && m + b * kBlock < part_.row_end; ++b) {
      for (std::int64_t i = 0; i < N; ++i) {
        store_outputs<kType>(sums_ + (N * b + i) * kTileBytes, N * kTileBytes, kBlock, pass_, task_,
                             part_, m + b * kBlock, n + i * kBlock);
      }
    }
  }

  const LinearPass& pass_;
  const LinearTask& task_;
  const LinearPart& part_;
  PackedLayout layout_;
  Planes x_;
  std::byte* sums_;    // four tiles
  std::byte* copies_;  // two panels
};

template <WeightType kType>
void run(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
         std::byte* scratch) {
  configure_tiles(columns_of(pass.rows));
  if (part.row_end - part.row_begin <= Streaming<kType>::kMostRows) {
    Streaming<kType>(pass, task, part, scratch).run();
  } else {
    Blocked<kType>(pass, task, part, scratch).run();
  }
  _tile_release();
}

}  // namespace

std::size_t amx_linear_scratch(std::int64_t in) {
  const std::int64_t streaming = Streaming<WeightType::kBf16>::kScratch;
  const std::int64_t blocked = Blocked<WeightType::kBf16>::scratch(in);
  return static_cast<std::size_t>(blocked > streaming ? blocked : streaming);
}

void amx_linear(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
                std::byte* scratch) {
  if (task.weight.type == WeightType::kInt8) {
    run<WeightType::kInt8>(pass, task, part, scratch);
  } else {
    run<WeightType::kBf16>(pass, task, part, scratch);
  }
}

}  // namespace sightline::kernels
