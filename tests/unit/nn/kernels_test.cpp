// Every kernel against a slow obvious formula in double, for every instruction set of this machine,
// and the laws: a row does not know its neighbours, threads and chunks change no bit.
#include "nn/kernels/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <string>
#include <tuple>
#include <vector>

#include "base/random.h"
#include "nn/kernels/kernel_set.h"
#include "sightline/error.h"

namespace sightline::kernels {
namespace {

using Floats = std::vector<float>;

constexpr float kUnset = -12345.5f;

Floats random_floats(std::int64_t count, std::uint64_t seed, double scale = 1) {
  Random random(seed);
  Floats values(static_cast<std::size_t>(count));
  for (float& v : values) v = static_cast<float>((random.uniform() * 2 - 1) * scale);
  return values;
}

std::uint16_t to_bf16(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  return static_cast<std::uint16_t>((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
}

float from_bf16(std::uint16_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

// Weights in the type's bytes at an odd place of memory that ends with the last row.
struct Weights {
  WeightType type;
  std::int64_t out;
  std::int64_t in;
  std::vector<char> bytes;
  Floats scales;
  std::vector<double> values;  // what the bytes mean, scales included

  Weights(WeightType t, std::int64_t o, std::int64_t i, std::uint64_t seed)
      : type(t), out(o), in(i), scales(static_cast<std::size_t>(o)) {
    const Floats source = random_floats(out * in, seed);
    const std::size_t size = type == WeightType::kF32 ? 4 : type == WeightType::kBf16 ? 2 : 1;
    bytes.resize(source.size() * size + shift());
    std::vector<std::int8_t> quantised(source.size());
    quantise_rows(source.data(), out, in, quantised.data(), scales.data());
    for (std::size_t k = 0; k < source.size(); ++k) {
      const std::uint16_t half = to_bf16(source[k]);
      const std::size_t row = in > 0 ? k / static_cast<std::size_t>(in) : 0;
      char* at = bytes.data() + shift() + k * size;
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

  std::size_t shift() const { return type == WeightType::kInt8 ? 1 : 2; }

  Linear linear(const float* bias = nullptr) const {
    return {.type = type,
            .data = bytes.data() + shift(),
            .scales = type == WeightType::kInt8 ? scales.data() : nullptr,
            .bias = bias,
            .out = out};
  }
};

// A row of x as the set in use multiplies it with weights of the type.
std::vector<double> rounded(const float* x, std::int64_t in, WeightType type) {
  std::vector<double> values(x, x + in);
  if (type == WeightType::kF32 || kernel_set() != "amx") return values;
  float most = 0;
  for (std::int64_t k = 0; k < in; ++k) most = std::max(most, std::abs(x[k]));
  for (double& v : values) {
    if (type == WeightType::kBf16) v = from_bf16(to_bf16(float(v)));
    if (type == WeightType::kInt8) v = std::nearbyint(float(v) * (32639 / most)) * most / 32639;
  }
  return values;
}

// Σ x·w and Σ |x·w|, the measure of rounding errors.
std::pair<double, double> product(const std::vector<double>& x, const double* w) {
  double sum = 0;
  double size = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    sum += x[k] * w[k];
    size += std::abs(x[k] * w[k]);
  }
  return {sum, size};
}

Floats run_linear(const Weights& w, const float* x, std::int64_t rows) {
  Floats y(static_cast<std::size_t>(rows * w.out));
  const LinearTask task = {.weight = w.linear(), .y = y.data(), .stride = w.out};
  linear(x, rows, w.in, {&task, 1});
  return y;
}

std::vector<std::string> set_names() {
  std::vector<std::string> names;
  for (const KernelSet* set : available_kernel_sets()) names.emplace_back(set->name);
  return names;
}

constexpr WeightType kTypes[] = {WeightType::kF32, WeightType::kBf16, WeightType::kInt8};

class Kernels : public testing::TestWithParam<std::string> {
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

INSTANTIATE_TEST_SUITE_P(Sets, Kernels, testing::ValuesIn(set_names()),
                         [](const auto& set) { return set.param; });

struct Size {
  std::int64_t rows, in, out;
};

constexpr Size kSizes[] = {{1, 1, 1},    {1, 576, 65},  {2, 17, 15},  {3, 33, 17},   {5, 31, 1},
                           {7, 64, 100}, {8, 100, 33},  {16, 96, 48}, {17, 576, 20}, {33, 1536, 35},
                           {4, 0, 3},    {1, 1536, 31}, {70, 65, 64}, {40, 32, 7}};

TEST_P(Kernels, LinearIsTheSumOfProducts) {
  std::uint64_t seed = 1;
  for (const WeightType type : kTypes) {
    for (const auto& [rows, in, out] : kSizes) {
      const Weights w(type, out, in, ++seed);
      const Floats x = random_floats(rows * in, ++seed);
      const Floats bias = random_floats(out, ++seed);
      const std::int64_t stride = out + 3;
      Floats y(static_cast<std::size_t>(rows * stride), kUnset);

      const LinearTask task = {.weight = w.linear(bias.data()), .y = y.data(), .stride = stride};
      linear(x.data(), rows, in, {&task, 1});

      for (std::int64_t m = 0; m < rows; ++m) {
        const std::vector<double> row = rounded(x.data() + m * in, in, type);
        for (std::int64_t n = 0; n < stride; ++n) {
          const float got = y[std::size_t(m * stride + n)];
          if (n >= out) {
            ASSERT_EQ(got, kUnset) << "wrote past the row's end";
            continue;
          }
          const auto [sum, size] = product(row, w.values.data() + n * in);
          ASSERT_NEAR(got, sum + bias[std::size_t(n)], size * 2e-6 + 1e-6)
              << "type " << int(type) << " rows " << rows << " in " << in << " out " << out
              << " at " << m << ", " << n;
        }
      }
    }
  }
}

// What rounding x costs, against x as it is: of the order of a weight type's own rounding.
TEST_P(Kernels, RoundingOfXStaysSmall) {
  const std::int64_t in = 1536;
  for (const auto& [type, limit] :
       {std::pair{WeightType::kBf16, 3e-3}, {WeightType::kInt8, 5e-4}}) {
    const Weights w(type, 64, in, 41);
    Floats x = random_floats(in, 42);
    x[7] = 30;  // one value that stands out, as activations have them
    const Floats y = run_linear(w, x.data(), 1);
    const std::vector<double> exact(x.begin(), x.end());
    double error = 0;
    double total = 0;
    for (std::int64_t n = 0; n < w.out; ++n) {
      const double want = product(exact, w.values.data() + n * in).first;
      error += std::pow(y[std::size_t(n)] - want, 2);
      total += want * want;
    }
    EXPECT_LT(std::sqrt(error / total), limit) << int(type);
  }
}

TEST_P(Kernels, RowsOfZerosAndRowsThatAreNotFinite) {
  for (const WeightType type : kTypes) {
    const Weights w(type, 20, 40, 51);
    Floats x(3 * 40, 0.0f);
    x[45] = std::numeric_limits<float>::quiet_NaN();
    x[85] = std::numeric_limits<float>::infinity();
    const Floats y = run_linear(w, x.data(), 3);
    for (std::size_t n = 0; n < 20; ++n) {
      EXPECT_EQ(y[n], 0.0f);
      EXPECT_TRUE(std::isnan(y[20 + n])) << int(type);
      EXPECT_FALSE(std::isfinite(y[40 + n])) << int(type);
    }
  }
}

TEST_P(Kernels, LinearAddsToWhatIsThere) {
  for (const WeightType type : kTypes) {
    const Weights w(type, 37, 50, 5);
    const Floats x = random_floats(3 * 50, 6);
    const Floats before = random_floats(3 * 37, 7);
    const Floats plain = run_linear(w, x.data(), 3);

    Floats y = before;
    const LinearTask task = {.weight = w.linear(), .y = y.data(), .stride = 37, .add = true};
    linear(x.data(), 3, 50, {&task, 1});

    for (std::size_t i = 0; i < y.size(); ++i) ASSERT_EQ(y[i], before[i] + plain[i]);
  }
}

TEST_P(Kernels, TasksOfOnePassAreThePassesAlone) {
  const std::int64_t in = 96;
  const Weights a(WeightType::kBf16, 33, in, 1);
  const Weights b(WeightType::kF32, 5, in, 2);
  const Weights c(WeightType::kInt8, 200, in, 3);
  for (const std::int64_t rows : {1, 19}) {
    const Floats x = random_floats(rows * in, 4);
    std::vector<Floats> got;
    std::vector<LinearTask> tasks;
    for (const Weights* w : {&a, &b, &c}) got.emplace_back(std::size_t(rows * w->out));
    std::size_t next = 0;
    for (const Weights* w : {&a, &b, &c}) {
      tasks.push_back({.weight = w->linear(), .y = got[next++].data(), .stride = w->out});
    }

    linear(x.data(), rows, in, tasks);

    EXPECT_EQ(got[0], run_linear(a, x.data(), rows));
    EXPECT_EQ(got[1], run_linear(b, x.data(), rows));
    EXPECT_EQ(got[2], run_linear(c, x.data(), rows));
  }
}

TEST_P(Kernels, LinearRowsDoNotKnowTheirNeighbours) {
  for (const WeightType type : kTypes) {
    for (const auto& [in, out] : {std::pair<std::int64_t, std::int64_t>{576, 49}, {45, 32}}) {
      const Weights w(type, out, in, 11);
      const std::int64_t most = 86;
      const Floats x = random_floats(most * in, 12);
      Floats alone;
      for (std::int64_t m = 0; m < most; ++m) {
        const Floats row = run_linear(w, x.data() + m * in, 1);
        alone.insert(alone.end(), row.begin(), row.end());
      }
      for (const std::int64_t rows : {2, 3, 8, 16, 17, 33, 86}) {
        const std::int64_t first = most - rows;
        const Floats together = run_linear(w, x.data() + first * in, rows);
        ASSERT_EQ(0, std::memcmp(together.data(), alone.data() + first * out,
                                 together.size() * sizeof(float)))
            << "type " << int(type) << " rows " << rows << " in " << in;
      }
    }
  }
}

TEST_P(Kernels, LinearIsTheSameOnAnyNumberOfThreads) {
  for (const WeightType type : kTypes) {
    const Weights w(type, 1000, 200, 21);
    for (const std::int64_t rows : {1, 40}) {
      const Floats x = random_floats(rows * 200, 22);
      set_kernel_threads(1);
      const Floats one = run_linear(w, x.data(), rows);
      for (const int threads : {2, 5}) {
        set_kernel_threads(threads);
        for (int repeat = 0; repeat < 5; ++repeat) {
          ASSERT_EQ(one, run_linear(w, x.data(), rows)) << "type " << int(type);
        }
      }
    }
  }
}

// Several chunks of x rows: more of them than stay in a cache.
TEST_P(Kernels, ManyRowsAreTheSameAsFew) {
  const std::int64_t in = 1536;
  const Weights w(WeightType::kBf16, 20, in, 31);
  const std::int64_t rows = 600;
  const Floats x = random_floats(rows * in, 32);
  const Floats whole = run_linear(w, x.data(), rows);
  for (std::int64_t m = 0; m < rows; m += 50) {
    const Floats part = run_linear(w, x.data() + m * in, 50);
    ASSERT_EQ(0, std::memcmp(part.data(), whole.data() + m * w.out, part.size() * sizeof(float)));
  }
}

TEST_P(Kernels, NoRowsOrNoTasksIsNoWork) {
  const Weights w(WeightType::kBf16, 4, 8, 1);
  const float x = 0;
  EXPECT_TRUE(run_linear(w, &x, 0).empty());
  linear(&x, 1, 8, {});
  attention({.heads = 1, .kv_heads = 1, .head_width = 8}, {});
}

TEST_P(Kernels, RmsNormDividesByTheRootMeanSquare) {
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

TEST_P(Kernels, RotateHalfTurnsPairsOfEveryHead) {
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

TEST_P(Kernels, SiluMultiplyIsSiluTimesUp) {
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

TEST_P(Kernels, NotANumberIsNotHidden) {
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

TEST_P(Kernels, GatherRowsWidensTheTable) {
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

TEST_P(Kernels, GatherRowsRefusesIdsOutsideTheTable) {
  const Weights table(WeightType::kBf16, 7, 3, 9);
  Floats out(3);
  for (const std::int64_t id : {-1, 7}) {
    EXPECT_THROW(gather_rows(table.linear(), 3, {&id, 1}, out.data()), Error) << id;
  }
}

TEST_P(Kernels, QuantiseRowsKeepsHalfAStep) {
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

TEST_P(Kernels, AppendToCachePlacesHeads) {
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

// Queries, keys and values of one sequence, the cache filled by append_to_cache; what lies behind
// the filled rows is NaN, so that reading it shows.
struct Sequence {
  AttentionShape shape;
  std::int64_t length;
  std::int64_t capacity;
  Floats q, k, v;
  std::vector<unsigned char> keys, values;

  Sequence(AttentionShape s, std::int64_t n, std::int64_t room, std::uint64_t seed)
      : shape(s), length(n), capacity(room) {
    const std::int64_t kv_width = shape.kv_heads * shape.head_width;
    q = random_floats(length * shape.q_stride, seed, 2);
    k = random_floats(length * kv_width, seed + 1, 2);
    v = random_floats(length * kv_width, seed + 2);
    const std::size_t bytes = shape.cache == CacheType::kBf16 ? 2 : 4;
    keys.assign(std::size_t(capacity * kv_width) * bytes, 0xFF);
    values = keys;
    append_to_cache(k.data(), length, kv_width, shape.kv_heads, shape.head_width, 0, capacity,
                    shape.cache, keys.data());
    append_to_cache(v.data(), length, kv_width, shape.kv_heads, shape.head_width, 0, capacity,
                    shape.cache, values.data());
  }

  AttentionTask task(std::int64_t position, std::int64_t count, float* out) const {
    return {.q = q.data() + position * shape.q_stride,
            .out = out,
            .keys = keys.data(),
            .values = values.data(),
            .capacity = capacity,
            .position = position,
            .count = count};
  }

  Floats run(std::int64_t position, std::int64_t count) const {
    Floats out(std::size_t(count * shape.out_stride), kUnset);
    const AttentionTask one = task(position, count, out.data());
    attention(shape, {&one, 1});
    return out;
  }

  double cached(const Floats& rows, std::int64_t j, std::int64_t g, std::int64_t i) const {
    const float value = rows[std::size_t((j * shape.kv_heads + g) * shape.head_width + i)];
    return shape.cache == CacheType::kBf16 ? from_bf16(to_bf16(value)) : value;
  }

  // Output of query row t, head h.
  std::vector<double> want(std::int64_t t, std::int64_t h) const {
    const std::int64_t g = h / (shape.heads / shape.kv_heads);
    std::vector<double> weights;
    for (std::int64_t j = 0; j <= t; ++j) {
      double score = 0;
      for (std::int64_t i = 0; i < shape.head_width; ++i) {
        score += q[std::size_t(t * shape.q_stride + h * shape.head_width + i)] * cached(k, j, g, i);
      }
      weights.push_back(score * shape.scale);
    }
    const double top = *std::max_element(weights.begin(), weights.end());
    for (double& w : weights) w = std::exp(w - top);
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<double> out(std::size_t(shape.head_width), 0.0);
    for (std::int64_t j = 0; j <= t; ++j) {
      for (std::int64_t i = 0; i < shape.head_width; ++i) {
        out[std::size_t(i)] += weights[std::size_t(j)] / sum * cached(v, j, g, i);
      }
    }
    return out;
  }
};

AttentionShape attention_shape(std::int64_t heads, std::int64_t kv_heads, std::int64_t head_width,
                               CacheType cache) {
  return {.heads = heads,
          .kv_heads = kv_heads,
          .head_width = head_width,
          .q_stride = heads * head_width + 7,
          .out_stride = heads * head_width + 2,
          .scale = static_cast<float>(1 / std::sqrt(double(head_width))),
          .cache = cache};
}

double attention_tolerance(CacheType cache) {
  return cache == CacheType::kBf16 && kernel_set() == "amx" ? 2e-2 : 3e-6;
}

const std::tuple<int, int, int> kHeads[] = {{9, 3, 64},  {4, 4, 17}, {2, 1, 5},  {3, 1, 80},
                                            {8, 2, 128}, {6, 2, 96}, {40, 2, 32}};

TEST_P(Kernels, AttentionIsTheSoftmaxMeanOfValues) {
  std::uint64_t seed = 100;
  for (const CacheType cache : {CacheType::kF32, CacheType::kBf16}) {
    for (const auto& [heads, kv_heads, head_width] : kHeads) {
      const AttentionShape shape = attention_shape(heads, kv_heads, head_width, cache);
      for (const std::int64_t length : {1, 6, 70}) {
        const Sequence s(shape, length, length + 5, ++seed);
        const Floats got = s.run(0, length);
        for (std::int64_t t = 0; t < length; ++t) {
          for (std::int64_t h = 0; h < heads; ++h) {
            const std::vector<double> want = s.want(t, h);
            for (std::int64_t i = 0; i < head_width; ++i) {
              ASSERT_NEAR(got[std::size_t(t * shape.out_stride + h * head_width + i)],
                          want[std::size_t(i)], attention_tolerance(cache))
                  << "heads " << heads << " width " << head_width << " length " << length << " row "
                  << t << " head " << h;
            }
          }
          ASSERT_EQ(got[std::size_t((t + 1) * shape.out_stride - 1)], kUnset);
        }
      }
    }
  }
}

TEST_P(Kernels, AttentionInChunksIsAttentionWhole) {
  for (const CacheType cache : {CacheType::kF32, CacheType::kBf16}) {
    for (const auto& [heads, kv_heads, head_width] : kHeads) {
      const AttentionShape shape = attention_shape(heads, kv_heads, head_width, cache);
      const std::int64_t length = 150;
      const Sequence s(shape, length, length + 3, 7);
      const Floats whole = s.run(0, length);
      for (const std::int64_t chunk : {1, 7, 40}) {
        Floats pieces;
        for (std::int64_t t = 0; t < length; t += chunk) {
          const Floats piece = s.run(t, std::min(chunk, length - t));
          pieces.insert(pieces.end(), piece.begin(), piece.end());
        }
        ASSERT_EQ(0, std::memcmp(pieces.data(), whole.data(), whole.size() * sizeof(float)))
            << "chunk " << chunk << " heads " << heads << " width " << head_width;
      }
    }
  }
}

TEST_P(Kernels, SequencesOfOneBatchDoNotKnowEachOther) {
  for (const CacheType cache : {CacheType::kF32, CacheType::kBf16}) {
    const AttentionShape shape = attention_shape(9, 3, 64, cache);
    const Sequence a(shape, 130, 140, 1);
    const Sequence b(shape, 20, 20, 2);
    const Sequence c(shape, 61, 80, 3);
    Floats out_a(std::size_t(1 * shape.out_stride), kUnset);
    Floats out_b(std::size_t(20 * shape.out_stride), kUnset);
    Floats out_c(std::size_t(31 * shape.out_stride), kUnset);
    const AttentionTask tasks[] = {a.task(129, 1, out_a.data()), b.task(0, 20, out_b.data()),
                                   c.task(30, 31, out_c.data())};
    for (const int threads : {1, 2, 5}) {
      set_kernel_threads(threads);
      attention(shape, tasks);
      EXPECT_EQ(out_a, a.run(129, 1));
      EXPECT_EQ(out_b, b.run(0, 20));
      EXPECT_EQ(out_c, c.run(30, 31));
    }
  }
}

TEST_P(Kernels, LargeScoresDoNotOverflow) {
  AttentionShape shape = attention_shape(2, 1, 16, CacheType::kF32);
  shape.scale = 1000;
  const Sequence s(shape, 40, 40, 1);
  const Floats out = s.run(39, 1);
  for (std::int64_t h = 0; h < 2; ++h) {
    const std::vector<double> want = s.want(39, h);
    for (std::int64_t i = 0; i < 16; ++i) {
      EXPECT_NEAR(out[std::size_t(h * 16 + i)], want[std::size_t(i)], 3e-3);
    }
  }
}

TEST(KernelSets, UnknownSetIsRefusedAndKeepsTheOldOne) {
  const std::string before(kernel_set());
  EXPECT_FALSE(select_kernel_set("mmx"));
  EXPECT_EQ(kernel_set(), before);
}

}  // namespace
}  // namespace sightline::kernels
