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
  static constexpr int kPanel = V::kWeightsAtOnce;

  template <class Rows>
  static void blocks(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
                     std::byte* scratch) {
    if (part.row_end - part.row_begin == 1) return panels<Rows, 8>(pass, task, part);
    if (Rows::kBytes == 4 || part.row_end - part.row_begin <= V::kRowsAtOnce) {
      return panels<Rows, kPanel>(pass, task, part);
    }
    widened_panels<Rows>(pass, task, part, scratch);
  }

  // Straight from the weights.
  template <class Rows, int N>
  static void panels(const LinearPass& pass, const LinearTask& task, const LinearPart& part) {
    const std::int64_t row_bytes = pass.in * Rows::kBytes;
    const auto* data = static_cast<const std::byte*>(task.weight.data);
    std::int64_t n = part.out_begin;
    while (n < part.out_end) {
      const Group group = group_from<N>(n, part.out_end, row_bytes);
      for (std::int64_t j = 0; j < group.apart; ++j) {
        const std::byte* w[N];
        for (std::int64_t i = 0; i < N; ++i) w[i] = data + group.row(j, i) * row_bytes;
        panel<Rows, N>(pass, task, part, w, group, j);
      }
      n += group.apart * N;
    }
  }

  // Many rows of x: widen the weights once for all of them. The same values, the same sums.
  template <class Rows>
  static void widened_panels(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
                             std::byte* scratch) {
    const std::int64_t row_bytes = pass.in * Rows::kBytes;
    const auto* data = static_cast<const std::byte*>(task.weight.data);
    auto* wide = reinterpret_cast<float*>(scratch);
    std::int64_t n = part.out_begin;
    while (n < part.out_end) {
      const Group group = group_from<kPanel>(n, part.out_end, row_bytes);
      for (std::int64_t j = 0; j < group.apart; ++j) {
        const std::byte* w[kPanel];
        for (std::int64_t i = 0; i < kPanel; ++i) {
          widen_row<V, Rows>(data + group.row(j, i) * row_bytes, pass.in, 1.0f, wide + i * pass.in);
          w[i] = reinterpret_cast<const std::byte*>(wide + i * pass.in);
        }
        panel<F32Rows<V>, kPanel>(pass, task, part, w, group, j);
      }
      n += group.apart * kPanel;
    }
  }

  // N · apart weight rows from `first`, of which `count` exist; see rows_apart().
  struct Group {
    std::int64_t first = 0;
    std::int64_t apart = 1;
    std::int64_t count = 0;

    // The i-th row of panel j; past the last one it is repeated, and not stored.
    std::int64_t row(std::int64_t j, std::int64_t i) const {
      const std::int64_t at = j + i * apart;
      return first + (at < count ? at : count - 1);
    }
  };

  template <int N>
  static Group group_from(std::int64_t n, std::int64_t end, std::int64_t row_bytes) {
    const std::int64_t left = end - n;
    const std::int64_t apart = N != 8 || left < N ? 1 : rows_apart(left / N, row_bytes);
    return {n, apart, left < N * apart ? left : N * apart};
  }

  // All rows of x with the N weight rows of a panel.
  template <class Rows, int N>
  static void panel(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
                    const std::byte* const* w, const Group& group, std::int64_t j) {
    std::int64_t m = part.row_begin;
    if constexpr (N == kPanel) {
      for (; m + V::kRowsAtOnce <= part.row_end; m += V::kRowsAtOnce) {
        rows<Rows, N, V::kRowsAtOnce>(pass, task, w, m, group, j);
      }
    }
    for (; m < part.row_end; ++m) rows<Rows, N, 1>(pass, task, w, m, group, j);
  }

  template <class Rows, int N, int M>
  static void rows(const LinearPass& pass, const LinearTask& task, const std::byte* const* w,
                   std::int64_t m, const Group& group, std::int64_t j) {
    const float* x[M];
    for (int i = 0; i < M; ++i) x[i] = pass.x + (m + i) * pass.in;
    __m128 sums[M][N / 4];
    dot_rows<V, Rows, N, M>(w, x, pass.in, sums);
    for (int i = 0; i < M; ++i) {
      alignas(16) float values[N];
      for (int k = 0; k < N / 4; ++k) _mm_store_ps(values + 4 * k, sums[i][k]);
      for (std::int64_t k = 0; k < N && j + k * group.apart < group.count; ++k) {
        finish(task, m + i, group.first + j + k * group.apart, values[k]);
      }
    }
  }

  static void finish(const LinearTask& task, std::int64_t m, std::int64_t n, float value) {
    float* y = task.y + m * task.stride + n;
    if (task.weight.scales) value *= task.weight.scales[n];
    if (task.weight.bias) value += task.weight.bias[n];
    *y = task.add ? *y + value : value;
  }
};

}  // namespace sightline::kernels
