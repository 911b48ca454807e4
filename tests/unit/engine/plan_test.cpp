// Taps, branches, combiners and gates as the engine runs them.
#include <ATen/TensorOperators.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/softmax.h>
#include <gtest/gtest.h>

#include <future>
#include <map>

#include "engine/local_engine.h"
#include "interventions/logit_contrast.h"
#include "interventions/residual_edit.h"
#include "interventions/state_recorder.h"
#include "sightline/error.h"
#include "support/tiny_model.h"

namespace sightline {
namespace {

// Sees everything, changes nothing.
class Identity : public Tap {
 public:
  bool wants(Site, int, Phase) const override { return true; }
  at::Tensor at(const TapPoint& point, at::Tensor hidden) override {
    ++calls[point.site];
    return hidden;
  }
  std::map<Site, int> calls;
};

class Throwing : public Tap {
 public:
  bool wants(Site site, int, Phase) const override { return site == Site::kBlockOut; }
  at::Tensor at(const TapPoint&, at::Tensor) override {
    throw Error(ErrorKind::kInternal, "a tap that fails");
  }
};

class WrongShape : public Throwing {
 public:
  at::Tensor at(const TapPoint&, at::Tensor hidden) override { return hidden.narrow(1, 0, 3); }
};

// Keeps branch logits, so that tests can compare them.
class KeepFirst : public LogitCombiner {
 public:
  at::Tensor combine(std::span<const at::Tensor> logits) const override {
    seen.push_back(logits[0].clone());
    return logits[0];
  }
  mutable std::vector<at::Tensor> seen;
};

class Plans : public ::testing::Test {
 protected:
  const TinyModel model_{{.seed = 21}};
  const std::unique_ptr<Generator> engine_ =
      load_generator(model_.path(), {.threads = 1, .max_batch = 8});
  const std::shared_ptr<const Picture> picture_ = random_picture(30, 30, 4);

  Request request(Plan plan = {}) const {
    return {.conversation = ask("what is this?", picture_),
            .sampling = {.max_new_tokens = 32},
            .plan = std::move(plan)};
  }

  // Logits of every step of branch 0, beside the tokens.
  std::pair<std::vector<at::Tensor>, std::vector<std::int64_t>> steps(Plan plan) {
    const auto keep = std::make_shared<KeepFirst>();
    plan.combiner = keep;
    const auto ids = engine_->generate(request(std::move(plan))).token_ids;
    return {keep->seen, ids};
  }

  std::shared_ptr<Tap> edit(double alpha, int layer = 1,
                            StepPolicy policy = StepPolicy::kPrefillOnly) const {
    ResidualEdit e{.vectors = vectors_, .layers = {layer}, .alpha = alpha, .steps = policy};
    return ResidualEditor(e).new_tap();
  }

