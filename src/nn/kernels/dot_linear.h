// Linear layers by dot products: weights become fp32 on the way, x stays fp32.
#pragma once

#include "nn/kernels/dot.h"
#include "nn/kernels/kernel_set.h"

namespace sightline::kernels {

template <class V>
class DotLinear {
 public:
  static std::size_t scratch(std::int64_t in) { return static_cast<std::size_t>(in) * 4 * kPanel; }

  static void run(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
                  std::byte* scratch) {
    switch (task.weight.type) {
      case WeightType::kF32: return blocks<F32Rows<V>>(pass, task, part, scratch);
      case WeightType::kBf16: return blocks<Bf16Rows<V>>(pass, task, part, scratch);
      case WeightType::kInt8: return blocks<Int8Rows<V>>(pass, task, part, scratch);
    }
  }

 private:
  static constexpr std::int64_t kPanel = 4;  // weight rows widened together

  template <class Rows>
  static void blocks(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
                     std::byte* scratch) {
    if (part.row_end - part.row_begin == 1) return panels<Rows, 8>(pass, task, part);
    if (Rows::kBytes == 4 || part.row_end - part.row_begin <= V::kRowsAtOnce) {
      return panels<Rows, kPanel>(pass, task, part);
    }
    widened_panels<Rows>(pass, task, part, scratch);
  }

  // Straight from the weights; rows past the last one repeat it and are not stored.
  template <class Rows, int N>
  static void panels(const LinearPass& pass, const LinearTask& task, const LinearPart& part) {
    const auto* data = static_cast<const std::byte*>(task.weight.data);
    for (std::int64_t n = part.out_begin; n < part.out_end; n += N) {
      const std::byte* w[N];
      for (int i = 0; i < N; ++i) {
        const std::int64_t row = n + i < part.out_end ? n + i : part.out_end - 1;
        w[i] = data + row * pass.in * Rows::kBytes;
      }
      panel<Rows, N>(pass, task, part, w, n);
    }
  }

  // Many rows of x: widen the weights once for all of them. The same values, the same sums.
  template <class Rows>
  static void widened_panels(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
                             std::byte* scratch) {
    const auto* data = static_cast<const std::byte*>(task.weight.data);
    auto* wide = reinterpret_cast<float*>(scratch);
    for (std::int64_t n = part.out_begin; n < part.out_end; n += kPanel) {
      const std::byte* w[kPanel];
      for (std::int64_t i = 0; i < kPanel; ++i) {
        const std::int64_t row = n + i < part.out_end ? n + i : part.out_end - 1;
        widen_row<V, Rows>(data + row * pass.in * Rows::kBytes, pass.in, 1.0f, wide + i * pass.in);
        w[i] = reinterpret_cast<const std::byte*>(wide + i * pass.in);
      }
      panel<F32Rows<V>, kPanel>(pass, task, part, w, n);
    }
  }

  // All rows of x with N weight rows.
  template <class Rows, int N>
  static void panel(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
                    const std::byte* const* w, std::int64_t n) {
    std::int64_t m = part.row_begin;
    if constexpr (N == kPanel) {
      for (; m + V::kRowsAtOnce <= part.row_end; m += V::kRowsAtOnce) {
        rows<Rows, N, V::kRowsAtOnce>(pass, task, part, w, m, n);
      }
    }
    for (; m < part.row_end; ++m) rows<Rows, N, 1>(pass, task, part, w, m, n);
  }

  template <class Rows, int N, int M>
  static void rows(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
                   const std::byte* const* w, std::int64_t m, std::int64_t n) {
    const float* x[M];
    for (int i = 0; i < M; ++i) x[i] = pass.x + (m + i) * pass.in;
    __m128 sums[M][N / 4];
    dot_rows<V, Rows, N, M>(w, x, pass.in, sums);
    for (int i = 0; i < M; ++i) {
      alignas(16) float values[N];
      for (int j = 0; j < N / 4; ++j) _mm_store_ps(values + 4 * j, sums[i][j]);
      const std::int64_t valid = part.out_end - n < N ? part.out_end - n : N;
      finish(task, m + i, n, valid, values);
    }
  }

  static void finish(const LinearTask& task, std::int64_t m, std::int64_t n, std::int64_t valid,
                     const float* values) {
    float* y = task.y + m * task.stride + n;
    for (std::int64_t i = 0; i < valid; ++i) {
      float value = values[i];
      if (task.weight.scales) value *= task.weight.scales[n + i];
      if (task.weight.bias) value += task.weight.bias[n + i];
      y[i] = task.add ? y[i] + value : value;
    }
  }
};

}  // namespace sightline::kernels
