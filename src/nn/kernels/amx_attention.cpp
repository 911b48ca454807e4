#include "nn/kernels/amx_attention.h"

#include "nn/kernels/amx.h"
#include "nn/kernels/amx_tiles.h"
#include "nn/kernels/rows.h"
#include "nn/kernels/vector_avx512.h"

namespace sightline::kernels {
namespace {

struct Vector : Avx512 {
};  // a type of this source: shared templates stay apart from those of others

constexpr std::int64_t kKeys = 32;   // positions handled together
constexpr std::int64_t kDepth = 32;  // of the head width, a tile row of bf16
constexpr std::int64_t kBatch = 4;  // key groups between storing tiles and reading them: no waiting

std::int64_t round_up(std::int64_t value, std::int64_t to) { return (value + to - 1) / to * to; }

// Where things lie in the scratch of a part with `rows` query rows that see `visible` keys at most.
struct Room {
  std::int64_t blocks;   // of query rows
  std::int64_t columns;  // query rows of a block
  std::int64_t keys;
  std::int64_t pitch;  // floats from one row of scores to the next: not a multiple of a page
  std::int64_t queries, packed, scores, values, copies, tiles, factors, end;  // byte offsets

  Room(std::int64_t rows, std::int64_t visible, std::int64_t width)
      : blocks((rows + kBlock - 1) / kBlock),
        columns(columns_of(rows)),
        keys(round_up(visible, kKeys)),
        pitch(keys + 16) {
    queries = 0;
    packed = queries + round_up(rows * width * 4, 64);
    const std::size_t packed_bytes = amx_packed_bytes(WeightType::kBf16, rows, width);
    scores = packed + round_up(static_cast<std::int64_t>(packed_bytes), 64);
    values = scores + blocks * columns * pitch * 4 + 64;
    values = round_up(values, 64);
    copies = values + (blocks > 1 ? keys : kBatch * kKeys) * width * 2;
    tiles = copies + kKeys * width * 2;
    factors = tiles + kBatch * 2 * kTileBytes;
    end = factors + round_up(rows * 4, 64);
  }
};

// Tiles 0: scores [16 keys, columns]; 1: queries [16 pairs of widths, columns of pairs]; 2: keys
// [16, 32 widths] or values [16 pairs of keys, 16 widths of pairs]; 3: softmax weights [columns, 32
// keys]; 4 … 7: outputs [columns, 16 widths].
void configure(std::int64_t columns) {
  TileConfig config;
  for (int tile = 0; tile < 8; ++tile) {
    config.rows[tile] = tile < 3 ? 16 : static_cast<std::uint8_t>(columns);
    config.row_bytes[tile] = tile < 2 ? static_cast<std::uint16_t>(4 * columns) : kTileRowBytes;
  }
  fence_compiler();
  _tile_loadconfig(&config);
}

class TileAttention {
 public:
  TileAttention(const AttentionShape& shape, const AttentionTask& task, const AttentionPart& part,
                std::byte* scratch)
      : shape_(shape),
        task_(task),
        part_(part),
        rows_(part.rows * part.heads),
        width_(shape.head_width),
        room_(rows_, visible(rows_ - 1), width_),
        scratch_(scratch) {
    const std::int64_t kv_head = part.head / (shape.heads / shape.kv_heads);
    const std::int64_t offset = kv_head * task.capacity * width_ * 2;
    keys_ = static_cast<const std::byte*>(task.keys) + offset;
    values_ = static_cast<const std::byte*>(task.values) + offset;
  }

  void run() {
    pack_queries();
    configure(room_.columns);
    for (std::int64_t block = 0; block < room_.blocks; ++block) {
      for (std::int64_t key = 0; key < block_keys(block); key += kBatch * kKeys) {
        const std::int64_t end = key + kBatch * kKeys;
        score(block, key, end < block_keys(block) ? end : block_keys(block));
      }
    }
    for (std::int64_t r = 0; r < rows_; ++r) softmax(r);
    if (room_.blocks > 1) pack_values(0, room_.keys, 0, width_);
    for (std::int64_t block = 0; block < room_.blocks; ++block) {
      for (std::int64_t d = 0; d < width_; d += 2 * kDepth) {
        if (d + kDepth < width_) {
          add_values<4>(block, d);
        } else {
          add_values<2>(block, d);
        }
      }
    }
    _tile_release();
  }

