// Attention against the softmax formula in double, for every instruction set of this machine, and
// the laws: chunks, batches and threads change no bit.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <tuple>
#include <vector>

#include "nn/kernels/kernels.h"
#include "unit/nn/kernel_testing.h"

namespace sightline::kernels {
namespace {

using AttentionKernel = KernelTest;
INSTANTIATE_TEST_SUITE_P(Sets, AttentionKernel, testing::ValuesIn(set_names()),
                         [](const auto& set) { return set.param; });

// Queries, keys and values of one sequence, the cache filled by append_to_cache; what lies behind
// the filled rows is NaN, so that reading it shows.
struct Sequence {
  AttentionShape shape;
  std::int64_t length;
  std::int64_t capacity;
  Floats q, k, v;
  EdgeOfMemory keys, values;

  Sequence(AttentionShape s, std::int64_t n, std::int64_t room, std::uint64_t seed)
      : shape(s), length(n), capacity(room), keys(cache_bytes()), values(cache_bytes()) {
    const std::int64_t kv_width = shape.kv_heads * shape.head_width;
    q = random_floats(length * shape.q_stride, seed, 2);
    k = random_floats(length * kv_width, seed + 1, 2);
    v = random_floats(length * kv_width, seed + 2);
    std::memset(keys.data(), 0xFF, cache_bytes());
    std::memset(values.data(), 0xFF, cache_bytes());
    append_to_cache(k.data(), length, kv_width, shape.kv_heads, shape.head_width, 0, capacity,
                    shape.cache, keys.data());
    append_to_cache(v.data(), length, kv_width, shape.kv_heads, shape.head_width, 0, capacity,
                    shape.cache, values.data());
  }

  std::size_t cache_bytes() const {
    const std::size_t rows = std::size_t(capacity * shape.kv_heads);
    return rows * std::size_t(shape.head_width) * (shape.cache == CacheType::kBf16 ? 2 : 4);
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
                                            {8, 2, 128}, {6, 2, 96}, {18, 1, 32}};

TEST_P(AttentionKernel, AttentionIsTheSoftmaxMeanOfValues) {
  std::uint64_t seed = 100;
  for (const CacheType cache : {CacheType::kF32, CacheType::kBf16}) {
    for (const auto& [heads, kv_heads, head_width] : kHeads) {
      const AttentionShape shape = attention_shape(heads, kv_heads, head_width, cache);
      for (const std::int64_t length : {1, 6, heads == 9 ? 70 : 35}) {
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

TEST_P(AttentionKernel, AttentionInChunksIsAttentionWhole) {
  for (const CacheType cache : {CacheType::kF32, CacheType::kBf16}) {
    for (const auto& [heads, kv_heads, head_width] : kHeads) {
      const AttentionShape shape = attention_shape(heads, kv_heads, head_width, cache);
      const std::int64_t length = heads == 9 ? 150 : 70;  // several batches of keys, once
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

TEST_P(AttentionKernel, SequencesOfOneBatchDoNotKnowEachOther) {
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

TEST_P(AttentionKernel, LargeScoresDoNotOverflow) {
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

}  // namespace
}  // namespace sightline::kernels
