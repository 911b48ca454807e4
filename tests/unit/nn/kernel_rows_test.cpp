// Kernels on rows and elements against formulas in double, for every instruction set of this
// machine.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "nn/kernels/kernels.h"
#include "sightline/error.h"
#include "unit/nn/kernel_testing.h"

namespace sightline::kernels {
namespace {

using RowKernel = KernelTest;
INSTANTIATE_TEST_SUITE_P(Sets, RowKernel, testing::ValuesIn(set_names()),
                         [](const auto& set) { return set.param; });

TEST_P(RowKernel, RmsNormDividesByTheRootMeanSquare) {
  for (const std::int64_t width : {1, 7, 33, 576, 1000}) {
    const std::int64_t rows = 37;
    const Floats x = random_floats(rows * width, 1, 3);
    const Floats weight = random_floats(width, 2);
    Floats in_place = x;

    rms_norm(in_place.data(), weight.data(), 1e-5f, rows, width, in_place.data());

    for (std::int64_t r = 0; r < rows; ++r) {
      double squares = 0;
      for (std::int64_t i = 0; i < width; ++i)
        squares += std::pow(x[std::size_t(r * width + i)], 2);
      const double scale = 1 / std::sqrt(squares / double(width) + double(1e-5f));
      for (std::int64_t i = 0; i < width; ++i) {
        const double want = x[std::size_t(r * width + i)] * scale * weight[std::size_t(i)];
        ASSERT_NEAR(in_place[std::size_t(r * width + i)], want, 1e-6 * std::abs(want) + 1e-7);
      }
    }
  }
}

TEST_P(RowKernel, RotateHalfTurnsPairsOfEveryHead) {
  for (const std::int64_t head_width : {2, 10, 64, 80}) {
    const std::int64_t rows = 20;
    const std::int64_t heads = 3;
    const std::int64_t stride = heads * head_width + 5;
    const std::int64_t half = head_width / 2;
    const Floats x = random_floats(rows * stride, 1);
    const Floats cosines = random_floats(rows * half, 2);
    const Floats sines = random_floats(rows * half, 3);
    Floats got = x;

    rotate_half(got.data(), rows, stride, heads, head_width, cosines.data(), sines.data());

    Floats want = x;
    for (std::int64_t r = 0; r < rows; ++r) {
      for (std::int64_t h = 0; h < heads; ++h) {
        for (std::int64_t i = 0; i < half; ++i) {
          const auto at = std::size_t(r * stride + h * head_width + i);
          const double c = cosines[std::size_t(r * half + i)];
          const double s = sines[std::size_t(r * half + i)];
          want[at] = float(x[at] * c - x[at + std::size_t(half)] * s);
          want[at + std::size_t(half)] = float(x[at + std::size_t(half)] * c + x[at] * s);
        }
      }
    }
    for (std::size_t i = 0; i < want.size(); ++i) ASSERT_NEAR(got[i], want[i], 3e-7) << i;
  }
}

TEST_P(RowKernel, SiluMultiplyIsSiluTimesUp) {
  for (const std::int64_t width : {1, 9, 16, 31, 1536}) {
    const std::int64_t rows = 5;
    const std::int64_t stride = 2 * width;
    Floats both = random_floats(rows * stride, 1, 20);
    both[0] = -1000;
    if (width > 1) both[1] = 1000;
    Floats out(std::size_t(rows * width));

    silu_multiply(both.data(), both.data() + width, rows, width, stride, out.data());

    for (std::int64_t r = 0; r < rows; ++r) {
      for (std::int64_t i = 0; i < width; ++i) {
        const double gate = both[std::size_t(r * stride + i)];
        const double up = both[std::size_t(r * stride + width + i)];
        const double want = gate / (1 + std::exp(-gate)) * up;
        ASSERT_NEAR(out[std::size_t(r * width + i)], want, 1e-6 * std::abs(want) + 1e-30);
      }
    }
  }
}

TEST_P(RowKernel, NotANumberIsNotHidden) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const Floats gate(20, nan);
  const Floats up(20, 1.0f);
  Floats out(20);
  silu_multiply(gate.data(), up.data(), 1, 20, 20, out.data());
  for (const float v : out) EXPECT_TRUE(std::isnan(v));

