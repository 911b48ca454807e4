#include "interventions/residual_edit.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/allclose.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/tensor.h>
#include <gtest/gtest.h>

#include <limits>

#include "sightline/error.h"

namespace sightline {
namespace {

at::Tensor rows(std::vector<float> values, std::int64_t width) {
  return at::tensor(values).reshape({-1, width});
}

TapPoint last_of_prompt(int layer, std::int64_t row) {
  return {.site = Site::kBlockOut, .layer = layer, .last_prompt_row = row};
}

TapPoint generated(int layer, std::int64_t position) {
  return {
      .site = Site::kBlockOut, .layer = layer, .phase = Phase::kDecode, .first_position = position};
}

TEST(ResidualEdit, AddsTheVectorWithItsSign) {
  // h_o = (5,1), h_t = (2,0), h_c = (4,0): v = (-2,0).
  ResidualEdit edit{.vectors = rows({-2, 0}, 2), .layers = {0}};
  const at::Tensor hidden = rows({5, 1}, 2);
  EXPECT_TRUE(
      at::equal(ResidualEditor(edit).new_tap()->at(last_of_prompt(0, 0), hidden), rows({3, 1}, 2)));
  edit.sign = -1;
  EXPECT_TRUE(
      at::equal(ResidualEditor(edit).new_tap()->at(last_of_prompt(0, 0), hidden), rows({7, 1}, 2)));
}

TEST(ResidualEdit, TouchesOnlyTheLastPromptRow) {
  const ResidualEdit edit{.vectors = rows({1, 1}, 2), .layers = {0}};
  const at::Tensor hidden = rows({1, 2, 3, 4, 5, 6}, 2);
  const at::Tensor edited = ResidualEditor(edit).new_tap()->at(last_of_prompt(0, 2), hidden);
  EXPECT_TRUE(at::equal(edited, rows({1, 2, 3, 4, 6, 7}, 2)));
  EXPECT_TRUE(at::equal(hidden, rows({1, 2, 3, 4, 5, 6}, 2))) << "the argument was written to";
}

TEST(ResidualEdit, LeavesAChunkWithoutTheLastPromptTokenAlone) {
  const ResidualEdit edit{.vectors = rows({1, 1}, 2), .layers = {0}};
  const at::Tensor hidden = rows({1, 2}, 2);
  EXPECT_TRUE(ResidualEditor(edit).new_tap()->at(last_of_prompt(0, -1), hidden).is_same(hidden));
}

TEST(ResidualEdit, ZeroStrengthWantsNothing) {
  const ResidualEdit edit{.vectors = rows({1, 1}, 2), .layers = {0}, .alpha = 0};
  EXPECT_FALSE(ResidualEditor(edit).new_tap()->wants(Site::kBlockOut, 0, Phase::kPrefill));
}

TEST(ResidualEdit, WantsOnlyItsLayersAndSteps) {
  ResidualEdit edit{.vectors = rows({1, 1, 1, 1, 1, 1}, 2), .layers = {1}};
  const auto prefill = ResidualEditor(edit).new_tap();
  EXPECT_TRUE(prefill->wants(Site::kBlockOut, 1, Phase::kPrefill));
  EXPECT_FALSE(prefill->wants(Site::kBlockOut, 0, Phase::kPrefill));
  EXPECT_FALSE(prefill->wants(Site::kBlockIn, 1, Phase::kPrefill));
  EXPECT_FALSE(prefill->wants(Site::kBlockOut, 1, Phase::kDecode));
  edit.steps = StepPolicy::kAllSteps;
  EXPECT_TRUE(ResidualEditor(edit).new_tap()->wants(Site::kBlockOut, 1, Phase::kDecode));
}

TEST(ResidualEdit, PrefillPlusKStopsAfterKGeneratedTokens) {
  const ResidualEdit edit{.vectors = rows({1, 0}, 2),
                          .layers = {0},
                          .steps = StepPolicy::kPrefillPlusK,
                          .extra_steps = 2};
  const auto tap = ResidualEditor(edit).new_tap();
  const at::Tensor hidden = rows({0, 0}, 2);
  TapPoint prompt = last_of_prompt(0, 0);
  prompt.first_position = 9;
  EXPECT_FLOAT_EQ(tap->at(prompt, hidden)[0][0].item<float>(), 1);
  EXPECT_FLOAT_EQ(tap->at(generated(0, 10), hidden)[0][0].item<float>(), 1);
  EXPECT_FLOAT_EQ(tap->at(generated(0, 11), hidden)[0][0].item<float>(), 1);
  EXPECT_FLOAT_EQ(tap->at(generated(0, 12), hidden)[0][0].item<float>(), 0);
}

TEST(ResidualEdit, SigmaCapShortensTheVector) {
  // ‖v‖ = 10, c·σ₁ = 4: scaled by 0.4.
  const ResidualEdit edit{.vectors = rows({6, 8}, 2),
                          .layers = {0},
                          .guard = {NormGuard::Kind::kSigmaCap, 2.0},
                          .sigmas = at::tensor({2.0F})};
  const at::Tensor edited =
      ResidualEditor(edit).new_tap()->at(last_of_prompt(0, 0), rows({0, 0}, 2));
  EXPECT_TRUE(at::allclose(edited, rows({2.4F, 3.2F}, 2)));
}

TEST(ResidualEdit, UnitGuardAddsALengthOfAlpha) {
  const ResidualEdit edit{
      .vectors = rows({6, 8}, 2), .layers = {0}, .alpha = 0.5, .guard = {NormGuard::Kind::kUnit}};
  const at::Tensor edited =
      ResidualEditor(edit).new_tap()->at(last_of_prompt(0, 0), rows({0, 0}, 2));
  EXPECT_TRUE(at::allclose(edited, rows({0.3F, 0.4F}, 2)));
}

TEST(ResidualEdit, TrustRegionBoundsTheDisplacementByTheHiddenNorm) {
  const ResidualEdit edit{
      .vectors = rows({6, 8}, 2), .layers = {0}, .guard = {NormGuard::Kind::kTrust, 0.1}};
  const at::Tensor hidden = rows({3, 4}, 2);
  const at::Tensor edited = ResidualEditor(edit).new_tap()->at(last_of_prompt(0, 0), hidden);
  EXPECT_NEAR(at::linalg_vector_norm(edited - hidden).item<double>(), 0.5, 1e-6);
}

TEST(ResidualEdit, RefusesAZeroVectorNamingItsLayer) {
  const ResidualEdit edit{.vectors = rows({1, 1, 0, 0}, 2), .layers = {0, 1}};
  try {
    ResidualEditor{edit};
    FAIL() << "a zero vector was accepted";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kShape);
    EXPECT_NE(e.message().find("layer 1 is zero"), std::string::npos) << e.message();
  }
}

TEST(ResidualEdit, RefusesValuesThatAreNotFinite) {
  const ResidualEdit edit{.vectors = rows({std::numeric_limits<float>::quiet_NaN(), 1}, 2),
                          .layers = {0}};
  EXPECT_THROW(ResidualEditor{edit}, Error);
}

TEST(ResidualEdit, RefusesALayerWithoutVector) {
  const ResidualEdit edit{.vectors = rows({1, 1}, 2), .layers = {3}};
  EXPECT_THROW(ResidualEditor{edit}, Error);
}

TEST(ResidualEdit, KeepsTheActivationDtype) {
  const ResidualEdit edit{.vectors = rows({1, 1}, 2), .layers = {0}};
  const at::Tensor hidden = rows({1, 2}, 2).to(at::kBFloat16);
  EXPECT_EQ(ResidualEditor(edit).new_tap()->at(last_of_prompt(0, 0), hidden).scalar_type(),
            at::kBFloat16);
}

}  // namespace
}  // namespace sightline
