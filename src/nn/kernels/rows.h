// Kernels that treat each row, or each element, by itself, for any vector type V.
#pragma once

#include "nn/kernels/dot.h"
#include "nn/kernels/kernel_set.h"

namespace sightline::kernels {

// eˣ: relative error about 2e-7; zero below e⁻⁶⁹, so that no product becomes denormal (and slow);
// arguments above 88.3 count as that; NaN stays NaN.
template <class V>
inline typename V::F exponential(typename V::F x) {
  using F = typename V::F;
  const F small = V::set(-69.0f);
  const F given = x;
  x = V::max(small, V::min(V::set(88.3f), x));
  const F n = V::round(V::mul(x, V::set(1.44269504f)));
  F r = V::fma(n, V::set(-0.693359375f), x);  // ln 2 in two parts: the first times n is exact
  r = V::fma(n, V::set(2.12194440e-4f), r);
  F p = V::set(1.0f / 5040);  // Taylor: |r| ≤ ln 2 / 2
  p = V::fma(p, r, V::set(1.0f / 720));
  p = V::fma(p, r, V::set(1.0f / 120));
  p = V::fma(p, r, V::set(1.0f / 24));
  p = V::fma(p, r, V::set(1.0f / 6));
  p = V::fma(p, r, V::set(0.5f));
  p = V::fma(p, r, V::set(1.0f));
  p = V::fma(p, r, V::set(1.0f));
  return V::zero_where_less(given, small, V::scale2(p, n));
}

template <class V>
struct RowKernels {
  using F = typename V::F;
  static constexpr std::int64_t kWidth = V::kWidth;

  static void rms_norm(const float* x, const float* weight, float eps, std::int64_t rows,
                       std::int64_t width, float* out) {
    for (std::int64_t r = 0; r < rows; ++r, x += width, out += width) {
      const float mean = sum_of_squares(x, width) / static_cast<float>(width);
      const F scale = V::set(1.0f / __builtin_sqrtf(mean + eps));
      std::int64_t i = 0;
      for (; i + kWidth <= width; i += kWidth) {
        V::store(out + i, V::mul(V::mul(V::load(x + i), scale), V::load(weight + i)));
      }
      if (i < width) {
        const std::int64_t n = width - i;
        V::store_part(out + i, n,
                      V::mul(V::mul(V::load_part(x + i, n), scale), V::load_part(weight + i, n)));
      }
    }
  }

  static void rotate_half(float* x, std::int64_t rows, std::int64_t stride, std::int64_t heads,
                          std::int64_t head_width, const float* cosines, const float* sines) {
    const std::int64_t half = head_width / 2;
    for (std::int64_t r = 0; r < rows; ++r, x += stride, cosines += half, sines += half) {
      for (std::int64_t h = 0; h < heads; ++h) rotate(x + h * head_width, half, cosines, sines);
    }
  }

  static void silu_multiply(const float* gate, const float* up, std::int64_t rows,
                            std::int64_t width, std::int64_t stride, float* out) {
    for (std::int64_t r = 0; r < rows; ++r, gate += stride, up += stride, out += width) {
      std::int64_t i = 0;
      for (; i + kWidth <= width; i += kWidth) {
        V::store(out + i, V::mul(silu(V::load(gate + i)), V::load(up + i)));
      }
      if (i < width) {
        const std::int64_t n = width - i;
        V::store_part(out + i, n, V::mul(silu(V::load_part(gate + i, n)), V::load_part(up + i, n)));
      }
    }
  }

  static void rms_norm_backward(const float* x, const float* weight, const float* gradient,
                                float eps, std::int64_t rows, std::int64_t width, float* out) {
    for (std::int64_t r = 0; r < rows; ++r, x += width, gradient += width, out += width) {
      const float mean = sum_of_squares(x, width) / static_cast<float>(width);
      const float scale = 1.0f / __builtin_sqrtf(mean + eps);
      F product = V::zero();  // Σ gradient · weight · x
      each(width, [&](std::int64_t i, auto at) {
        const F weighted = V::mul(at.load(gradient + i), at.load(weight + i));
        product = V::fma(weighted, at.load(x + i), product);
      });
      const float along = scale * scale * V::sum(product) / static_cast<float>(width);
      each(width, [&](std::int64_t i, auto at) {
        const F weighted = V::mul(at.load(gradient + i), at.load(weight + i));
        const F rest = V::sub(weighted, V::mul(at.load(x + i), V::set(along)));
        at.store(out + i, V::mul(rest, V::set(scale)));
      });
    }
  }

  static void silu_multiply_backward(const float* gate, const float* up, const float* gradient,
                                     std::int64_t count, float* gate_out, float* up_out) {
    const F one = V::set(1.0f);
    each(count, [&](std::int64_t i, auto at) {
      const F x = at.load(gate + i);
      const F given = at.load(gradient + i);
      const F sigmoid = V::div(one, V::add(one, exponential<V>(V::sub(V::zero(), x))));
      const F slope = V::mul(sigmoid, V::fma(x, V::sub(one, sigmoid), one));
      at.store(gate_out + i, V::mul(V::mul(given, at.load(up + i)), slope));
      at.store(up_out + i, V::mul(given, V::mul(x, sigmoid)));
    });
  }