  std::vector<std::uint16_t> cache(20);
  append_to_cache(gate.data(), 1, 20, 1, 20, 0, 1, CacheType::kBf16, cache.data());
  for (const std::uint16_t v : cache) EXPECT_TRUE(std::isnan(from_bf16(v)));
}

TEST_P(RowKernel, GatherRowsWidensTheTable) {
  const std::int64_t ids[] = {6, 0, 6, 3};
  for (const WeightType type : kTypes) {
    const Weights table(type, 7, 37, 9);
    Floats out(4 * 37, kUnset);

    gather_rows(table.linear(), 37, ids, out.data());

    for (std::size_t r = 0; r < 4; ++r) {
      for (std::size_t i = 0; i < 37; ++i) {
        ASSERT_FLOAT_EQ(out[r * 37 + i], float(table.values[std::size_t(ids[r]) * 37 + i]));
      }
    }
  }
}

TEST_P(RowKernel, GatherRowsRefusesIdsOutsideTheTable) {
  const Weights table(WeightType::kBf16, 7, 3, 9);
  Floats out(3);
  for (const std::int64_t id : {-1, 7}) {
    EXPECT_THROW(gather_rows(table.linear(), 3, {&id, 1}, out.data()), Error) << id;
  }
}

TEST_P(RowKernel, QuantiseRowsKeepsHalfAStep) {
  const std::int64_t out = 40;
  const std::int64_t in = 45;
  Floats weight = random_floats(out * in, 3);
  std::fill_n(weight.begin(), in, 0.0f);  // a row of zeros has scale zero
  std::vector<std::int8_t> data(weight.size());
  Floats scales(std::size_t(out), kUnset);

  quantise_rows(weight.data(), out, in, data.data(), scales.data());

  EXPECT_EQ(scales[0], 0.0f);
  for (std::size_t r = 0; r < std::size_t(out); ++r) {
    const float* row = weight.data() + r * std::size_t(in);
    float largest = 0;
    for (std::int64_t i = 0; i < in; ++i) largest = std::max(largest, std::abs(row[i]));
    ASSERT_FLOAT_EQ(scales[r], largest / 127);
    for (std::size_t i = 0; i < std::size_t(in); ++i) {
      const float want = scales[r] > 0 ? std::nearbyint(row[i] / scales[r]) : 0;
      ASSERT_EQ(data[r * std::size_t(in) + i], want);
    }
  }
}

TEST_P(RowKernel, AppendToCachePlacesHeads) {
  const std::int64_t count = 3, heads = 2, width = 21, stride = 50, capacity = 9, position = 4;
  const Floats rows = random_floats(count * stride, 1);
  for (const CacheType type : {CacheType::kF32, CacheType::kBf16}) {
    const std::size_t bytes = type == CacheType::kBf16 ? 2 : 4;
    std::vector<unsigned char> cache(std::size_t(heads * capacity * width) * bytes, 0xAB);
    std::vector<unsigned char> want = cache;

    append_to_cache(rows.data(), count, stride, heads, width, position, capacity, type,
                    cache.data());

    for (std::int64_t g = 0; g < heads; ++g) {
      for (std::int64_t t = 0; t < count; ++t) {
        for (std::int64_t i = 0; i < width; ++i) {
          const float v = rows[std::size_t(t * stride + g * width + i)];
          const auto at = std::size_t((g * capacity + position + t) * width + i);
          const std::uint16_t half = to_bf16(v);
          std::memcpy(want.data() + at * bytes, bytes == 2 ? (const void*)&half : &v, bytes);
        }
      }
    }
    EXPECT_EQ(cache, want);
  }
}

}  // namespace
}  // namespace sightline::kernels
