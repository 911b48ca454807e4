#include "engine/prefix_cache.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/randn.h>
#include <gtest/gtest.h>

namespace sightline {
namespace {

constexpr KvShape kShape{.layers = 2, .kv_heads = 1, .head_width = 4};

KvCache filled(std::int64_t rows) {
  KvCache cache(kShape, rows + 3, at::kFloat, at::kCPU);
  for (int layer = 0; layer < kShape.layers; ++layer) {
    cache.keys(layer).copy_(at::randn({1, rows + 3, 4}));
    cache.values(layer).copy_(at::randn({1, rows + 3, 4}));
  }
  cache.set_length(rows);
  return cache;
}

TEST(PrefixCache, FindsTheLongestCommonPrefix) {
  PrefixCache prefixes(1 << 20);
  const KvCache first = filled(4);
  const KvCache second = filled(4);
  prefixes.store(std::vector<std::uint64_t>{1, 2, 3, 4}, first);
  prefixes.store(std::vector<std::uint64_t>{1, 2, 9, 9}, second);
  const auto match = prefixes.find(std::vector<std::uint64_t>{1, 2, 3, 7});
  ASSERT_EQ(match.length, 3);
  const KvCache copy = match.cache->copy_prefix(3, 10);
  EXPECT_EQ(copy.length(), 3);
  EXPECT_TRUE(at::equal(copy.keys(1).narrow(1, 0, 3), first.keys(1).narrow(1, 0, 3)));
  EXPECT_TRUE(at::equal(copy.values(0).narrow(1, 0, 3), first.values(0).narrow(1, 0, 3)));
  EXPECT_EQ(prefixes.find(std::vector<std::uint64_t>{5}).length, 0);
}

TEST(PrefixCache, ForgetsTheLeastRecentlyUsed) {
  const KvCache cache = filled(4);
  PrefixCache prefixes(2 * cache.bytes() / cache.capacity() * 4);  // two entries of four rows
  prefixes.store(std::vector<std::uint64_t>{1, 1, 1, 1}, cache);
  prefixes.store(std::vector<std::uint64_t>{2, 2, 2, 2}, cache);
  prefixes.find(std::vector<std::uint64_t>{1, 1});
  prefixes.store(std::vector<std::uint64_t>{3, 3, 3, 3}, cache);
  EXPECT_EQ(prefixes.find(std::vector<std::uint64_t>{1, 1}).length, 2);
  EXPECT_EQ(prefixes.find(std::vector<std::uint64_t>{2, 2}).length, 0);
}

TEST(PrefixCache, KeepsNothingThatExceedsItsBudget) {
  PrefixCache prefixes(8);
  prefixes.store(std::vector<std::uint64_t>{1, 2}, filled(2));
  EXPECT_EQ(prefixes.find(std::vector<std::uint64_t>{1, 2}).length, 0);
}

}  // namespace
}  // namespace sightline