  static void softmax_row(const float* scores, float scale, std::int64_t count, float* out) {
    const std::int64_t whole = count - count % kWidth;
    F tops = V::set(scores[0]);
    for (std::int64_t i = 0; i < whole; i += kWidth) tops = V::max(tops, V::load(scores + i));
    float top = V::largest(tops);
    for (std::int64_t i = whole; i < count; ++i) top = scores[i] > top ? scores[i] : top;

    F sums = V::zero();
    each(count, [&](std::int64_t i, auto at) {
      const F below = V::mul(V::sub(at.load(scores + i), V::set(top)), V::set(scale));
      const F weight = exponential<V>(below);
      at.store(out + i, weight);
      if (i < whole) sums = V::add(sums, weight);
    });
    float sum = V::sum(sums);
    for (std::int64_t i = whole; i < count; ++i) sum += out[i];
    const F share = V::set(1.0f / sum);
    each(count,
         [&](std::int64_t i, auto at) { at.store(out + i, V::mul(at.load(out + i), share)); });
  }

  static void softmax_row_backward(const float* weights, const float* gradient, float scale,
                                   std::int64_t count, float* out) {
    F products = V::zero();
    each(count, [&](std::int64_t i, auto at) {
      products = V::fma(at.load(weights + i), at.load(gradient + i), products);
    });
    const F mean = V::set(V::sum(products));
    each(count, [&](std::int64_t i, auto at) {
      const F weight = V::mul(at.load(weights + i), V::set(scale));
      at.store(out + i, V::mul(weight, V::sub(at.load(gradient + i), mean)));
    });
  }

  static void to_bf16(const float* from, std::int64_t count, void* to) {
    auto* bytes = static_cast<std::byte*>(to);
    std::int64_t i = 0;
    for (; i + kWidth <= count; i += kWidth) V::store_bf16(bytes + 2 * i, V::load(from + i));
    if (i < count) V::store_bf16_part(bytes + 2 * i, count - i, V::load_part(from + i, count - i));
  }

  static void widen(WeightType type, const void* from, std::int64_t count, float scale, float* to) {
    const auto* bytes = static_cast<const std::byte*>(from);
    switch (type) {
      case WeightType::kF32: return widen_row<V, F32Rows<V>>(bytes, count, scale, to);
      case WeightType::kBf16: return widen_row<V, Bf16Rows<V>>(bytes, count, scale, to);
      case WeightType::kInt8: return widen_row<V, Int8Rows<V>>(bytes, count, scale, to);
    }
  }

  static void quantise_row(const float* from, std::int64_t count, std::int8_t* to, float* scale) {
    F largest = V::zero();
    std::int64_t i = 0;
    for (; i + kWidth <= count; i += kWidth) largest = V::max(largest, V::abs(V::load(from + i)));
    if (i < count) largest = V::max(largest, V::abs(V::load_part(from + i, count - i)));
    *scale = V::largest(largest) / 127.0f;
    const F divisor = V::set(*scale > 0 ? *scale : 1.0f);
    for (i = 0; i + kWidth <= count; i += kWidth) {
      V::store_int8(to + i, V::div(V::load(from + i), divisor));
    }
    if (i < count) {
      V::store_int8_part(to + i, count - i, V::div(V::load_part(from + i, count - i), divisor));
    }
  }

 private:
  struct Whole {
    F load(const float* p) const { return V::load(p); }
    void store(float* p, F v) const { V::store(p, v); }
  };
  struct Part {
    std::int64_t n;
    F load(const float* p) const { return V::load_part(p, n); }
    void store(float* p, F v) const { V::store_part(p, n, v); }
  };

  // body(i, at) for every vector of a row, the last one perhaps a part.
  template <class Body>
  static void each(std::int64_t width, Body body) {
    std::int64_t i = 0;
    for (; i + kWidth <= width; i += kWidth) body(i, Whole{});
    if (i < width) body(i, Part{width - i});
  }

  static F silu(F x) {
    return V::div(x, V::add(V::set(1.0f), exponential<V>(V::sub(V::zero(), x))));
  }

  static float sum_of_squares(const float* x, std::int64_t width) {
    F a = V::zero();
    F b = V::zero();
    std::int64_t i = 0;
    for (; i + 2 * kWidth <= width; i += 2 * kWidth) {
      const F low = V::load(x + i);
      const F high = V::load(x + i + kWidth);
      a = V::fma(low, low, a);
      b = V::fma(high, high, b);
    }
    if (i + kWidth <= width) {
      const F low = V::load(x + i);
      a = V::fma(low, low, a);
      i += kWidth;
    }
    if (i < width) {
      const F rest = V::load_part(x + i, width - i);
      b = V::fma(rest, rest, b);
    }
    return V::sum(V::add(a, b));
  }

  static void rotate(float* x, std::int64_t half, const float* cosines, const float* sines) {
    std::int64_t i = 0;
    for (; i + kWidth <= half; i += kWidth) {
      const F a = V::load(x + i);
      const F b = V::load(x + half + i);
      const F c = V::load(cosines + i);
      const F s = V::load(sines + i);
      V::store(x + i, V::sub(V::mul(a, c), V::mul(b, s)));
      V::store(x + half + i, V::add(V::mul(b, c), V::mul(a, s)));
    }
    if (i < half) {
      const std::int64_t n = half - i;
      const F a = V::load_part(x + i, n);
      const F b = V::load_part(x + half + i, n);
      const F c = V::load_part(cosines + i, n);
      const F s = V::load_part(sines + i, n);
      V::store_part(x + i, n, V::sub(V::mul(a, c), V::mul(b, s)));
      V::store_part(x + half + i, n, V::add(V::mul(b, c), V::mul(a, s)));
    }
  }
};

}  // namespace sightline::kernels
