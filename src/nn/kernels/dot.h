// Dot products of four or eight weight rows with several rows of x, for any vector type V and
// weight type. Every product sum has one vector accumulator and one summing tree, so that it is the
// same whatever is computed beside it.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace sightline::kernels {

// How rows of each type become V: `kBytes` an element.
template <class V>
struct F32Rows {
  static constexpr std::int64_t kBytes = 4;
  static typename V::F load(const std::byte* p) { return V::load(p); }
  static typename V::F load_part(const std::byte* p, std::int64_t n) { return V::load_part(p, n); }
};

template <class V>
struct Bf16Rows {
  static constexpr std::int64_t kBytes = 2;
  static typename V::F load(const std::byte* p) { return V::load_bf16(p); }
  static typename V::F load_part(const std::byte* p, std::int64_t n) {
    return V::load_bf16_part(p, n);
  }
};

template <class V>
struct Int8Rows {
  static constexpr std::int64_t kBytes = 1;
  static typename V::F load(const std::byte* p) { return V::load_int8(p); }
  static typename V::F load_part(const std::byte* p, std::int64_t n) {
    return V::load_int8_part(p, n);
  }
};

// to[i] = from[i] · scale.
template <class V, class Rows>
inline void widen_row(const std::byte* from, std::int64_t count, float scale, float* to) {
  const typename V::F factor = V::set(scale);
  std::int64_t i = 0;
  for (; i + V::kWidth <= count; i += V::kWidth) {
    V::store(to + i, V::mul(Rows::load(from + i * Rows::kBytes), factor));
  }
  if (i < count) {
    const std::int64_t n = count - i;
    V::store_part(to + i, n, V::mul(Rows::load_part(from + i * Rows::kBytes, n), factor));
  }
}

// sums[m][i] = products of x[m] with weight rows w[4i … 4i + 3], each [count].
template <class V, class Rows, int N, int M>
inline void dot_rows(const std::byte* const* w, const float* const* x, std::int64_t count,
                     __m128 (*sums)[N / 4]) {
  typename V::F sum[M][N];
#pragma GCC unroll 8
  for (int m = 0; m < M; ++m) {
#pragma GCC unroll 8
    for (int n = 0; n < N; ++n) sum[m][n] = V::zero();
  }
  std::int64_t k = 0;
  for (; k + V::kWidth <= count; k += V::kWidth) {
    typename V::F value[M];
#pragma GCC unroll 8
    for (int m = 0; m < M; ++m) value[m] = V::load(x[m] + k);
#pragma GCC unroll 8
    for (int n = 0; n < N; ++n) {
      const typename V::F row = Rows::load(w[n] + k * Rows::kBytes);
#pragma GCC unroll 8
      for (int m = 0; m < M; ++m) sum[m][n] = V::fma(row, value[m], sum[m][n]);
    }
  }
  if (k < count) {
    const std::int64_t rest = count - k;
    typename V::F value[M];
#pragma GCC unroll 8
    for (int m = 0; m < M; ++m) value[m] = V::load_part(x[m] + k, rest);
#pragma GCC unroll 8
    for (int n = 0; n < N; ++n) {
      const typename V::F row = Rows::load_part(w[n] + k * Rows::kBytes, rest);
#pragma GCC unroll 8
      for (int m = 0; m < M; ++m) sum[m][n] = V::fma(row, value[m], sum[m][n]);
    }
  }
#pragma GCC unroll 8
  for (int m = 0; m < M; ++m) {
#pragma GCC unroll 2
    for (int i = 0; i < N / 4; ++i) {
      sums[m][i] = V::sum4(sum[m][4 * i], sum[m][4 * i + 1], sum[m][4 * i + 2], sum[m][4 * i + 3]);
    }
  }
}

}  // namespace sightline::kernels