 private:
  // Row r of the part is query head `head + r % heads` of query row `row + r / heads`.
  std::int64_t visible(std::int64_t r) const {
    return task_.position + part_.row + r / part_.heads + 1;
  }
  // Keys that any row of a block sees, in whole groups.
  std::int64_t block_keys(std::int64_t block) const {
    const std::int64_t last = (block + 1) * kBlock < rows_ ? (block + 1) * kBlock - 1 : rows_ - 1;
    return round_up(visible(last), kKeys);
  }
  float* scores(std::int64_t r) const {
    return reinterpret_cast<float*>(scratch_ + room_.scores) + r * room_.pitch;
  }
  // Several blocks of rows share the packed values of all keys; for one, a batch of them is enough.
  std::byte* value_tiles(std::int64_t key, std::int64_t d) const {
    const std::int64_t place = room_.blocks > 1 ? key : key % (kBatch * kKeys);
    return scratch_ + room_.values + place * width_ * 2 + d / kDepth * 2 * kTileBytes;
  }

  void pack_queries() {
    auto* const rows = reinterpret_cast<float*>(scratch_ + room_.queries);
    for (std::int64_t r = 0; r < rows_; ++r) {
      const float* q = task_.q + (part_.row + r / part_.heads) * shape_.q_stride +
                       (part_.head + r % part_.heads) * width_;
      for (std::int64_t i = 0; i < width_; i += 16) {
        _mm512_storeu_ps(rows + r * width_ + i, _mm512_loadu_ps(q + i));
      }
    }
    const LinearPass pass = {.x = rows, .rows = rows_, .in = width_, .packed = {}};
    amx_pack(WeightType::kBf16, pass, 0, rows_, scratch_ + room_.packed);
  }

  // `kKeys` rows of the cache from `key`; those behind its end read as zeros.
  const std::byte* cached(const std::byte* cache, std::int64_t key, std::int64_t end) const {
    const std::int64_t row_bytes = width_ * 2;
    if (key + kKeys <= end) return cache + key * row_bytes;
    std::byte* const copy = scratch_ + room_.copies;
    for (std::int64_t at = 0; at < kKeys * row_bytes; at += 64) {
      const bool there = at < (end - key) * row_bytes;
      const __m512i bytes =
          there ? _mm512_loadu_si512(cache + key * row_bytes + at) : _mm512_setzero_si512();
      _mm512_store_si512(copy + at, bytes);
    }
    fence_compiler();
    return copy;
  }

  // Scores of a block of rows with keys [begin, end), at most kBatch groups.
  void score(std::int64_t block, std::int64_t begin, std::int64_t end) {
    const PackedLayout layout(WeightType::kBf16, rows_, width_);
    const std::byte* const q = scratch_ + room_.packed + layout.block(block * kBlock);
    std::byte* tile = scratch_ + room_.tiles;
    for (std::int64_t key = begin; key < end; key += kKeys, tile += 2 * kTileBytes) {
      const std::byte* const keys = cached(keys_, key, task_.capacity);
      score_tile(keys, q, layout, tile);
      score_tile(keys + 16 * width_ * 2, q, layout, tile + kTileBytes);
    }
    fence_compiler();
    tile = scratch_ + room_.tiles;
    for (std::int64_t key = begin; key < end; key += 16, tile += kTileBytes) {
      store_scores(tile, block * kBlock, key);
    }
  }

  void score_tile(const std::byte* keys, const std::byte* q, const PackedLayout& layout,
                  std::byte* to) const {
    _tile_zero(0);
    for (std::int64_t d = 0; d < width_; d += kDepth, q += layout.step_bytes()) {
      _tile_loadd(1, q, layout.row_stride());
      _tile_loadd(2, keys + d * 2, width_ * 2);
      _tile_dpbf16ps(0, 2, 1);
    }
    _tile_stored(0, to, layout.row_stride());
  }

