#include "training/sampler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "base/random.h"
#include "sightline/error.h"

namespace sightline {
namespace {

using Lengths = std::vector<std::int64_t>;

Lengths drawn_lengths(std::size_t count, std::uint64_t seed) {
  Random random(seed);
  Lengths out;
  for (std::size_t i = 0; i < count; ++i) {
    const auto words = static_cast<std::int64_t>(1 + random.below(200));
    out.push_back(random.below(3) == 0 ? -words : words);
  }
  return out;
}

TEST(EpochOrder, IsAPermutationForEverySamplerAndSize) {
  for (const char* sampler : {"modality_length", "shuffle", "sequential"}) {
    for (const std::size_t count : {1, 2, 7, 16, 33, 100}) {
      Lengths order = epoch_order(sampler, drawn_lengths(count, count), {2, 4}, 5, 1);
      std::ranges::sort(order);
      Lengths wanted(count);
      std::iota(wanted.begin(), wanted.end(), 0);
      EXPECT_EQ(order, wanted) << sampler << " " << count;
    }
  }
}

TEST(EpochOrder, DependsOnSeedAndEpochAlone) {
  const Lengths lengths = drawn_lengths(64, 9);
  const auto order = [&](std::uint64_t seed, std::int64_t epoch) {
    return epoch_order("modality_length", lengths, {2, 4}, seed, epoch);
  };
  EXPECT_EQ(order(1, 0), order(1, 0));
  EXPECT_NE(order(1, 0), order(1, 1));
  EXPECT_NE(order(1, 0), order(2, 0));
}

// Every update but the last holds one modality, so that text-only steps occur as LLaVA has them.
TEST(EpochOrder, GroupsUpdatesByModality) {
  const Lengths lengths = drawn_lengths(203, 4);
  const SamplerShape shape{.micro_batch = 2, .micro_batches = 4};
  const Lengths order = epoch_order("modality_length", lengths, shape, 3, 0);
  std::size_t mixed = 0;
  for (std::size_t at = 0; at < order.size(); at += 8) {
    const std::size_t end = std::min(order.size(), at + 8);
    const auto pictures =
        std::count_if(order.begin() + static_cast<std::ptrdiff_t>(at),
                      order.begin() + static_cast<std::ptrdiff_t>(end),
                      [&](std::int64_t i) { return lengths[static_cast<std::size_t>(i)] > 0; });
    if (pictures != 0 && pictures != static_cast<std::ptrdiff_t>(end - at)) {
      ++mixed;
      EXPECT_GE(end + 16, order.size()) << "a mixed update before the leftovers";
    }
  }
  EXPECT_LE(mixed, 2U);
}

TEST(EpochOrder, BalancesTheMicroBatchesOfAnUpdate) {
  const Lengths lengths{100, 90, 80, 70, 4, 3, 2, 1};
  const Lengths order = epoch_order("modality_length", lengths, {2, 4}, 0, 0);
  for (std::size_t at = 0; at < 8; at += 2) {
    const auto sum = lengths[static_cast<std::size_t>(order[at])] +
                     lengths[static_cast<std::size_t>(order[at + 1])];
    EXPECT_GE(sum, 72);
    EXPECT_LE(sum, 104);
  }
}

TEST(EpochOrder, RefusesUnknownSamplersAndEmptyRecords) {
  EXPECT_THROW(epoch_order("shufle", {1, 2}, {1, 1}, 0, 0), Error);
  EXPECT_THROW(epoch_order("modality_length", {1, 0}, {1, 1}, 0, 0), Error);
}

}  // namespace
}  // namespace sightline
