#include "nn/kernels/amx.h"
#include "nn/kernels/amx_tiles.h"

namespace sightline::kernels {
namespace {

// One row of x as 64 bytes: 32 bf16, rounded to nearest even; beyond `count` zeros.
__m512 bf16_bytes(const float* x, std::int64_t count) {
  const __m512 low = _mm512_maskz_loadu_ps(first_lanes(count), x);
  const __m512 high =
      count > 16 ? _mm512_maskz_loadu_ps(first_lanes(count - 16), x + 16) : _mm512_setzero_ps();
  return reinterpret_cast<__m512>(_mm512_cvtne2ps_pbh(high, low));
}

struct Digits {
  __m512 high;
  __m512 low;
};

// One row of x as twice 64 bytes: x · factor rounded, = 256 · high + low; beyond `count` zeros.
Digits digits(const float* x, std::int64_t count, float factor) {
  __m128i high[4];
  __m128i low[4];
  for (std::int64_t i = 0; i < 4; ++i) {
    const std::int64_t left = count - 16 * i;
    const __m512 values =
        left > 0 ? _mm512_maskz_loadu_ps(first_lanes(left), x + 16 * i) : _mm512_setzero_ps();
    const __m512i q = _mm512_cvtps_epi32(_mm512_mul_ps(values, _mm512_set1_ps(factor)));
    low[i] = _mm512_cvtepi32_epi8(q);  // the last eight bits, as a signed digit
    high[i] =
        _mm512_cvtepi32_epi8(_mm512_srai_epi32(_mm512_add_epi32(q, _mm512_set1_epi32(128)), 8));
  }
  const auto join = [](const __m128i(&part)[4]) {
    const __m256i first = _mm256_set_m128i(part[1], part[0]);
    const __m256i second = _mm256_set_m128i(part[3], part[2]);
    return _mm512_castsi512_ps(_mm512_inserti64x4(_mm512_castsi256_si512(first), second, 1));
  };
  return {join(high), join(low)};
}

// Sixteen rows of 64 bytes → one step of a plane.
void store_step(__m512 (&rows)[16], std::int64_t columns, std::byte* to) {
  if (columns == 1) return _mm512_storeu_ps(to, rows[0]);
  transpose(rows);
  for (std::int64_t i = 0; i < 16; ++i) {
    _mm512_mask_storeu_ps(to + i * columns * 4, first_lanes(columns), rows[i]);
  }
}

void pack_bf16_block(const float* x, std::int64_t rows, std::int64_t in, const PackedLayout& layout,
                     std::byte* to) {
  for (std::int64_t s = 0; s < layout.steps; ++s, to += layout.step_bytes()) {
    __m512 bytes[16];
    for (std::int64_t i = 0; i < 16; ++i) {
      bytes[i] = i < rows ? bf16_bytes(x + i * in + s * 32, in - s * 32) : _mm512_setzero_ps();
    }
    store_step(bytes, layout.columns, to);
  }
}

// Largest |x| of a row; not finite when any is not.
float largest(const float* x, std::int64_t in) {
  const __m512i magnitude = _mm512_set1_epi32(0x7FFFFFFF);
  __m512i most = _mm512_setzero_si512();
  for (std::int64_t k = 0; k < in; k += 16) {
    const __m512i bits = _mm512_maskz_loadu_epi32(first_lanes(in - k), x + k);
    most = _mm512_max_epi32(most, _mm512_and_si512(bits, magnitude));
  }
  return __builtin_bit_cast(float, _mm512_reduce_max_epi32(most));
}

// What x is multiplied by before rounding, and what undoes it.
struct FixedPoint {
  float factor;
  float scale;
};

FixedPoint fixed_point(const float* x, std::int64_t in) {
  constexpr float kNothing = 0x1p-100f;  // rows this small are zero
  const float most = largest(x, in);
  if (!(most < __builtin_inff())) return {0, __builtin_nanf("")};
  if (most < kNothing) return {0, 0};
  return {kFixedPointMost / most, most / kFixedPointMost};
}

void pack_int8_block(const float* x, std::int64_t rows, std::int64_t in, const PackedLayout& layout,
                     float* scales, std::byte* to) {
  float factors[16];
  for (std::int64_t i = 0; i < rows; ++i) {
    const FixedPoint fixed = fixed_point(x + i * in, in);
    factors[i] = fixed.factor;
    scales[i] = fixed.scale;
  }
  for (std::int64_t s = 0; s < layout.steps; ++s, to += layout.step_bytes()) {
    __m512 high[16];
    __m512 low[16];
    for (std::int64_t i = 0; i < 16; ++i) {
      Digits bytes = {_mm512_setzero_ps(), _mm512_setzero_ps()};
      if (i < rows) bytes = digits(x + i * in + s * 64, in - s * 64, factors[i]);
      high[i] = bytes.high;
      low[i] = bytes.low;
    }
    store_step(high, layout.columns, to);
    store_step(low, layout.columns, to + layout.plane_bytes());
  }
}

}  // namespace

std::size_t amx_packed_bytes(WeightType type, std::int64_t rows, std::int64_t in) {
  const PackedLayout layout(type, rows, in);
  return static_cast<std::size_t>(layout.block((rows + kBlock - 1) / kBlock * kBlock));
}

void amx_pack(WeightType type, const LinearPass& pass, std::int64_t row_begin, std::int64_t row_end,
              std::byte* packed) {
  const PackedLayout layout(type, pass.rows, pass.in);
  for (std::int64_t m = row_begin; m < row_end; m += kBlock) {
    const float* x = pass.x + m * pass.in;
    const std::int64_t rows = row_end - m < kBlock ? row_end - m : kBlock;
    if (type == WeightType::kInt8) {
      auto* scales = reinterpret_cast<float*>(packed) + m;
      pack_int8_block(x, rows, pass.in, layout, scales, packed + layout.block(m));
    } else {
      pack_bf16_block(x, rows, pass.in, layout, packed + layout.block(m));
    }
  }
}

}  // namespace sightline::kernels
