#include <ATen/TensorOperators.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

#include "sightline/error.h"
#include "training/batch.h"
#include "training/dpo.h"
#include "training/llava_mask.h"

namespace sightline {
namespace {

TrainingSample weighted(double weight, const std::string& kind = "utility") {
  TrainingSample sample;
  sample.weight = weight;
  sample.kind = kind;
  return sample;
}

TargetLosses three_and_one() { return {at::tensor({1.0, 2.0, 6.0, 5.0}), {3, 1}}; }

TEST(ReduceLosses, EveryNormIsItsClosedForm) {
  const std::vector<TrainingSample> samples{weighted(1), weighted(2)};
  const auto reduced = [&](const char* norm, double denominator) {
    return reduce_losses(three_and_one(), samples, norm, denominator).item<double>();
  };
  EXPECT_DOUBLE_EQ(reduced("micro_mean", 4), 14.0 / 4 / 4);
  EXPECT_DOUBLE_EQ(reduced("global_token_mean", 10), 14.0 / 10);
  EXPECT_DOUBLE_EQ(reduced("per_sample_mean", 2), (3.0 + 2 * 5.0) / 2);
  EXPECT_THROW(reduced("mean", 1), Error);
}

TEST(ReduceLosses, ABatchWithoutTargetsGivesZero) {
  const std::vector<TrainingSample> samples{weighted(1)};
  for (const char* norm : {"micro_mean", "global_token_mean", "per_sample_mean"}) {
    EXPECT_EQ(reduce_losses({at::zeros({0}), {0}}, samples, norm, 1).item<double>(), 0) << norm;
  }
}

TEST(AddByKind, SumsPerKind) {
  const std::vector<TrainingSample> samples{weighted(1, "utility"), weighted(1, "refusal_benign")};
  std::map<std::string, KindLoss> kinds;
  add_by_kind(three_and_one(), samples, kinds);
  EXPECT_DOUBLE_EQ(kinds.at("utility").sum, 9);
  EXPECT_EQ(kinds.at("utility").targets, 3);
  EXPECT_DOUBLE_EQ(kinds.at("refusal_benign").sum, 5);
}

TEST(DpoLoss, HasThePublishedValueAndMirrors) {
  const at::Tensor policy = at::tensor({-12.0, -10.0});
  const at::Tensor reference = at::tensor({-13.0, -9.5});
  const DpoLoss loss = dpo_loss(policy, reference, 0.1);
  EXPECT_NEAR(loss.loss.item<double>(), 0.620957, 1e-6);
  EXPECT_DOUBLE_EQ(loss.accuracy, 1);
  const DpoLoss swapped = dpo_loss(policy.flip(0), reference.flip(0), 0.1);
  EXPECT_NEAR(swapped.margin, -loss.margin, 1e-12);
  EXPECT_NEAR(swapped.loss.item<double>(), loss.loss.item<double>() + loss.margin, 1e-6);
  EXPECT_DOUBLE_EQ(swapped.accuracy, 0);
}

TEST(DpoLoss, StartsAtLn2WithStrictAccuracyZero) {
  const at::Tensor same = at::tensor({-3.0, -4.0, -1.0, -9.0});
  const DpoLoss loss = dpo_loss(same, same, 0.1);
  EXPECT_NEAR(loss.loss.item<double>(), 0.693147, 1e-6);
  EXPECT_DOUBLE_EQ(loss.accuracy, 0);
}

TEST(DpoLoss, AnswersAreSumsOfTheirTargets) {
  const at::Tensor sums = answer_logps(three_and_one());
  EXPECT_DOUBLE_EQ(sums[0].item<double>(), -9);
  EXPECT_DOUBLE_EQ(sums[1].item<double>(), -5);
}

// Words as tokens, <s> in front, and "</s>" a word of its own: the counting is what is tested.
std::size_t words(const std::string& text) {
  std::size_t count = 1;
  bool inside = false;
  for (const char c : text) {
    if (c != ' ' && !inside) ++count;
    inside = c != ' ';
  }
  return count + (text.ends_with(' ') ? 1 : 0);  // a trailing space is a token, as in Llama's
}

TEST(LlavaMask, MarksTheAnswersAndTheirEnds) {
  const std::string text = "Sys USER: q1 ASSISTANT: a1 b1 </s>USER: q2 ASSISTANT: a2 </s>";
  // <s> Sys USER: q1 ASSISTANT: | a1 b1 </s> | USER: q2 ASSISTANT: | a2 </s>
  const std::string first = "Sys USER: q1 ASSISTANT: a1 b1 ";
  const std::vector<bool> targets = llava_v1_targets(text, 1 + 7 + 5, [&](const std::string& t) {
    return words(t) -
           (t.ends_with(' ') && t != "Sys USER: q1 ASSISTANT: " && t != "USER: q2 ASSISTANT: "
                ? 1U
                : 0U);
  });
  const std::vector<bool> wanted{false, false, false, false, false, true, true,
                                 true,  false, false, false, true,  true};
  EXPECT_EQ(targets, wanted);
}

TEST(LlavaMask, MasksTheWholeRecordWhenTheCountsDisagree) {
  const auto one = [](const std::string&) { return std::size_t{4}; };
  const std::vector<bool> targets = llava_v1_targets("S USER: q ASSISTANT: a</s>", 9, one);
  EXPECT_EQ(targets, std::vector<bool>(9, false));
}

}  // namespace
}  // namespace sightline
