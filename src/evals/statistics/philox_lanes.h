// philox() of four counters at once, with AVX2: drawing by the million waits for its products.
#pragma once

#include <immintrin.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "evals/statistics/philox.h"

namespace sightline {

inline constexpr std::size_t kPhiloxLanes = 4;

// [word][lane]; the high halves are 0.
using PhiloxWords = std::array<std::array<std::uint64_t, kPhiloxLanes>, 4>;

// Lane l is philox(key, {counter[0] + l, counter[1], counter[2], counter[3]}).
inline PhiloxWords philox_lanes(std::uint64_t key, const PhiloxBlock& counter) {
  const auto everywhere = [](std::uint32_t word) { return _mm256_set1_epi64x(word); };
  const __m256i multiplier0 = everywhere(0xD2511F53);
  const __m256i multiplier1 = everywhere(0xCD9E8D57);
  auto key0 = static_cast<std::uint32_t>(key);
  auto key1 = static_cast<std::uint32_t>(key >> 32);
  // The products read low halves alone, so what the high ones hold does not matter until the end.
  __m256i word0 = _mm256_add_epi64(everywhere(counter[0]), _mm256_set_epi64x(3, 2, 1, 0));
  __m256i word1 = everywhere(counter[1]);
  __m256i word2 = everywhere(counter[2]);
  __m256i word3 = everywhere(counter[3]);
  for (int round = 0; round < 10; ++round) {
    const __m256i product0 = _mm256_mul_epu32(multiplier0, word0);
    const __m256i product1 = _mm256_mul_epu32(multiplier1, word2);
    const auto mixed = [&](__m256i product, __m256i word, std::uint32_t round_key) {
      return _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product, 32), word),
                              everywhere(round_key));
    };
    word0 = mixed(product1, word1, key0);
    word2 = mixed(product0, word3, key1);
    word1 = product1;
    word3 = product0;
    key0 += 0x9E3779B9;
    key1 += 0xBB67AE85;
  }
  PhiloxWords out;
  const auto store = [&](std::size_t at, __m256i word) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out[at].data()),
                        _mm256_and_si256(word, everywhere(0xFFFFFFFF)));
  };
  store(0, word0);
  store(1, word1);
  store(2, word2);
  store(3, word3);
  return out;
}

}  // namespace sightline
