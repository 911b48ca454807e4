// Sixteen floats of AVX-512 (F, BW, DQ, VL). Same interface as vector_avx2.h; include only in
// sources compiled for that instruction set.
#pragma once

#include <immintrin.h>

#include <cstdint>

namespace sightline::kernels {

struct Avx512 {
  using F = __m512;
  static constexpr std::int64_t kWidth = 16;
  static constexpr int kWeightsAtOnce = 4;  // weight rows times rows of x whose sums fit 32
  static constexpr int kRowsAtOnce = 4;     // registers

  static F zero() { return _mm512_setzero_ps(); }
  static F set(float v) { return _mm512_set1_ps(v); }
  static F add(F a, F b) { return _mm512_add_ps(a, b); }
  static F sub(F a, F b) { return _mm512_sub_ps(a, b); }
  static F mul(F a, F b) { return _mm512_mul_ps(a, b); }
  static F div(F a, F b) { return _mm512_div_ps(a, b); }
  static F fma(F a, F b, F c) { return _mm512_fmadd_ps(a, b, c); }
  static F min(F a, F b) { return _mm512_min_ps(a, b); }  // b when either is NaN
  static F max(F a, F b) { return _mm512_max_ps(a, b); }  // b when either is NaN
  static F abs(F a) { return _mm512_abs_ps(a); }
  static F round(F a) {
    return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  }
  // v, but 0 in lanes where a < b.
  static F zero_where_less(F a, F b, F v) {
    return _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(a, b, _CMP_NLT_UQ), v);
  }
  // a · 2ⁿ, n integral in [-126, 127].
  static F scale2(F a, F n) { return _mm512_scalef_ps(a, n); }

  // Memory may be unaligned; `_part` touches the first n < kWidth elements only, others read as 0.
  static F load(const void* p) { return _mm512_loadu_ps(p); }
  static F load_part(const void* p, std::int64_t n) { return _mm512_maskz_loadu_ps(mask(n), p); }
  static void store(float* p, F v) { _mm512_storeu_ps(p, v); }
  static void store_part(float* p, std::int64_t n, F v) { _mm512_mask_storeu_ps(p, mask(n), v); }

  static F load_bf16(const void* p) {
    return widen_bf16(_mm256_loadu_si256(static_cast<const __m256i*>(p)));
  }
  static F load_bf16_part(const void* p, std::int64_t n) {
    return widen_bf16(_mm256_maskz_loadu_epi16(mask(n), p));
  }
  static void store_bf16(void* p, F v) {
    _mm256_storeu_si256(static_cast<__m256i*>(p), round_bf16(v));
  }
  static void store_bf16_part(void* p, std::int64_t n, F v) {
    _mm256_mask_storeu_epi16(p, mask(n), round_bf16(v));
  }

  static F load_int8(const void* p) {
    return widen_int8(_mm_loadu_si128(static_cast<const __m128i*>(p)));
  }
  static F load_int8_part(const void* p, std::int64_t n) {
    return widen_int8(_mm_maskz_loadu_epi8(mask(n), p));
  }
  // Rounded to nearest even, saturated.
  static void store_int8(void* p, F v) {
    _mm_storeu_si128(static_cast<__m128i*>(p), _mm512_cvtsepi32_epi8(_mm512_cvtps_epi32(v)));
  }
  static void store_int8_part(void* p, std::int64_t n, F v) {
    _mm512_mask_cvtsepi32_storeu_epi8(p, mask(n), _mm512_cvtps_epi32(v));
  }

  static float sum(F a) { return _mm_cvtss_f32(sum4(a, a, a, a)); }
  // Sums of four vectors, each by the same tree.
  static __m128 sum4(F a, F b, F c, F d) {
    const __m256 t =
        _mm256_hadd_ps(_mm256_hadd_ps(fold(a), fold(b)), _mm256_hadd_ps(fold(c), fold(d)));
    return _mm_add_ps(_mm256_castps256_ps128(t), _mm256_extractf128_ps(t, 1));
  }
  static float largest(F a) { return _mm512_reduce_max_ps(a); }

 private:
  static __mmask16 mask(std::int64_t n) { return static_cast<__mmask16>((1u << n) - 1); }
  static __m256 fold(F a) {
    return _mm256_add_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps(a, 1));
  }
  static F widen_bf16(__m256i bits) {
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(bits), 16));
  }
  static F widen_int8(__m128i bytes) { return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(bytes)); }
  // Round to nearest even; NaN stays NaN.
  static __m256i round_bf16(F v) {
    const __m512i bits = _mm512_castps_si512(v);
    const __m512i odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
    const __m512i up = _mm512_add_epi32(odd, _mm512_set1_epi32(0x7FFF));
    const __m512i wide = _mm512_srli_epi32(_mm512_add_epi32(bits, up), 16);
    const __mmask16 nan = _mm512_cmp_ps_mask(v, v, _CMP_UNORD_Q);
    return _mm512_cvtepi32_epi16(_mm512_mask_mov_epi32(wide, nan, _mm512_set1_epi32(0x7FC0)));
  }
};

}  // namespace sightline::kernels
