// Eight floats of AVX2 + FMA. Same interface as vector_avx512.h; include in one source only, which
// is compiled for that instruction set.
#pragma once

#include <immintrin.h>

#include <cstdint>
#include <cstring>

namespace sightline::kernels {

struct Avx2 {
  using F = __m256;
  static constexpr std::int64_t kWidth = 8;
  static constexpr int kWeightsAtOnce = 4;  // weight rows times rows of x whose sums fit 16
  static constexpr int kRowsAtOnce = 3;     // registers

  static F zero() { return _mm256_setzero_ps(); }
  static F set(float v) { return _mm256_set1_ps(v); }
  static F add(F a, F b) { return _mm256_add_ps(a, b); }
  static F sub(F a, F b) { return _mm256_sub_ps(a, b); }
  static F mul(F a, F b) { return _mm256_mul_ps(a, b); }
  static F div(F a, F b) { return _mm256_div_ps(a, b); }
  static F fma(F a, F b, F c) { return _mm256_fmadd_ps(a, b, c); }
  static F min(F a, F b) { return _mm256_min_ps(a, b); }  // b when either is NaN
  static F max(F a, F b) { return _mm256_max_ps(a, b); }  // b when either is NaN
  static F abs(F a) { return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a); }
  static F round(F a) { return _mm256_round_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
  // v, but 0 in lanes where a < b.
  static F zero_where_less(F a, F b, F v) {
    return _mm256_andnot_ps(_mm256_cmp_ps(a, b, _CMP_LT_OQ), v);
  }
  // a · 2ⁿ, n integral in [-126, 127].
  static F scale2(F a, F n) {
    const __m256i exponent = _mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127));
    return _mm256_mul_ps(a, _mm256_castsi256_ps(_mm256_slli_epi32(exponent, 23)));
  }

  // Memory may be unaligned; `_part` touches the first n < kWidth elements only, others read as 0.
  static F load(const void* p) { return _mm256_loadu_ps(static_cast<const float*>(p)); }
  static F load_part(const void* p, std::int64_t n) {
    return _mm256_maskload_ps(static_cast<const float*>(p), mask(n));
  }
  static void store(float* p, F v) { _mm256_storeu_ps(p, v); }
  static void store_part(float* p, std::int64_t n, F v) { _mm256_maskstore_ps(p, mask(n), v); }

  static F load_bf16(const void* p) {
    return widen_bf16(_mm_loadu_si128(static_cast<const __m128i*>(p)));
  }
  static F load_bf16_part(const void* p, std::int64_t n) {
    __m128i bits = _mm_setzero_si128();
    std::memcpy(&bits, p, static_cast<std::size_t>(n) * 2);
    return widen_bf16(bits);
  }
  static void store_bf16(void* p, F v) {
    _mm_storeu_si128(static_cast<__m128i*>(p), round_bf16(v));
  }
  static void store_bf16_part(void* p, std::int64_t n, F v) {
    const __m128i bits = round_bf16(v);
    std::memcpy(p, &bits, static_cast<std::size_t>(n) * 2);
  }

  static F load_int8(const void* p) {
    return widen_int8(_mm_loadl_epi64(static_cast<const __m128i*>(p)));
  }
  static F load_int8_part(const void* p, std::int64_t n) {
    __m128i bytes = _mm_setzero_si128();
    std::memcpy(&bytes, p, static_cast<std::size_t>(n));
    return widen_int8(bytes);
  }
  // Rounded to nearest even, saturated.
  static void store_int8(void* p, F v) {
    _mm_storel_epi64(static_cast<__m128i*>(p), round_int8(v));
  }
  static void store_int8_part(void* p, std::int64_t n, F v) {
    const __m128i bytes = round_int8(v);
    std::memcpy(p, &bytes, static_cast<std::size_t>(n));
  }

  static float sum(F a) { return _mm_cvtss_f32(sum4(a, a, a, a)); }
  // Sums of four vectors, each by the same tree.
  static __m128 sum4(F a, F b, F c, F d) {
    const __m256 t = _mm256_hadd_ps(_mm256_hadd_ps(a, b), _mm256_hadd_ps(c, d));
    return _mm_add_ps(_mm256_castps256_ps128(t), _mm256_extractf128_ps(t, 1));
  }
  static float largest(F a) {
    __m128 m = _mm_max_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
    m = _mm_max_ps(m, _mm_movehl_ps(m, m));
    return _mm_cvtss_f32(_mm_max_ss(m, _mm_movehdup_ps(m)));
  }

 private:
  static __m256i mask(std::int64_t n) {
    const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(n)), lane);
  }
  static F widen_bf16(__m128i bits) {
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16));
  }
  static F widen_int8(__m128i bytes) { return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes)); }
  // Round to nearest even; NaN stays NaN.
  static __m128i round_bf16(F v) {
    const __m256i bits = _mm256_castps_si256(v);
    const __m256i odd = _mm256_and_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(1));
    const __m256i up = _mm256_add_epi32(odd, _mm256_set1_epi32(0x7FFF));
    __m256i wide = _mm256_srli_epi32(_mm256_add_epi32(bits, up), 16);
    const __m256i nan = _mm256_castps_si256(_mm256_cmp_ps(v, v, _CMP_UNORD_Q));
    wide = _mm256_blendv_epi8(wide, _mm256_set1_epi32(0x7FC0), nan);
    return _mm_packus_epi32(_mm256_castsi256_si128(wide), _mm256_extracti128_si256(wide, 1));
  }
  static __m128i round_int8(F v) {
    const __m256i wide = _mm256_cvtps_epi32(v);
    const __m128i half =
        _mm_packs_epi32(_mm256_castsi256_si128(wide), _mm256_extracti128_si256(wide, 1));
    return _mm_packs_epi16(half, half);
  }
};

}  // namespace sightline::kernels
