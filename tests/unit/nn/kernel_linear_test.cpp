// Linear layers against sums in double, for every instruction set of this machine, and the laws: a
// row does not know its neighbours, and threads change no bit.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "nn/kernels/kernels.h"
#include "unit/nn/kernel_testing.h"

namespace sightline::kernels {
namespace {

using LinearKernel = KernelTest;
INSTANTIATE_TEST_SUITE_P(Sets, LinearKernel, testing::ValuesIn(set_names()),
                         [](const auto& set) { return set.param; });

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

struct Size {
  std::int64_t rows, in, out;
};

constexpr Size kSizes[] = {{1, 1, 1},    {1, 576, 65},  {2, 17, 15},  {3, 33, 17},   {5, 31, 1},
                           {7, 64, 100}, {8, 100, 33},  {16, 96, 48}, {17, 576, 20}, {33, 1536, 35},
                           {4, 0, 3},    {1, 1536, 31}, {70, 65, 64}, {40, 32, 7}};

TEST_P(LinearKernel, LinearIsTheSumOfProducts) {
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
TEST_P(LinearKernel, RoundingOfXStaysSmall) {
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

TEST_P(LinearKernel, RowsOfZerosAndRowsThatAreNotFinite) {
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

TEST_P(LinearKernel, LinearAddsToWhatIsThere) {
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

TEST_P(LinearKernel, TasksOfOnePassAreThePassesAlone) {
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

TEST_P(LinearKernel, LinearRowsDoNotKnowTheirNeighbours) {
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

TEST_P(LinearKernel, LinearIsTheSameOnAnyNumberOfThreads) {
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
TEST_P(LinearKernel, ManyRowsAreTheSameAsFew) {
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

TEST_P(LinearKernel, NoRowsOrNoTasksIsNoWork) {
  const Weights w(WeightType::kBf16, 4, 8, 1);
  const float x = 0;
  EXPECT_TRUE(run_linear(w, &x, 0).empty());
  linear(&x, 1, 8, {});
  attention({.heads = 1, .kv_heads = 1, .head_width = 8}, {});
}

TEST(KernelSets, UnknownSetIsRefusedAndKeepsTheOldOne) {
  const std::string before(kernel_set());
  EXPECT_FALSE(select_kernel_set("mmx"));
  EXPECT_EQ(kernel_set(), before);
}

}  // namespace
}  // namespace sightline::kernels
