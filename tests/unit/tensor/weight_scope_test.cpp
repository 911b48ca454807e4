#include "tensor/weight_scope.h"

#include <ATen/ops/equal.h>
#include <ATen/ops/ones.h>

#include "refusal.h"
#include "support/temporary_folder.h"
#include "tensor/checkpoint.h"
#include "tensor/safetensors.h"

namespace sightline {
namespace {

class WeightScopeTest : public ::testing::Test {
 protected:
  WeightScopeTest() {
    write_safetensors(folder_.path() / "model.safetensors",
                      {{"embed.weight", at::ones({4, 2})},
                       {"layers.0.q.weight", at::ones({2, 2})},
                       {"layers.0.q.bias", at::ones({2})},
                       {"layers.0.position_ids", at::ones({1, 3}, at::kLong)},
                       {"layers.10.q.weight", at::ones({2, 2})}});
  }

  WeightScope open(WeightOptions options = {}) const {
    return WeightScope(Checkpoint::open(folder_.path()), options);
  }

  const TemporaryFolder folder_;
};

TEST_F(WeightScopeTest, TakesByNestedName) {
  const WeightScope weights = open();
  EXPECT_TRUE(at::equal(weights.in("layers.0").in("q").take("weight", {2, 2}), at::ones({2, 2})));
  EXPECT_EQ(weights.in("").in("layers").in("0").prefix(), "layers.0");
}

TEST_F(WeightScopeTest, MissingTensorNamesFullKeyWantedShapeAndPlace) {
  expect_refused(ErrorKind::kNotFound, {"'layers.0.k.weight'", "[2, *]", folder_.path().string()},
                 [&] {
                   open().in("layers.0.k").take("weight", {2, -1});
                 });
}

TEST_F(WeightScopeTest, WrongShapeNamesFullKeyBothShapesAndFile) {
  expect_refused(ErrorKind::kShape,
                 {"'layers.0.q.weight'", "has shape [2, 2]", "wanted [2, 3]", "model.safetensors"},
                 [&] {
                   open().in("layers.0.q").take("weight", {2, 3});
                 });
}

TEST_F(WeightScopeTest, OptionalTensorIsUndefinedWhenAbsent) {
  const WeightScope layers = open().in("layers");
  EXPECT_TRUE(layers.in("0.q").take_if("bias", {2}).defined());
  EXPECT_FALSE(layers.in("10.q").take_if("bias", {2}).defined());
  expect_refused(ErrorKind::kShape, {"'layers.0.q.bias'"},
                 [&] { layers.in("0.q").take_if("bias", {3}); });
}

TEST_F(WeightScopeTest, ConvertsFloatingTensorsOnly) {
  const WeightScope layer = open({.dtype = at::kBFloat16}).in("layers.0");
  EXPECT_EQ(layer.take("q.weight", {2, 2}).scalar_type(), at::kBFloat16);
  EXPECT_EQ(layer.take("position_ids", {1, 3}).scalar_type(), at::kLong);
  EXPECT_EQ(layer.take_as("q.weight", {2, 2}, at::kDouble).scalar_type(), at::kDouble);
}

TEST_F(WeightScopeTest, StoredDtypeIsMappedNotCopied) {
  const auto checkpoint = Checkpoint::open(folder_.path());
  const WeightScope weights(checkpoint, {.dtype = at::kFloat});
  EXPECT_EQ(weights.take("embed.weight", {4, 2}).const_data_ptr(),
            checkpoint->tensor("embed.weight").const_data_ptr());
}

TEST_F(WeightScopeTest, FinishListsWhatNobodyTook) {
  const WeightScope weights = open();
  weights.take("embed.weight", {4, 2});
  weights.in("layers.10.q").take("weight", {2, 2});
  expect_refused(ErrorKind::kBadFile,
                 {"3 tensors", "'layers.0.position_ids', 'layers.0.q.bias', 'layers.0.q.weight'"},
                 [&] { weights.finish(); });
}

TEST_F(WeightScopeTest, FinishAcceptsTakenSkippedAndIgnorable) {
  const WeightScope weights = open();
  weights.take("embed.weight", {4, 2});
  weights.in("layers.0").skip("q.bias");
  EXPECT_NO_THROW(weights.finish({"*.position_ids", "layers.*.q.weight"}));
  expect_refused(ErrorKind::kBadFile, {"1 tensors", "'layers.10.q.weight'"},
                 [&] { weights.finish({"layers.0.*"}); });
  expect_refused(ErrorKind::kBadFile, {"3 tensors"}, [&] { weights.finish({"*.weigh", "q"}); });
}

TEST_F(WeightScopeTest, FinishOfAScopeLooksOnlyBelowIt) {
  const WeightScope weights = open();
  const WeightScope first = weights.in("layers.1");  // "layers.10" is not below "layers.1"
  EXPECT_NO_THROW(first.finish());
  expect_refused(ErrorKind::kBadFile, {"1 tensors"}, [&] { weights.in("layers.10").finish(); });
}

TEST_F(WeightScopeTest, LongListsAreCut) {
  const TemporaryFolder folder;
  std::map<std::string, at::Tensor> many;
  for (char c = 'a'; c <= 'z'; ++c) many[std::string(1, c)] = at::ones({1});
  write_safetensors(folder.path() / "model.safetensors", many);
  const WeightScope weights(Checkpoint::open(folder.path()));
  expect_refused(ErrorKind::kBadFile, {"26 tensors", "'e', …"}, [&] { weights.finish(); });
}

TEST_F(WeightScopeTest, KnowsKeysAndScopes) {
  const WeightScope weights = open();
  EXPECT_TRUE(weights.has("embed.weight"));
  EXPECT_FALSE(weights.has("embed"));
  EXPECT_TRUE(weights.has_scope("layers.10"));
  EXPECT_FALSE(weights.has_scope("layers.1"));
  EXPECT_TRUE(weights.in("layers.0").has_scope("q"));
  EXPECT_FALSE(weights.has_scope("zzz"));
}

}  // namespace
}  // namespace sightline
