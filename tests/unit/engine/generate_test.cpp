// Plain generation over a tiny random model: what batching, caches and limits must not change.
#include <gtest/gtest.h>

#include <future>
#include <random>
#include <thread>

#include "engine/local_engine.h"
#include "sightline/error.h"
#include "support/tiny_model.h"

namespace sightline {
namespace {

EngineOptions small() { return {.threads = 1, .max_batch = 8}; }

Request request(const std::string& text, std::shared_ptr<const Picture> picture = nullptr,
                int tokens = 12) {
  return {.conversation = ask(text, std::move(picture)), .sampling = {.max_new_tokens = tokens}};
}

std::vector<Request> some_requests() {
  std::vector<Request> out;
  const auto picture = random_picture(40, 30, 1);
  for (int i = 0; i < 6; ++i) {
    out.push_back(request("question " + std::string(static_cast<std::size_t>(i * 7), 'x'),
                          i % 2 ? picture : nullptr));
  }
  out.push_back(request("the same words", picture));
  out.push_back(request("the same words", random_picture(33, 51, 2)));
  return out;
}

std::vector<std::vector<std::int64_t>> one_by_one(Generator& generator,
                                                  const std::vector<Request>& requests) {
  std::vector<std::vector<std::int64_t>> out;
  for (const Request& r : requests) out.push_back(generator.generate(r).token_ids);
  return out;
}

std::vector<std::vector<std::int64_t>> together(Generator& generator,
                                                const std::vector<Request>& requests) {
  std::vector<std::future<Generation>> futures;
  for (const Request& r : requests) {
    futures.push_back(std::async(std::launch::async, [&] { return generator.generate(r); }));
  }
  std::vector<std::vector<std::int64_t>> out;
  for (auto& future : futures) out.push_back(future.get().token_ids);
  return out;
}

class Generate : public ::testing::TestWithParam<bool> {
 protected:
  const TinyModel model_{{.seed = 5, .bf16 = GetParam()}};
};

TEST_P(Generate, BatchedCallersGetWhatEachGetsAlone) {
  const auto engine = load_generator(model_.path(), small());
  const auto alone = one_by_one(*load_generator(model_.path(), small()), some_requests());
  EXPECT_EQ(together(*engine, some_requests()), alone);
}

TEST_P(Generate, CachesChangeNothing) {
  EngineOptions none = small();
  none.prefix_cache_bytes = 0;
  none.vision_cache_bytes = 0;
  const auto cached = load_generator(model_.path(), small());
  const auto first = one_by_one(*cached, some_requests());
  EXPECT_EQ(one_by_one(*cached, some_requests()), first);  // now everything is a hit
  EXPECT_EQ(one_by_one(*load_generator(model_.path(), none), some_requests()), first);
}

TEST_P(Generate, PrefillInChunksChangesNothing) {
  const auto whole = one_by_one(*load_generator(model_.path(), small()), some_requests());
  for (const std::int64_t rows : {1, 7}) {
    EngineOptions chunked = small();
    chunked.max_prefill_rows = rows;
    EXPECT_EQ(together(*load_generator(model_.path(), chunked), some_requests()), whole) << rows;
  }
}

TEST_P(Generate, ASecondAskReusesThePrompt) {
  const auto engine = load_generator(model_.path(), small());
  const Generation first = engine->generate(request("some words to remember"));
  const Generation second = engine->generate(request("some words to remember"));
  EXPECT_EQ(first.usage.cached_tokens, 0);
  EXPECT_EQ(second.usage.cached_tokens, second.usage.prompt_tokens - 1);
}

INSTANTIATE_TEST_SUITE_P(Dtypes, Generate, ::testing::Values(false, true),
                         [](const auto& info) { return info.param ? "bf16" : "fp32"; });

class Limits : public ::testing::Test {
 protected:
  const TinyModel model_{{.seed = 9, .context = 96}};
  const std::unique_ptr<Generator> engine_ = load_generator(model_.path(), small());

