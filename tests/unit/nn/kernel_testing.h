// What the kernels' tests share: seeded inputs, weights in the bytes of their type, and a fixture
// that runs each case with every instruction set of this machine.
#pragma once

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <bit>
#include <cstring>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "nn/kernels/kernel_set.h"
#include "nn/kernels/kernels.h"

namespace sightline::kernels {

using Floats = std::vector<float>;

inline constexpr float kUnset = -12345.5f;

inline Floats random_floats(std::int64_t count, std::uint64_t seed, double scale = 1) {
  Random random(seed);
  Floats values(static_cast<std::size_t>(count));
  for (float& v : values) v = static_cast<float>((random.uniform() * 2 - 1) * scale);
  return values;
}

inline std::uint16_t to_bf16(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  return static_cast<std::uint16_t>((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
}

inline float from_bf16(std::uint16_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

// Memory that ends where the process may not read on: one byte too far and the test dies. It begins
// wherever that leaves it, as tensors in a mapped file do.
class EdgeOfMemory {
 public:
  explicit EdgeOfMemory(std::size_t size) : mapped_((size / kPage + 2) * kPage) {
    void* const at =
        mmap(nullptr, mapped_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) throw std::bad_alloc();
    base_ = static_cast<char*>(at);
    mprotect(base_ + mapped_ - kPage, kPage, PROT_NONE);
    data_ = base_ + mapped_ - kPage - size;
  }
  ~EdgeOfMemory() {
    if (base_) munmap(base_, mapped_);
  }
  EdgeOfMemory(EdgeOfMemory&& other) noexcept
      : mapped_(other.mapped_),
        base_(std::exchange(other.base_, nullptr)),
        data_(std::exchange(other.data_, nullptr)) {}

  char* data() const { return data_; }

 private:
  static constexpr std::size_t kPage = 4096;
  std::size_t mapped_;
  char* base_ = nullptr;
  char* data_ = nullptr;
};

inline std::size_t bytes_of(WeightType type) {
  return type == WeightType::kF32 ? 4 : type == WeightType::kBf16 ? 2 : 1;
}

// Weights in the type's bytes, up to the edge of memory; fp32 at an address that no float has.
struct Weights {
  WeightType type;
  std::int64_t out;
  std::int64_t in;
  EdgeOfMemory bytes;
  Floats scales;
  std::vector<double> values;  // what the bytes mean, scales included

  Weights(WeightType t, std::int64_t o, std::int64_t i, std::uint64_t seed)
      : type(t),
        out(o),
        in(i),
        bytes(static_cast<std::size_t>(o * i) * bytes_of(t) + (t == WeightType::kF32 ? 2 : 0)),
        scales(static_cast<std::size_t>(o)) {
    const Floats source = random_floats(out * in, seed);
    const std::size_t size = bytes_of(type);
    std::vector<std::int8_t> quantised(source.size());
    quantise_rows(source.data(), out, in, quantised.data(), scales.data());
    for (std::size_t k = 0; k < source.size(); ++k) {
      const std::uint16_t half = to_bf16(source[k]);
      const std::size_t row = in > 0 ? k / static_cast<std::size_t>(in) : 0;
      char* at = bytes.data() + k * size;
      if (type == WeightType::kF32) {
        std::memcpy(at, &source[k], 4);
        values.push_back(source[k]);
      } else if (type == WeightType::kBf16) {
        std::memcpy(at, &half, 2);
        values.push_back(from_bf16(half));
      } else {
        std::memcpy(at, &quantised[k], 1);
        values.push_back(double(quantised[k]) * scales[row]);
      }
    }
  }

  Linear linear(const float* bias = nullptr) const {
    return {.type = type,
            .data = bytes.data(),
            .scales = type == WeightType::kInt8 ? scales.data() : nullptr,
            .bias = bias,
            .out = out};
  }
};

inline constexpr WeightType kTypes[] = {WeightType::kF32, WeightType::kBf16, WeightType::kInt8};

inline std::vector<std::string> set_names() {
  std::vector<std::string> names;
  for (const KernelSet* set : available_kernel_sets()) names.emplace_back(set->name);
  return names;
}

class KernelTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    before_ = kernel_set();
    ASSERT_TRUE(select_kernel_set(GetParam()));
    set_kernel_threads(2);
  }
  void TearDown() override { select_kernel_set(before_); }

 private:
  std::string before_;
};

}  // namespace sightline::kernels