  // A tile [16 keys, columns] → scores of rows from r.
  void store_scores(const std::byte* tile, std::int64_t r, std::int64_t key) {
    constexpr std::int64_t kFew = 4;  // columns that are sooner gathered one by one
    const std::int64_t columns = room_.columns;
    const __m512 scale = _mm512_set1_ps(shape_.scale);
    if (columns <= kFew) {
      const __m512i places = _mm512_mullo_epi32(
          _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
          _mm512_set1_epi32(static_cast<int>(columns)));
      for (std::int64_t i = 0; i < columns; ++i) {
        const __m512 column = _mm512_i32gather_ps(places, tile + 4 * i, 4);
        _mm512_storeu_ps(scores(r + i) + key, _mm512_mul_ps(column, scale));
      }
      return;
    }
    __m512 out[16];
    for (std::int64_t i = 0; i < 16; ++i) {
      out[i] = _mm512_maskz_loadu_ps(first_lanes(columns), tile + i * columns * 4);
    }
    transpose(out);
    for (std::int64_t i = 0; i < columns; ++i) {
      _mm512_storeu_ps(scores(r + i) + key, _mm512_mul_ps(out[i], scale));
    }
  }

  // Scores of a row become exp(score − largest) in bf16, in place, zero behind what it sees; one
  // over their sum goes to the factors.
  void softmax(std::int64_t r) {
    float* const scores = this->scores(r);
    const std::int64_t count = visible(r);
    const std::int64_t padded = block_keys(r / kBlock);
    for (std::int64_t j = count / 16 * 16; j < padded; j += 16) {
      const __mmask16 seen = j < count ? first_lanes(count - j) : __mmask16{0};
      const __m512 nothing = _mm512_set1_ps(-__builtin_inff());
      _mm512_storeu_ps(scores + j, _mm512_mask_loadu_ps(nothing, seen, scores + j));
    }
    __m512 largest = _mm512_loadu_ps(scores);
    for (std::int64_t j = 16; j < count; j += 16) {
      largest = Vector::max(largest, _mm512_loadu_ps(scores + j));
    }
    const __m512 top = _mm512_set1_ps(Vector::largest(largest));
    __m512 sum = _mm512_setzero_ps();
    auto* const weights = reinterpret_cast<std::byte*>(scores);
    for (std::int64_t j = 0; j < padded; j += 16) {
      const __m512 weight = exponential<Vector>(_mm512_sub_ps(_mm512_loadu_ps(scores + j), top));
      const auto bf16 = reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(weight));
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(weights + 2 * j), bf16);
      const __m512i wide = _mm512_slli_epi32(_mm512_cvtepu16_epi32(bf16), 16);
      sum = _mm512_add_ps(sum, _mm512_castsi512_ps(wide));
    }
    reinterpret_cast<float*>(scratch_ + room_.factors)[r] = 1.0f / Vector::sum(sum);
  }

  // Values of keys [begin, end), widths [d_begin, d_end), as tiles: per 32 widths two, [16 pairs of
  // keys][16 widths][2]. The first tile has widths 0–3, 8–11, 16–19, 24–27 of them, the second the
  // others: see store_output.
  void pack_values(std::int64_t begin, std::int64_t end, std::int64_t d_begin, std::int64_t d_end) {
    const std::int64_t row_bytes = width_ * 2;
    for (std::int64_t key = begin; key < end; key += kKeys) {
      const std::byte* const rows = cached(values_, key, visible(rows_ - 1));
      for (std::int64_t d = d_begin; d < d_end; d += kDepth) {
        std::byte* const tiles = value_tiles(key, d);
        for (std::int64_t pair = 0; pair < 16; ++pair) {
          const std::byte* const from = rows + 2 * pair * row_bytes + d * 2;
          const __m512i first = _mm512_loadu_si512(from);
          const __m512i second = _mm512_loadu_si512(from + row_bytes);
          std::byte* const to = tiles + pair * kTileRowBytes;
          _mm512_store_si512(to, _mm512_unpacklo_epi16(first, second));
          _mm512_store_si512(to + kTileBytes, _mm512_unpackhi_epi16(first, second));
        }
      }
    }
    fence_compiler();
  }

