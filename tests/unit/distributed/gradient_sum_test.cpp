#include "distributed/gradient_sum.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros_like.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "sightline/error.h"
#include "support/recording_group.h"

namespace sightline {
namespace {

using ::testing::ElementsAre;

constexpr std::int64_t kNumbers = 4;             // of a parameter
constexpr std::int64_t kOneEach = 4 * kNumbers;  // bytes: a bucket for each parameter

// Three parameters of 1, 2 and 3, used one after the other, and what left of their gradients.
class Gradients : public ::testing::Test {
 protected:
  Gradients() {
    for (const double value : {1.0, 2.0, 3.0}) {
      parameters_.push_back(at::full({kNumbers}, value).set_requires_grad(true));
    }
  }

  // Gradients 6, 3, 2: each the product of the other two.
  void backward() const {
    at::Tensor rows = at::ones({kNumbers});
    for (const at::Tensor& one : parameters_) rows = rows * one;
    rows.sum().backward();
  }

  std::vector<double> gradients() const {
    std::vector<double> out;
    for (const at::Tensor& one : parameters_) out.push_back(one.grad()[0].item<double>());
    return out;
  }

  // The first number of each bucket that left.
  std::vector<double> sent() const {
    std::vector<double> out;
    for (const at::Tensor& one : group_->started) out.push_back(one[0].item<double>());
    return out;
  }

  std::vector<at::Tensor> parameters_;
  std::vector<int> known_;  // gradients that were there when a bucket left
  std::shared_ptr<RecordingGroup> group_ = std::make_shared<RecordingGroup>([this] {
    int count = 0;
    for (const at::Tensor& one : parameters_) count += one.grad().defined() ? 1 : 0;
    known_.push_back(count);
  });
};

TEST_F(Gradients, LeaveWhileTheBackwardPassRuns) {
  GradientSum sum(parameters_, group_, kOneEach);
  sum.expect_last_backward();
  backward();
  EXPECT_THAT(known_, ElementsAre(1, 2, 3));
  EXPECT_THAT(sent(), ElementsAre(2, 3, 6));
  sum.finish();
  EXPECT_THAT(gradients(), ElementsAre(12, 6, 4));
}

TEST_F(Gradients, LeaveTogetherUpToTheSizeOfABucket) {
  GradientSum sum(parameters_, group_, 2 * kOneEach);
  sum.expect_last_backward();
  backward();
  EXPECT_THAT(known_, ElementsAre(2, 3));
  EXPECT_EQ(group_->started.at(0).numel(), 2 * kNumbers);
  sum.finish();
  EXPECT_THAT(gradients(), ElementsAre(12, 6, 4));
}

TEST_F(Gradients, LeaveInTheOrderOfBucketsThoughTheyCameOtherwise) {
  GradientSum sum({parameters_.rbegin(), parameters_.rend()}, group_, kOneEach);
  sum.expect_last_backward();
  backward();
  EXPECT_THAT(known_, ElementsAre(3, 3, 3));
  EXPECT_THAT(sent(), ElementsAre(6, 3, 2));
}

TEST_F(Gradients, OfEarlierMicroBatchesLeaveWithTheLast) {
  GradientSum sum(parameters_, group_, kOneEach);
  for (int update = 0; update < 2; ++update) {
    backward();
    EXPECT_TRUE(group_->started.empty());
    sum.expect_last_backward();
    backward();
    sum.finish();
    EXPECT_THAT(sent(), ElementsAre(4, 6, 12));
    EXPECT_THAT(gradients(), ElementsAre(24, 12, 8));
    for (const at::Tensor& one : parameters_) one.mutable_grad().reset();
    group_->started.clear();
  }
}

TEST_F(Gradients, ThatDoNotComeHoldTheirBucketUntilTheEnd) {
  GradientSum sum(parameters_, group_, kOneEach);
  backward();
  sum.expect_last_backward();
  (parameters_[0] * parameters_[2]).sum().backward();
  EXPECT_THAT(sent(), ElementsAre(3));
  sum.finish();
  EXPECT_THAT(sent(), ElementsAre(3, 3, 9));
  EXPECT_THAT(gradients(), ElementsAre(18, 6, 6));
}

TEST_F(Gradients, ThatGrowAfterTheyLeftAreAnError) {
  GradientSum sum(parameters_, group_, kOneEach);
  sum.expect_last_backward();
  backward();
  EXPECT_THROW(backward(), Error);
}

TEST_F(Gradients, AreLeftAloneWhenTheSumIsGone) {
  { GradientSum(parameters_, group_, kOneEach).expect_last_backward(); }
  backward();
  EXPECT_TRUE(group_->started.empty());
  EXPECT_THAT(gradients(), ElementsAre(6, 3, 2));
}

std::shared_ptr<ProcessGroup> join(int rank, int port) {
  const RankLayout layout{
      .rank = rank, .world = 2, .local_world = 2, .address = "127.0.0.1", .port = port};
  return ProcessGroup::join(layout, std::chrono::seconds(60));
}

// Rank 0 has two micro-batches, the last without the second parameter; rank 1 has none.
TEST(GradientSum, IsTheSameOnRanksWithUnequalWork) {
  const auto rank = [](int number) {
    std::vector<at::Tensor> parameters;
    for (int i = 0; i < 3; ++i) parameters.push_back(at::ones({3}).set_requires_grad(true));
    GradientSum sum(parameters, join(number, 29733), 3 * sizeof(float));
    if (number == 0) {
      (parameters[0] * parameters[1] * parameters[2]).sum().backward();
      sum.expect_last_backward();
      (parameters[0] * parameters[2] * 10).sum().backward();
    } else {
      for (const at::Tensor& one : parameters) one.mutable_grad() = at::zeros_like(one).detach();
    }
    sum.finish();
    EXPECT_TRUE(parameters[0].grad().eq(11).all().item<bool>());
    EXPECT_TRUE(parameters[1].grad().eq(1).all().item<bool>());
    EXPECT_TRUE(parameters[2].grad().eq(11).all().item<bool>());
  };
  std::thread other(rank, 1);
  rank(0);
  other.join();
}

TEST(GradientSum, NamesTheStepWhenTheOtherRankIsGone) {
  std::thread other([] { join(1, 29735); });
  const std::vector<at::Tensor> parameters{at::ones({3}).set_requires_grad(true)};
  const auto group = join(0, 29735);
  other.join();
  GradientSum sum(parameters, group);
  const auto update = [&] {
    sum.expect_last_backward();
    parameters[0].sum().backward();
    sum.finish();
  };
  try {
    update();
    FAIL() << "a lost rank was not noticed";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kRemote);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("adding up gradients"));
  }
}

}  // namespace
}  // namespace sightline
