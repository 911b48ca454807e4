// The laws of visual contrastive decoding on a tiny model.
#include <ATen/TensorOperators.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/isfinite.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "sightline/defence.h"
#include "sightline/error.h"
#include "support/recording_combiner.h"
#include "support/tiny_model.h"

namespace sightline {
namespace {

class CountingEdit : public PixelEdit {
 public:
  at::Tensor apply(at::Tensor pixels) const override {
    ++calls;
    return pixels;
  }
  std::string cache_key() const override { return "counting"; }
  mutable std::atomic<int> calls = 0;
};

class Vcd : public ::testing::Test {
 protected:
  static constexpr int kTokens = 32;

  const TinyModel model_{{.seed = 5}};
  const std::unique_ptr<Generator> engine_ = load_generator(model_.path(), {.threads = 1});
  const std::shared_ptr<const Picture> picture_ = random_picture(30, 30, 4);

  Request request(double temperature = 0) const {
    return {.conversation = ask("what is this?", picture_),
            .sampling = {.max_new_tokens = kTokens, .temperature = temperature, .seed = 9}};
  }

  Request defended(const std::string& spec, double temperature = 0) const {
    Request out = request(temperature);
    make_defence(spec, engine_->info())->prepare(out);
    return out;
  }

  std::vector<std::int64_t> tokens(const Request& asked) const {
    return engine_->generate(asked).token_ids;
  }
};

void expect_same(const std::vector<at::Tensor>& a, const std::vector<at::Tensor>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_TRUE(at::equal(a[i], b[i])) << "step " << i;
}

TEST_F(Vcd, ZeroAlphaAndBetaIsPlainDecodingBitForBit) {
  for (const double temperature : {0.0, 1.0}) {
    Request plain = request(temperature);
    Request weak = defended("vcd(alpha=0,beta=0)", temperature);
    const auto wanted = record_combiner(plain);
    const auto found = record_combiner(weak);
    EXPECT_EQ(tokens(weak), tokens(plain));
    expect_same(found->combined, wanted->combined);
  }
}

TEST_F(Vcd, TheMaskAloneChangesNothingUnderGreedyOnly) {
  EXPECT_EQ(tokens(defended("vcd(alpha=0,beta=0.1)")), tokens(request()));
  EXPECT_NE(tokens(defended("vcd(alpha=0,beta=1)", 1)), tokens(request(1)));
}

TEST_F(Vcd, BetaOneIsPlainGreedyWhateverAlpha) {
  EXPECT_EQ(tokens(defended("vcd(alpha=3,beta=1)")), tokens(request()));
}

TEST_F(Vcd, AnUnchangedPictureChangesNoTokenForAnyAlpha) {
  for (const char* spec : {"vcd(alpha=0.5)", "vcd(alpha=1)", "vcd(alpha=4)"}) {
    Request same = defended(spec);
    same.plan.branches.front().pixels = nullptr;
    EXPECT_EQ(tokens(same), tokens(request())) << spec;
  }
}

TEST_F(Vcd, TheContrastChangesTheAnswer) {
  EXPECT_NE(tokens(defended("vcd(alpha=4,beta=0,noise_step=999)")), tokens(request()));
}

TEST_F(Vcd, TheNoisedBranchNeverChangesTheCleanOne) {
  Request plain = request();
  Request both = defended("vcd");
  both.plan.combiner = nullptr;
  const auto wanted = record_combiner(plain);
  const auto found = record_combiner(both);
  tokens(plain);
  tokens(both);
  expect_same(found->first, wanted->first);
  EXPECT_FALSE(at::equal(found->last.front(), found->first.front()));
}

TEST_F(Vcd, SeedsDecideTheNoiseAndNothingElseDoes) {
  const auto of_seed = [&](const std::string& seed) {
    return tokens(defended("vcd(alpha=4,beta=0,noise_step=999,seed=" + seed + ")", 1));
  };
  const auto first = of_seed("1");
  EXPECT_EQ(of_seed("1"), first);
  EXPECT_NE(of_seed("2"), first);
}

TEST_F(Vcd, APictureIsNoisedOncePerAnswer) {
  const auto counting = std::make_shared<CountingEdit>();
  Request asked = defended("vcd");
  asked.plan.branches.front().pixels = counting;
  EXPECT_EQ(tokens(asked).size(), static_cast<std::size_t>(kTokens));
  EXPECT_EQ(counting->calls, 1);
}

TEST_F(Vcd, TopOneOfTheCombinationIsItsGreedyChoice) {
  Request top = defended("vcd", 1);
  top.sampling.top_k = 1;
  EXPECT_EQ(tokens(top), tokens(defended("vcd")));
}

TEST_F(Vcd, ChunksOfThePromptDoNotMatter) {
  const auto whole = tokens(defended("vcd(alpha=2)"));
  for (const std::int64_t rows : {1, 7}) {
    const auto chunked = load_generator(
        model_.path(), {.threads = 1, .max_prefill_rows = rows, .prefix_cache_bytes = 0});
    EXPECT_EQ(chunked->generate(defended("vcd(alpha=2)")).token_ids, whole) << rows;
  }
}

TEST_F(Vcd, NeighboursInTheBatchDoNotMatter) {
  const auto plain = tokens(request());
  const auto alone = tokens(defended("vcd(alpha=2)"));
  std::vector<std::future<std::vector<std::int64_t>>> answers;
  for (int i = 0; i < 6; ++i) {
    answers.push_back(std::async(std::launch::async, [&, i] {
      return tokens(i % 2 == 0 ? request() : defended("vcd(alpha=2)"));
    }));
  }
  for (int i = 0; i < 6; ++i) EXPECT_EQ(answers[i].get(), i % 2 == 0 ? plain : alone) << i;
}

// Where a rounded model first chooses another token, the two were as near as its rounding: three
// logits enter, (1 + alpha) of the clean branch and alpha of the noisy one.
TEST_F(Vcd, HalfPrecisionChoosesTheSameTokensUpToItsRounding) {
  const TinyModel halved({.seed = 5, .bf16 = true});
  const auto ask = [&](const char* dtype) {
    const auto engine = load_generator(halved.path(), {.dtype = dtype, .threads = 1});
    Request asked = defended("vcd(beta=0)");
    const auto recording = record_combiner(asked);
    auto ids = engine->generate(asked).token_ids;
    return std::pair(std::move(ids), recording->combined);
  };
  const auto [wanted, exact] = ask("fp32");
  const auto [found, rounded] = ask("bf16");
  for (const at::Tensor& row : rounded) EXPECT_TRUE(at::isfinite(row).all().item<bool>());
  const auto [a, b] = std::mismatch(wanted.begin(), wanted.end(), found.begin(), found.end());
  if (a == wanted.end() || b == found.end()) return;
  const at::Tensor& row = exact[static_cast<std::size_t>(a - wanted.begin())];
  const float gap = row[*a].item<float>() - row[*b].item<float>();
  EXPECT_LE(gap, 3 * 4e-2F * row.abs().max().item<float>()) << a - wanted.begin();
}

TEST_F(Vcd, WithoutAPictureTheRequestPassesUntouched) {
  Request words{.conversation = ask("what is this?"), .sampling = {.temperature = 0.5}};
  make_defence("vcd(temperature=1)", engine_->info())->prepare(words);
  EXPECT_TRUE(words.plan.branches.empty());
  EXPECT_FALSE(words.plan.needs_model());
  EXPECT_EQ(words.sampling.temperature, 0.5);
}

TEST_F(Vcd, SamplesAsTheRequestSaysUnlessTold) {
  EXPECT_EQ(defended("vcd", 0.7).sampling.temperature, 0.7);
  EXPECT_EQ(defended("vcd(temperature=1)", 0.7).sampling.temperature, 1);
  EXPECT_EQ(defended("vcd(temperature=0)", 0.7).sampling.temperature, 0);
}

TEST_F(Vcd, WhatFollowsInAChainReachesBothBranches) {
  for (const char* spec : {"vcd+safety_prompt", "safety_prompt+vcd"}) {
    const Request asked = defended(spec);
    ASSERT_EQ(asked.plan.branches.size(), 1U);
    EXPECT_EQ(asked.conversation.front().role, "system") << spec;
    EXPECT_EQ(asked.plan.branches.front().conversation.front().role, "system") << spec;
  }
  Request asked = request();
  const Generation answer =
      make_defence("vcd+cmrm(level=sample)", engine_->info())->answer(asked, *engine_);
  EXPECT_EQ(answer.token_ids.size(), static_cast<std::size_t>(kTokens));
}

TEST_F(Vcd, RefusesASecondContrast) {
  try {
    defended("vcd+vcd");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
  }
}

TEST(VcdOptions, AModelThatShowsNoLogitsIsRefused) {
  try {
    make_defence("vcd", {.name = "far", .family = "remote"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUnsupported);
  }
}

TEST(VcdOptions, OutOfRangeIsRefused) {
  const ModelInfo model{.name = "m", .layers = 3};
  for (const char* spec : {"vcd(beta=1.5)", "vcd(noise_step=1000)", "vcd(alpha=-1)"}) {
    EXPECT_THROW(make_defence(spec, model), Error) << spec;
  }
}

}  // namespace
}  // namespace sightline