  std::string error_of(const Request& r, ErrorKind kind) {
    try {
      engine_->generate(r);
    } catch (const Error& e) {
      EXPECT_EQ(e.kind(), kind) << e.what();
      return e.message();
    }
    ADD_FAILURE() << "no error";
    return {};
  }
};

TEST_F(Limits, StreamedPiecesAddUpToTheAnswer) {
  Request r = request("hello", random_picture(20, 20, 3), 40);
  std::string streamed;
  r.on_text = [&](std::string_view piece) { streamed += piece; };
  EXPECT_EQ(engine_->generate(r).text, streamed);
}

TEST_F(Limits, CountsTokensAndSaysWhyItEnded) {
  const Generation g = engine_->generate(request("hello", random_picture(20, 20, 3), 5));
  EXPECT_EQ(g.usage.prompt_tokens, 1 + 4 + 5 + 1);  // user, picture rows, letters, bot
  EXPECT_EQ(g.usage.image_tokens, 4);
  EXPECT_EQ(g.usage.completion_tokens, static_cast<std::int64_t>(g.token_ids.size()));
  if (g.token_ids.size() == 5U) {
    EXPECT_EQ(g.finish, FinishReason::kLength);
  }
}

TEST_F(Limits, StopIdsEndTheAnswer) {
  const Generation whole = engine_->generate(request("hello"));
  ASSERT_GE(whole.token_ids.size(), 3U);
  Request r = request("hello");
  r.sampling.stop_ids = {whole.token_ids[2]};
  const Generation cut = engine_->generate(r);
  EXPECT_EQ(cut.finish, FinishReason::kStop);
  EXPECT_LE(cut.token_ids.size(), 3U);
}

TEST_F(Limits, ZeroNewTokensIsPrefillOnly) {
  EXPECT_TRUE(engine_->generate(request("hello", nullptr, 0)).token_ids.empty());
}

TEST_F(Limits, TheAnswerEndsAtTheContext) {
  const Generation g = engine_->generate(request(std::string(80, 'a'), nullptr, 1000));
  EXPECT_LE(g.usage.prompt_tokens + g.usage.completion_tokens, 96);
}

TEST_F(Limits, APromptOverTheContextNamesBothNumbers) {
  const std::string message = error_of(request(std::string(200, 'a')), ErrorKind::kUsage);
  EXPECT_NE(message.find("202 tokens"), std::string::npos) << message;
  EXPECT_NE(message.find("96"), std::string::npos) << message;
}

TEST_F(Limits, WhatIsNoPictureIsRefused) {
  error_of(request("hello", Picture::from_bytes("plain words", "note.txt")), ErrorKind::kBadFile);
}

TEST_F(Limits, WordsThatSpellThePlaceholderAreRefused) {
  error_of(request("look at <image> now"), ErrorKind::kUsage);
}

TEST_F(Limits, AnEmptyConversationIsRefused) { error_of({}, ErrorKind::kUsage); }

// Asks for cancellation on the engine's own thread, with the third token.
class CancelAtThird : public LogitCombiner {
 public:
  explicit CancelAtThird(std::stop_source stop) : stop_(std::move(stop)) {}
  at::Tensor combine(std::span<const at::Tensor> logits) const override {
    if (++steps_ == 3) stop_.request_stop();
    return logits[0];
  }

 private:
  mutable std::stop_source stop_;
  mutable int steps_ = 0;
};

TEST_F(Limits, CancelledRequestsEndWithWhatTheyHave) {
  std::stop_source stop;
  Request r = request("hello", nullptr, 60);
  r.cancel = stop.get_token();
  r.plan.combiner = std::make_shared<CancelAtThird>(stop);
  const Generation g = engine_->generate(r);
  EXPECT_EQ(g.finish, FinishReason::kCancelled);
  EXPECT_EQ(g.token_ids.size(), 3U);
}

TEST_F(Limits, AThrowingListenerFailsOnlyItsOwnRequest) {
  Request r = request("hello", nullptr, 60);
  r.on_text = [](std::string_view) { throw Error(ErrorKind::kInternal, "listener"); };
  EXPECT_THROW(engine_->generate(r), Error);
  EXPECT_NO_THROW(engine_->generate(request("hello")));
}

TEST_F(Limits, SamplingRepeatsWithItsSeedWhateverTheBatch) {
  std::vector<Request> sampled(6, request("hello"));
  for (std::size_t i = 0; i < sampled.size(); ++i) {
    sampled[i].sampling.temperature = 1.0;
    sampled[i].sampling.seed = i;
  }
  const auto alone = one_by_one(*engine_, sampled);
  EXPECT_EQ(together(*engine_, sampled), alone);
  EXPECT_NE(alone[0], alone[1]);
}

TEST_F(Limits, ShutdownFailsWhatIsInFlight) {
  auto engine = load_generator(model_.path(), small());
  Request endless = request("hello", nullptr, 80);
  std::promise<void> started;
  std::once_flag once;
  endless.on_text = [&](std::string_view) { std::call_once(once, [&] { started.set_value(); }); };
  auto answer = std::async(std::launch::async, [&] { return engine->generate(endless); });
  started.get_future().wait_for(std::chrono::seconds(5));
  engine.reset();
  try {
    answer.get();  // finished before the shutdown
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kInterrupted);
  }
}

TEST_F(Limits, SaysWhatItIs) {
  const ModelInfo info = engine_->info();
  EXPECT_EQ(info.family, "llava");
  EXPECT_EQ(info.layers, 3);
  EXPECT_EQ(info.width, 64);
  EXPECT_EQ(info.weights_sha256.size(), 64U);
  EXPECT_TRUE(info.sees_pictures);
  EXPECT_NEAR(info.picture_mean[0], 0.48145466, 1e-9);
}

}  // namespace
}  // namespace sightline
