#include "training/rendering.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sightline/error.h"
#include "support/tiny_model.h"
#include "training/sample.h"

namespace sightline {
namespace {

using ::testing::HasSubstr;
using Strings = std::vector<std::string>;

class Rendering : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    model_ = new TinyModel;
    bundle_ = new Bundle(load_bundle(model_->path()));
  }
  static void TearDownTestSuite() {
    delete bundle_;
    delete model_;
  }

  static TrainingRecord record(const Strings& texts) {
    TrainingRecord out{.id = "r"};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      out.turns.push_back({.role = i % 2 == 0 ? "user" : "assistant", .text = texts[i]});
    }
    return out;
  }

  // The text of every run of targets.
  static Strings targets(const TrainingRecord& record, const EncodingOptions& options = {}) {
    const TrainingSample sample = encode_record(record, *bundle_, options);
    Strings out;
    for (std::size_t t = 0; t < sample.ids.size(); ++t) {
      if (sample.labels[t] == kNoLabel) continue;
      EXPECT_EQ(sample.labels[t], sample.ids[t]);
      if (t == 0 || sample.labels[t - 1] == kNoLabel) out.emplace_back();
      const std::vector<std::int64_t> one{sample.ids[t]};
      out.back() += bundle_->tokenizer->decode(one, /*skip_special=*/false);
    }
    return out;
  }

  static inline TinyModel* model_ = nullptr;
  static inline Bundle* bundle_ = nullptr;
};

TEST_F(Rendering, TargetsAreTheAnswersAndTheirEndTokens) {
  const std::string end = bundle_->eos_token;
  EXPECT_EQ(targets(record({"Hi", "Hello"})), Strings{"Hello" + end});
  EXPECT_EQ(targets(record({"a", "bc", "d", "ef g"})), (Strings{"bc" + end, "ef g" + end}));
}

TEST_F(Rendering, EndModesDifferInTheEndTokenAlone) {
  TrainingRecord refusal = record({"Do it", "No."});
  refusal.turns[1].supervise_end = false;
  const TrainingSample masked = encode_record(refusal, *bundle_, {.end_mode = "mask_label"});
  const TrainingSample dropped = encode_record(refusal, *bundle_, {.end_mode = "drop_token"});
  EXPECT_EQ(targets(refusal), Strings{"No."});
  EXPECT_EQ(targets(refusal, {.end_mode = "train"}), Strings{"No." + bundle_->eos_token});
  EXPECT_EQ(dropped.ids.size() + 1, masked.ids.size());
  EXPECT_EQ(dropped.targets(), masked.targets());
}

TEST_F(Rendering, ARefusalQuotedByTheUserChangesNothing) {
  const std::string reply = "I'm sorry, but I cannot assist with your request";
  EXPECT_EQ(targets(record({"Why did you say: " + reply + "?", "Because."})),
            Strings{"Because." + bundle_->eos_token});
}

TEST_F(Rendering, UnsupervisedTurnsAreContext) {
  TrainingRecord two = record({"a", "b", "c", "d"});
  two.turns[1].supervise = false;
  EXPECT_EQ(targets(two), Strings{"d" + bundle_->eos_token});
}

TEST_F(Rendering, PicturesAreRowsWithoutLabels) {
  TrainingRecord seen = record({"<image>\nWhat?", "A cat"});
  seen.images = {"cat.png"};
  const TrainingSample sample = encode_record(seen, *bundle_, {});
  ASSERT_EQ(sample.picture_rows.size(), 1U);
  const auto first = static_cast<std::size_t>(sample.picture_rows[0]);
  const auto rows = static_cast<std::size_t>(bundle_->model->shape().rows_per_image);
  for (std::size_t t = first; t < first + rows; ++t) {
    EXPECT_EQ(sample.ids[t], *bundle_->model->shape().image_token);
    EXPECT_EQ(sample.labels[t], kNoLabel);
  }
  EXPECT_THROW(
      encode_record(seen, *bundle_, {.max_length = static_cast<std::int64_t>(first + rows - 1)}),
      Error);
}

TEST_F(Rendering, VerdictsOfReasoningWeighAsTold) {
  TrainingRecord reasoned = record({"Safe?", "I see a dog. <verdict>Yes</verdict>"});
  reasoned.kind = "reasoning";
  const TrainingSample sample = encode_record(reasoned, *bundle_, {.verdict_weight = 2});
  ASSERT_EQ(sample.weights.size(), sample.ids.size());
  std::vector<std::int64_t> heavy;
  for (std::size_t t = 0; t < sample.ids.size(); ++t) {
    if (sample.weights[t] == 2) heavy.push_back(sample.ids[t]);
  }
  EXPECT_THAT(bundle_->tokenizer->decode(heavy, false), HasSubstr("Yes"));
  EXPECT_LE(heavy.size(), 5U);
  EXPECT_TRUE(encode_record(reasoned, *bundle_, {}).weights.empty());
  reasoned.kind = "utility";
  EXPECT_TRUE(encode_record(reasoned, *bundle_, {.verdict_weight = 2}).weights.empty());
}

TEST_F(Rendering, FixedTemplatesAreLlavasOwnText) {
  const TrainingRecord two = record({"q1", "a1", "q2", "a2"});
  const RenderedRecord v1 = render_record(two, "vicuna_v1", *bundle_);
  EXPECT_EQ(v1.text,
            "A chat between a curious user and an artificial intelligence assistant. The assistant "
            "gives helpful, detailed, and polite answers to the user's questions. USER: q1 "
            "ASSISTANT: a1</s>USER: q2 ASSISTANT: a2</s>");
  EXPECT_EQ(v1.text.substr(v1.answers[1].begin, v1.answers[1].end - v1.answers[1].begin), " a2");
  EXPECT_THAT(render_record(two, "llava_v1", *bundle_).text, HasSubstr("a curious human"));
  EXPECT_EQ(render_record(two, "llama2", *bundle_).text,
            "[INST] q1 [/INST] a1 </s>[INST] q2 [/INST] a2 </s>");
  TrainingRecord caption = record({"<image>\nDescribe.", "a red car"});
  caption.images = {"car.png"};
  EXPECT_EQ(render_record(caption, "plain", *bundle_).text, "<image>a red car\n");
}

TEST_F(Rendering, RefusesMarksOfTheTemplateInWords) {
  EXPECT_THROW(encode_record(record({"a", "b" + bundle_->eos_token}), *bundle_, {}), Error);
  EXPECT_THROW(render_record(record({"a", "b</s>"}), "vicuna_v1", *bundle_), Error);
  EXPECT_THROW(render_record(record({"a ASSISTANT: c", "b"}), "vicuna_v1", *bundle_), Error);
  EXPECT_THROW(render_record(record({"a", "b"}), "vicuna", *bundle_), Error);
}

TEST_F(Rendering, NothingLeftToPredictIsAnError) {
  EXPECT_THROW(encode_record(record({"a long question", "b"}), *bundle_, {.max_length = 8}), Error);
}

TEST_F(Rendering, TargetsAreShownInBrackets) {
  const TrainingSample sample = encode_record(record({"Hi", "Yo"}), *bundle_, {});
  EXPECT_THAT(show_targets(sample, *bundle_->tokenizer),
              HasSubstr("[Yo" + bundle_->eos_token + "]"));
}

}  // namespace
}  // namespace sightline
