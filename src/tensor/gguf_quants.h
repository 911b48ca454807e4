// The block formats of GGUF tensors and their exact values in float32.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace sightline {

enum class GgufType : std::uint32_t {
  kF32 = 0,
  kF16 = 1,
  kQ4_0 = 2,
  kQ4_1 = 3,
  kQ5_0 = 6,
  kQ5_1 = 7,
  kQ8_0 = 8,
  kQ4_K = 12,
  kQ5_K = 13,
  kQ6_K = 14,
  kBF16 = 30
};

// `block` values are stored in `bytes` bytes; a tensor's innermost extent is a multiple of `block`.
struct GgufTypeSize {
  std::uint64_t block;
  std::uint64_t bytes;
};

// Empty for a type that is not read.
std::optional<GgufTypeSize> gguf_type_size(std::uint32_t type);

// "Q4_K"; also for the types that are known but not read ("IQ2_XS"), else "number 77".
std::string gguf_type_name(std::uint32_t type);

// Exact float32 values of `out.size()` elements. REQUIRES: a quantised `type`, whole blocks, and
// blocks.size() == out.size() / block * bytes. Uses ATen's threads.
void dequantise(GgufType type, std::span<const std::byte> blocks, std::span<float> out);

}  // namespace sightline
