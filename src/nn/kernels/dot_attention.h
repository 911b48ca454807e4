// Attention by dot products in fp32, for any vector type V. A row's scores, sums and output depend
// on the keys it sees only: every score is one dot product, the softmax runs over whole rows,
// values add up in the order of positions.
#pragma once

#include "nn/kernels/dot.h"
#include "nn/kernels/kernel_set.h"
#include "nn/kernels/rows.h"

namespace sightline::kernels {

template <class V>
class DotAttention {
 public:
  static std::size_t scratch(const AttentionShape& shape, std::int64_t rows, std::int64_t visible) {
    return static_cast<std::size_t>(rows * (pitch(visible) + shape.head_width + 1)) * sizeof(float);
  }

  static void run(const AttentionShape& shape, const AttentionTask& task, const AttentionPart& part,
                  std::byte* scratch) {
    if (shape.cache == CacheType::kBf16) {
      DotAttention(shape, task, part, scratch).template attend<Bf16Rows<V>>();
    } else {
      DotAttention(shape, task, part, scratch).template attend<F32Rows<V>>();
    }
  }

 private:
  using F = typename V::F;
  static constexpr std::int64_t kKeysAtOnce = 64;  // that stay in the first cache for all rows

  DotAttention(const AttentionShape& shape, const AttentionTask& task, const AttentionPart& part,
               std::byte* scratch)
      : shape_(shape), task_(task), part_(part), rows_(part.rows * part.heads) {
    pitch_ = pitch(visible(rows_ - 1));
    scores_ = reinterpret_cast<float*>(scratch);
    sums_ = scores_ + rows_ * pitch_;
    factors_ = sums_ + rows_ * shape.head_width;
  }

  static std::int64_t pitch(std::int64_t visible) {
    return (visible + V::kWidth - 1) / V::kWidth * V::kWidth;
  }

  // Row r of the part is query head `head + r % heads` of query row `row + r / heads`.
  std::int64_t visible(std::int64_t r) const {
    return task_.position + part_.row + r / part_.heads + 1;
  }
  const float* query(std::int64_t r) const {
    return task_.q + (part_.row + r / part_.heads) * shape_.q_stride +
           (part_.head + r % part_.heads) * shape_.head_width;
  }
  float* out(std::int64_t r) const {
    return task_.out + (part_.row + r / part_.heads) * shape_.out_stride +
           (part_.head + r % part_.heads) * shape_.head_width;
  }

  template <class Rows>
  void attend() {
    const std::int64_t group = shape_.heads / shape_.kv_heads;
    const std::int64_t offset =
        part_.head / group * task_.capacity * shape_.head_width * Rows::kBytes;
    const auto* keys = static_cast<const std::byte*>(task_.keys) + offset;
    const auto* values = static_cast<const std::byte*>(task_.values) + offset;
    const std::int64_t all = visible(rows_ - 1);
    for (std::int64_t begin = 0; begin < all; begin += kKeysAtOnce) {
      score<Rows>(keys, begin, smaller(begin + kKeysAtOnce, all));
    }
    for (std::int64_t r = 0; r < rows_; ++r) softmax(r);
    for (std::int64_t i = 0; i < rows_ * shape_.head_width; ++i) sums_[i] = 0;
    for (std::int64_t begin = 0; begin < all; begin += kKeysAtOnce) {
      add_values<Rows>(values, begin, smaller(begin + kKeysAtOnce, all));
    }
    for (std::int64_t r = 0; r < rows_; ++r) {
      for (std::int64_t i = 0; i < shape_.head_width; ++i) {
        out(r)[i] = sums_[r * shape_.head_width + i] * factors_[r];
      }
    }
  }

  static std::int64_t smaller(std::int64_t a, std::int64_t b) { return a < b ? a : b; }

  // Scores of keys [begin, end) for every row that sees them; begin is a multiple of kKeysAtOnce.
  template <class Rows>
  void score(const std::byte* keys, std::int64_t begin, std::int64_t end) {
    std::int64_t r = 0;
    for (; r + V::kRowsAtOnce <= rows_; r += V::kRowsAtOnce) {
      score_rows<Rows, V::kRowsAtOnce>(keys, r, begin, end);
    }
    for (; r < rows_; ++r) score_rows<Rows, 1>(keys, r, begin, end);
  }

  template <class Rows, int M>
  void score_rows(const std::byte* keys, std::int64_t r, std::int64_t begin, std::int64_t end) {
    const float* q[M];
    for (int m = 0; m < M; ++m) q[m] = query(r + m);
    end = smaller(end, visible(r + M - 1));
    for (std::int64_t j = begin; j < end; j += 4) {
      const std::byte* key[4];
      for (int i = 0; i < 4; ++i) {
        key[i] = keys + smaller(j + i, end - 1) * shape_.head_width * Rows::kBytes;
      }
      __m128 products[M][1];
      dot_rows<V, Rows, 4, M>(key, q, shape_.head_width, products);
      for (int m = 0; m < M; ++m) {  // j + 3 < pitch_: both are cut at multiples of 4
        _mm_storeu_ps(scores_ + (r + m) * pitch_ + j,
                      _mm_mul_ps(products[m][0], _mm_set1_ps(shape_.scale)));
      }
    }
  }