  // Outputs of a block of rows, kTiles · 16 widths from d.
  template <int kTiles>
  void add_values(std::int64_t block, std::int64_t d) {
    const std::byte* weights = reinterpret_cast<const std::byte*>(scores(block * kBlock));
    const std::int64_t keys = block_keys(block);
    _tile_zero(4);
    _tile_zero(5);
    _tile_zero(6);
    _tile_zero(7);
    for (std::int64_t key = 0; key < keys; key += kKeys) {
      if (room_.blocks == 1 && key % (kBatch * kKeys) == 0) {
        const std::int64_t end = key + kBatch * kKeys;
        pack_values(key, end < keys ? end : keys, d, d + kTiles * 16);
      }
      const std::byte* const tiles = value_tiles(key, d);
      _tile_loadd(3, weights + key * 2, room_.pitch * 4);
      _tile_loadd(2, tiles, kTileRowBytes);
      _tile_dpbf16ps(4, 3, 2);
      _tile_loadd(2, tiles + kTileBytes, kTileRowBytes);
      _tile_dpbf16ps(5, 3, 2);
      if constexpr (kTiles == 4) {
        _tile_loadd(2, tiles + 2 * kTileBytes, kTileRowBytes);
        _tile_dpbf16ps(6, 3, 2);
        _tile_loadd(2, tiles + 3 * kTileBytes, kTileRowBytes);
        _tile_dpbf16ps(7, 3, 2);
      }
    }
    std::byte* const sums = scratch_ + room_.tiles;
    _tile_stored(4, sums, kTileRowBytes);
    _tile_stored(5, sums + kTileBytes, kTileRowBytes);
    _tile_stored(6, sums + 2 * kTileBytes, kTileRowBytes);
    _tile_stored(7, sums + 3 * kTileBytes, kTileRowBytes);
    fence_compiler();
    const std::int64_t end = (block + 1) * kBlock < rows_ ? (block + 1) * kBlock : rows_;
    for (std::int64_t r = block * kBlock; r < end; ++r) {
      const std::byte* const row = sums + (r - block * kBlock) * kTileRowBytes;
      store_output(row, r, d);
      if constexpr (kTiles == 4) store_output(row + 2 * kTileBytes, r, d + kDepth);
    }
  }

  // Widths [d, d + 32) of a row, from two tiles of sums.
  void store_output(const std::byte* sums, std::int64_t r, std::int64_t d) {
    const __m512i first = _mm512_setr_epi32(0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
    const __m512i second = _mm512_add_epi32(first, _mm512_set1_epi32(8));
    const __m512 factor =
        _mm512_set1_ps(reinterpret_cast<const float*>(scratch_ + room_.factors)[r]);
    const __m512 low = _mm512_mul_ps(_mm512_load_ps(sums), factor);
    const __m512 high = _mm512_mul_ps(_mm512_load_ps(sums + kTileBytes), factor);
    const __m512 zero = _mm512_setzero_ps();  // added: −0 may depend on the keys that are not seen
    float* const out = task_.out + (part_.row + r / part_.heads) * shape_.out_stride +
                       (part_.head + r % part_.heads) * width_ + d;
    _mm512_storeu_ps(out, _mm512_add_ps(_mm512_permutex2var_ps(low, first, high), zero));
    _mm512_storeu_ps(out + 16, _mm512_add_ps(_mm512_permutex2var_ps(low, second, high), zero));
  }

  const AttentionShape& shape_;
  const AttentionTask& task_;
  const AttentionPart& part_;
  std::int64_t rows_;
  std::int64_t width_;
  Room room_;
  std::byte* scratch_;
  const std::byte* keys_;
  const std::byte* values_;
};

}  // namespace

bool amx_attends(const AttentionShape& shape) {
  return shape.cache == CacheType::kBf16 && shape.head_width % kDepth == 0;
}

std::size_t amx_attention_scratch(const AttentionShape& shape, std::int64_t rows,
                                  std::int64_t visible) {
  return static_cast<std::size_t>(Room(rows, visible, shape.head_width).end);
}

void amx_attention(const AttentionShape& shape, const AttentionTask& task,
                   const AttentionPart& part, std::byte* scratch) {
  TileAttention(shape, task, part, scratch).run();
}

}  // namespace sightline::kernels