  const at::Tensor vectors_ = at::randn({3, 64}) * 4;
};

void expect_same(const std::vector<at::Tensor>& a, const std::vector<at::Tensor>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_TRUE(at::equal(a[i], b[i])) << "step " << i;
}

TEST_F(Plans, IdentityTapsAndZeroStrengthChangeNoBit) {
  const auto plain = steps({});
  const auto identity = std::make_shared<Identity>();
  expect_same(steps({.taps = {identity}}).first, plain.first);
  expect_same(steps({.taps = {edit(0)}}).first, plain.first);
  for (const Site site :
       {Site::kEmbed, Site::kBlockIn, Site::kAttnOut, Site::kMlpOut, Site::kBlockOut,
        Site::kFinalNorm, Site::kVisionOut, Site::kProjectorOut}) {
    EXPECT_GT(identity->calls[site], 0) << name_of(site);
  }
}

TEST_F(Plans, AnEditChangesTheAnswersLogits) {
  const auto plain = steps({});
  const auto edited = steps({.taps = {edit(1)}});
  EXPECT_FALSE(at::equal(plain.first[0], edited.first[0]));
}

TEST_F(Plans, AnEditAtTheLastBlockDuringPrefillChangesOnlyTheFirstLogits) {
  Plan plan{.taps = {edit(0.001, 2)}};
  const auto plain = steps({});
  const auto edited = steps(std::move(plan));
  ASSERT_EQ(plain.second[0], edited.second[0])
      << "the edit is meant to be too small to change the token";
  EXPECT_FALSE(at::equal(plain.first[0], edited.first[0]));
  EXPECT_TRUE(at::equal(plain.first[1], edited.first[1]));
}

TEST_F(Plans, DefendedNeighboursLeaveUndefendedRowsBitEqual) {
  const auto alone = steps({});
  std::vector<std::future<Generation>> neighbours;
  for (int i = 0; i < 4; ++i) {
    neighbours.push_back(std::async(std::launch::async, [&, i] {
      return engine_->generate(request({.taps = {edit(1 + i, i % 3, StepPolicy::kAllSteps)}}));
    }));
  }
  expect_same(steps({}).first, alone.first);
  for (auto& n : neighbours) n.get();
}

TEST_F(Plans, EditedRowsAreNotSharedThroughThePrefixCache) {
  const auto edited = engine_->generate(request({.taps = {edit(3, 0)}}));
  const auto plain = engine_->generate(request());
  const auto fresh = load_generator(model_.path(), {.threads = 1, .prefix_cache_bytes = 0});
  EXPECT_EQ(plain.token_ids, fresh->generate(request()).token_ids);
  EXPECT_EQ(edited.token_ids, fresh->generate(request({.taps = {edit(3, 0)}})).token_ids);
}

TEST_F(Plans, RecordsTheStatesOfTheLastPromptToken) {
  const at::Tensor states = last_prompt_states(ask("what is this?", picture_), *engine_, 3);
  EXPECT_EQ(states.size(0), 3);
  EXPECT_EQ(states.size(1), 64);
  EXPECT_TRUE(at::equal(states, last_prompt_states(ask("what is this?", picture_), *engine_, 3)));
}

TEST_F(Plans, ASecondBranchNeverChangesTheFirst) {
  const auto plain = steps({});
  Plan two;
  two.branches.push_back({.conversation = ask("other words entirely")});
  expect_same(steps(std::move(two)).first, plain.first);
}

TEST_F(Plans, ContrastWithItselfChangesNoToken) {
  Plan plan;
  plan.branches.push_back({.conversation = ask("what is this?", picture_)});
  plan.combiner = std::make_shared<LogitContrast>(1.0, 0.0);
  EXPECT_EQ(engine_->generate(request(std::move(plan))).token_ids,
            engine_->generate(request()).token_ids);
}

// Of the logits that are sampled from: those of the combiner, where there is one.
TEST_F(Plans, TellsHowProbableAFirstTokenWas) {
  const auto keep = std::make_shared<KeepFirst>();
  Request asked = request({.combiner = keep});
  asked.sampling.temperature = 3;  // changes what is drawn, not what is told
  asked.first_token = {{.name = "letters", .spellings = {"A", "b", "A"}},
                       {.name = "space", .spellings = {" "}},
                       {.name = "words", .spellings = {"word", ""}}};
  const auto scores = engine_->generate(asked).first_token_scores;
  const at::Tensor p = at::softmax(keep->seen.at(0), -1, at::kDouble);
  ASSERT_EQ(scores.size(), 3U);
  EXPECT_NEAR(scores.at("letters"), (p['A'] + p['b']).item<double>(), 1e-9);
  EXPECT_NEAR(scores.at("space"), p[' '].item<double>(), 1e-9);  // written with a sign of its own
  EXPECT_EQ(scores.at("words"), 0);                              // no single token
  EXPECT_TRUE(engine_->generate(request()).first_token_scores.empty());
}

TEST_F(Plans, BranchesWithoutACombinerAreRefused) {
  Plan plan;
  plan.branches.push_back({.conversation = ask("x")});
  EXPECT_THROW(engine_->generate(request(std::move(plan))), Error);
}

class Invert : public PixelEdit {
 public:
  at::Tensor apply(at::Tensor pixels) const override { return -pixels; }
  std::string cache_key() const override { return "invert"; }
};

TEST_F(Plans, EditedPixelsHaveTheirOwnCacheEntries) {
  const auto plain = steps({});
  const auto inverted = steps({.pixels = std::make_shared<Invert>()});
  EXPECT_FALSE(at::equal(plain.first[0], inverted.first[0]));
  expect_same(steps({}).first, plain.first);
  expect_same(steps({.pixels = std::make_shared<Invert>()}).first, inverted.first);
}

TEST_F(Plans, AGateOpensItsTapsOnlyWhenItSaysYes) {
  const auto gate = [&](bool open) {
    return Plan{.gates = {{.site = Site::kBlockOut,
                           .layer = 0,
                           .open = [open](const at::Tensor&) { return open; },
                           .taps = {edit(2, 1)}}}};
  };
  const auto plain = steps({});
  expect_same(steps(gate(false)).first, plain.first);
  expect_same(steps(gate(true)).first, steps({.taps = {edit(2, 1)}}).first);
}

TEST_F(Plans, AFailingTapFailsItsRequestAndNoOther) {
  EXPECT_THROW(engine_->generate(request({.taps = {std::make_shared<Throwing>()}})), Error);
  try {
    engine_->generate(request({.taps = {std::make_shared<WrongShape>()}}));
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kShape);
  }
  EXPECT_NO_THROW(engine_->generate(request()));
}

}  // namespace
}  // namespace sightline
