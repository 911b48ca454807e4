#include "distributed/equal_ranks.h"

#include <ATen/ops/ones.h>
#include <gtest/gtest.h>

#include <vector>

#include "sightline/error.h"
#include "support/recording_group.h"

namespace sightline {
namespace {

const std::vector<at::Tensor> kWeights = {at::ones({3}), at::ones({2, 2})};

TEST(EqualRanks, SayNothingWhereTheyAreEqual) {
  RecordingGroup group;
  EXPECT_NO_THROW(expect_equal_on_ranks(group, kWeights, "after update 200"));
}

TEST(EqualRanks, SeeTheLastBitOfOneNumberAmongMany) {
  RecordingGroup group;
  at::Tensor weights = at::ones({4096}, at::kBFloat16);
  weights[7] = 1.0078125;  // the next bf16 after 1
  expect_equal_on_ranks(group, std::vector{weights}, "after update 200");
  EXPECT_EQ(group.gathered.at(0).item<double>(), 4096.0078125);
}

TEST(EqualRanks, NameTheRankAndTheUpdateWhereTheyDrifted) {
  RecordingGroup group;
  group.drift = 1e-15;  // the last bits of a sum near 3
  try {
    expect_equal_on_ranks(group, kWeights, "after update 200");
    FAIL() << "drifted weights passed";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInternal);
    EXPECT_STREQ(error.what(), "rank 0 holds other weights than the rest after update 200");
  }
}

}  // namespace
}  // namespace sightline