  // Scores become exp(score − largest); factors_ gets one over their sum.
  void softmax(std::int64_t r) {
    float* scores = scores_ + r * pitch_;
    const std::int64_t count = visible(r);
    const std::int64_t padded = pitch(count);
    for (std::int64_t j = count; j < padded; ++j) scores[j] = -__builtin_inff();
    F largest = V::load(scores);
    for (std::int64_t j = V::kWidth; j < padded; j += V::kWidth) {
      largest = V::max(largest, V::load(scores + j));
    }
    const F top = V::set(V::largest(largest));
    F sum = V::zero();
    for (std::int64_t j = 0; j < padded; j += V::kWidth) {
      const F weight = exponential<V>(V::sub(V::load(scores + j), top));
      V::store(scores + j, weight);
      sum = V::add(sum, weight);
    }
    factors_[r] = 1.0f / V::sum(sum);
  }

  // sums_ += weights · values of positions [begin, end), position by position.
  template <class Rows>
  void add_values(const std::byte* values, std::int64_t begin, std::int64_t end) {
    constexpr int kM = V::kRowsAtOnce;
    std::int64_t r = 0;
    for (; r + kM <= rows_; r += kM) {
      const std::int64_t seen = smaller(end, visible(r));  // by all kM rows
      add_to_rows<Rows, kM>(values, r, begin, seen);
      for (int m = 0; m < kM; ++m) {
        const std::int64_t rest = seen > begin ? seen : begin;
        add_to_rows<Rows, 1>(values, r + m, rest, smaller(end, visible(r + m)));
      }
    }
    for (; r < rows_; ++r) {
      add_to_rows<Rows, 1>(values, r, begin, smaller(end, visible(r)));
    }
  }

  template <class Rows, int M>
  void add_to_rows(const std::byte* values, std::int64_t r, std::int64_t begin, std::int64_t end) {
    if (begin >= end) return;
    std::int64_t d = 0;
    for (; d + 4 * V::kWidth <= shape_.head_width; d += 4 * V::kWidth) {
      add_columns<Rows, M, 4>(values, r, begin, end, d);
    }
    for (; d + V::kWidth <= shape_.head_width; d += V::kWidth) {
      add_columns<Rows, M, 1>(values, r, begin, end, d);
    }
    if (d < shape_.head_width) add_last_columns<Rows, M>(values, r, begin, end, d);
  }

  template <class Rows, int M, int N>
  void add_columns(const std::byte* values, std::int64_t r, std::int64_t begin, std::int64_t end,
                   std::int64_t d) {
    F sum[M][N];
#pragma GCC unroll 8
    for (int m = 0; m < M; ++m) {
#pragma GCC unroll 8
      for (int n = 0; n < N; ++n) {
        sum[m][n] = V::load(sums_ + (r + m) * shape_.head_width + d + n * V::kWidth);
      }
    }
    for (std::int64_t j = begin; j < end; ++j) {
      const std::byte* at = values + (j * shape_.head_width + d) * Rows::kBytes;
      F value[N];
#pragma GCC unroll 8
      for (int n = 0; n < N; ++n) value[n] = Rows::load(at + n * V::kWidth * Rows::kBytes);
#pragma GCC unroll 8
      for (int m = 0; m < M; ++m) {
        const F weight = V::set(scores_[(r + m) * pitch_ + j]);
#pragma GCC unroll 8
        for (int n = 0; n < N; ++n) sum[m][n] = V::fma(weight, value[n], sum[m][n]);
      }
    }
#pragma GCC unroll 8
    for (int m = 0; m < M; ++m) {
#pragma GCC unroll 8
      for (int n = 0; n < N; ++n) {
        V::store(sums_ + (r + m) * shape_.head_width + d + n * V::kWidth, sum[m][n]);
      }
    }
  }

  template <class Rows, int M>
  void add_last_columns(const std::byte* values, std::int64_t r, std::int64_t begin,
                        std::int64_t end, std::int64_t d) {
    const std::int64_t rest = shape_.head_width - d;
    for (int m = 0; m < M; ++m) {
      float* sums = sums_ + (r + m) * shape_.head_width + d;
      F sum = V::load_part(sums, rest);
      for (std::int64_t j = begin; j < end; ++j) {
        const std::byte* at = values + (j * shape_.head_width + d) * Rows::kBytes;
        sum = V::fma(V::set(scores_[(r + m) * pitch_ + j]), Rows::load_part(at, rest), sum);
      }
      V::store_part(sums, rest, sum);
    }
  }

  const AttentionShape& shape_;
  const AttentionTask& task_;
  const AttentionPart& part_;
  std::int64_t rows_;
  std::int64_t pitch_;  // of a row of scores
  float* scores_;       // [rows, pitch]
  float* sums_;         // [rows, K]
  float* factors_;      // [rows]
};

}  // namespace sightline::kernels
