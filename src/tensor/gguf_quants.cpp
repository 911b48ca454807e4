// Value formulas follow ggml's reference dequantisation. Every product below is exact in float32
// (an 11-bit scale times at most 11 bits), so fused and separate multiply-add agree bit for bit.
#include "tensor/gguf_quants.h"

#include <ATen/Parallel.h>
#include <c10/util/Half.h>

#include <array>
#include <cstring>

#include "sightline/error.h"
#include "sightline/format.h"

namespace sightline {
namespace {

constexpr std::size_t kSmallBlock = 32;   // Q4_0 … Q8_0
constexpr std::size_t kSuperBlock = 256;  // Q4_K, Q5_K, Q6_K
constexpr std::int64_t kGrainBlocks = 1024;

float half_at(const std::uint8_t* at) {
  std::uint16_t bits;
  std::memcpy(&bits, at, sizeof bits);
  return c10::detail::fp16_ieee_to_fp32_value(bits);
}

// half d | 16 bytes: value i in the low nibble of byte i, value i + 16 in the high one.
void q4_0(const std::uint8_t* in, float* out) {
  const float d = half_at(in);
  for (std::size_t i = 0; i < kSmallBlock / 2; ++i) {
    out[i] = d * static_cast<float>((in[2 + i] & 0x0F) - 8);
    out[i + 16] = d * static_cast<float>((in[2 + i] >> 4) - 8);
  }
}

// half d | half m | nibbles as in Q4_0.
void q4_1(const std::uint8_t* in, float* out) {
  const float d = half_at(in);
  const float m = half_at(in + 2);
  for (std::size_t i = 0; i < kSmallBlock / 2; ++i) {
    out[i] = d * static_cast<float>(in[4 + i] & 0x0F) + m;
    out[i + 16] = d * static_cast<float>(in[4 + i] >> 4) + m;
  }
}

// The fifth bits of 32 values, one u32; then nibbles as in Q4_0.
std::array<int, kSmallBlock> five_bits(const std::uint8_t* in) {
  std::uint32_t high;
  std::memcpy(&high, in, sizeof high);
  std::array<int, kSmallBlock> out;
  for (std::size_t i = 0; i < kSmallBlock / 2; ++i) {
    out[i] = (in[4 + i] & 0x0F) | static_cast<int>((high >> i & 1) << 4);
    out[i + 16] = (in[4 + i] >> 4) | static_cast<int>((high >> (i + 16) & 1) << 4);
  }
  return out;
}

void q5_0(const std::uint8_t* in, float* out) {
  const float d = half_at(in);
  const auto values = five_bits(in + 2);
  for (std::size_t i = 0; i < kSmallBlock; ++i) out[i] = d * static_cast<float>(values[i] - 16);
}

void q5_1(const std::uint8_t* in, float* out) {
  const float d = half_at(in);
  const float m = half_at(in + 2);
  const auto values = five_bits(in + 4);
  for (std::size_t i = 0; i < kSmallBlock; ++i) out[i] = d * static_cast<float>(values[i]) + m;
}

void q8_0(const std::uint8_t* in, float* out) {
  const float d = half_at(in);
  for (std::size_t i = 0; i < kSmallBlock; ++i) {
    out[i] = d * static_cast<float>(static_cast<std::int8_t>(in[2 + i]));
  }
}

// Scale and minimum of sub-block j of Q4_K and Q5_K, 6 bits each, packed in 12 bytes.
struct ScaleMin {
  float scale;
  float minimum;
};
ScaleMin scale_min(const std::uint8_t* packed, std::size_t j) {
  if (j < 4) {
    return {static_cast<float>(packed[j] & 0x3F), static_cast<float>(packed[j + 4] & 0x3F)};
  }
  return {static_cast<float>((packed[j + 4] & 0x0F) | (packed[j - 4] >> 6 << 4)),
          static_cast<float>((packed[j + 4] >> 4) | (packed[j] >> 6 << 4))};
}

// half d | half dmin | 12 bytes of scales | 128 bytes: 32 values low, 32 values high, four times.
void q4_k(const std::uint8_t* in, float* out) {
  const float d = half_at(in);
  const float dmin = half_at(in + 2);
  for (std::size_t j = 0; j < 8; ++j) {
    const auto [scale, minimum] = scale_min(in + 4, j);
    const float dl = d * scale;
    const float ml = dmin * minimum;
    const std::uint8_t* nibbles = in + 16 + j / 2 * 32;
    const int shift = j % 2 == 0 ? 0 : 4;
    for (std::size_t i = 0; i < 32; ++i) {
      out[j * 32 + i] = dl * static_cast<float>(nibbles[i] >> shift & 0x0F) - ml;
    }
  }
}

// As Q4_K with 32 bytes of fifth bits before the nibbles: bit j of byte i is for value i of
// sub-block j.
void q5_k(const std::uint8_t* in, float* out) {
  const float d = half_at(in);
  const float dmin = half_at(in + 2);
  const std::uint8_t* high = in + 16;
  for (std::size_t j = 0; j < 8; ++j) {
    const auto [scale, minimum] = scale_min(in + 4, j);
    const float dl = d * scale;
    const float ml = dmin * minimum;
    const std::uint8_t* nibbles = in + 48 + j / 2 * 32;
    const int shift = j % 2 == 0 ? 0 : 4;
    for (std::size_t i = 0; i < 32; ++i) {
      const int value = (nibbles[i] >> shift & 0x0F) | (high[i] >> j & 1) << 4;
      out[j * 32 + i] = dl * static_cast<float>(value) - ml;
    }
  }
}

// 128 bytes of low nibbles | 64 bytes of high bit pairs | 16 signed scales | half d.
// Values come in two halves of 128: rows of 32, row r takes nibble r / 2 of row r % 2.
void q6_k(const std::uint8_t* in, float* out) {
  const float d = half_at(in + 208);
  for (std::size_t j = 0; j < 8; ++j) {
    const std::size_t half = j / 4;
    const std::size_t row = j % 4;
    const std::uint8_t* low = in + half * 64 + row % 2 * 32;
    const std::uint8_t* high = in + 128 + half * 32;
    const int low_shift = row < 2 ? 0 : 4;
    const std::size_t high_shift = row * 2;
    for (std::size_t i = 0; i < 32; ++i) {
      const auto scale = static_cast<std::int8_t>(in[192 + j * 2 + i / 16]);
      const int value = ((low[i] >> low_shift & 0x0F) | (high[i] >> high_shift & 3) << 4) - 32;
      out[j * 32 + i] = d * static_cast<float>(scale) * static_cast<float>(value);
    }
  }
}

using BlockFunction = void (*)(const std::uint8_t*, float*);

BlockFunction block_function(GgufType type) {
  switch (type) {
    case GgufType::kQ4_0: return q4_0;
    case GgufType::kQ4_1: return q4_1;
    case GgufType::kQ5_0: return q5_0;
    case GgufType::kQ5_1: return q5_1;
    case GgufType::kQ8_0: return q8_0;
    case GgufType::kQ4_K: return q4_k;
    case GgufType::kQ5_K: return q5_k;
    case GgufType::kQ6_K: return q6_k;
    default: break;
  }
  fail(ErrorKind::kInternal, "{} is not a quantised type",
       gguf_type_name(static_cast<std::uint32_t>(type)));
}

}  // namespace

std::optional<GgufTypeSize> gguf_type_size(std::uint32_t type) {
  switch (static_cast<GgufType>(type)) {
    case GgufType::kF32: return GgufTypeSize{1, 4};
    case GgufType::kF16:
    case GgufType::kBF16: return GgufTypeSize{1, 2};
    case GgufType::kQ4_0: return GgufTypeSize{kSmallBlock, 18};
    case GgufType::kQ4_1: return GgufTypeSize{kSmallBlock, 20};
    case GgufType::kQ5_0: return GgufTypeSize{kSmallBlock, 22};
    case GgufType::kQ5_1: return GgufTypeSize{kSmallBlock, 24};
    case GgufType::kQ8_0: return GgufTypeSize{kSmallBlock, 34};
    case GgufType::kQ4_K: return GgufTypeSize{kSuperBlock, 144};
    case GgufType::kQ5_K: return GgufTypeSize{kSuperBlock, 176};
    case GgufType::kQ6_K: return GgufTypeSize{kSuperBlock, 210};
  }
  return std::nullopt;
}

std::string gguf_type_name(std::uint32_t type) {
  constexpr std::array<const char*, 31> kNames = {
      "F32",     "F16",    "Q4_0",    "Q4_1",  nullptr,  nullptr, "Q5_0",  "Q5_1",
      "Q8_0",    "Q8_1",   "Q2_K",    "Q3_K",  "Q4_K",   "Q5_K",  "Q6_K",  "Q8_K",
      "IQ2_XXS", "IQ2_XS", "IQ3_XXS", "IQ1_S", "IQ4_NL", "IQ3_S", "IQ2_S", "IQ4_XS",
      "I8",      "I16",    "I32",     "I64",   "F64",    "IQ1_M", "BF16"};
  if (type < kNames.size() && kNames[type] != nullptr) return kNames[type];
  return "number " + to_text(type);
}

void dequantise(GgufType type, std::span<const std::byte> blocks, std::span<float> out) {
  const BlockFunction convert = block_function(type);
  const auto [block, bytes] = *gguf_type_size(static_cast<std::uint32_t>(type));
  const auto count = static_cast<std::int64_t>(out.size() / block);
  const auto* in = reinterpret_cast<const std::uint8_t*>(blocks.data());
  at::parallel_for(0, count, kGrainBlocks, [&, block = block, bytes = bytes](auto from, auto to) {
    for (auto i = static_cast<std::uint64_t>(from); i < static_cast<std::uint64_t>(to); ++i) {
      convert(in + i * bytes, out.data() + i * block);
    }
  });
}

}  // namespace sightline
