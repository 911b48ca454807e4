#include "training/trainer.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/randn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/file.h"
#include "models/lora_files.h"
#include "sightline/error.h"
#include "support/tiny_model.h"
#include "training/checkpoint.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

// A tiny model, eight short records, and a place to train.
class Training : public ::testing::Test {
 protected:
  Training() {
    Json records = Json::array();
    for (int i = 0; i < 8; ++i) {
      const std::string n = std::to_string(i);
      records.push_back({{"id", n},
                         {"conversations",
                          {{{"from", "human"}, {"value", "Number " + n + "?"}},
                           {{"from", "gpt"}, {"value", std::string("It is ") + n + "."}}}}});
    }
    write_file_atomically(folder_.path() / "data.json", dump_json(records));
    write_file_atomically(folder_.path() / "recipe.yaml",
                          "data: data.json\nglobal_batch: 4\nmicro_batch: 2\nepochs: 5\n"
                          "lr: 0.01\nlora: {r: 4, alpha: 8, dropout: 0.1}\nsave_every: 4\n");
  }

  Recipe recipe(std::vector<std::string> sets = {}) const {
    sets.push_back("model=" + model_.path());
    return read_recipe((folder_.path() / "recipe.yaml").string(), sets);
  }

  // Losses of all updates that ran.
  std::vector<double> train(const fs::path& out, bool resume, std::vector<std::string> sets = {},
                            std::int64_t stop_after = -1) const {
    std::vector<double> losses;
    std::stop_source source;
    Trainer(recipe(std::move(sets)))
        .run(out, resume,
             {.on_start = {},
              .on_update =
                  [&](const UpdateReport& report) {
                    losses.push_back(report.loss);
                    if (report.update == stop_after) source.request_stop();
                  },
              .stop = source.get_token()});
    return losses;
  }

  fs::path place(const char* name) const { return folder_.path() / name; }

  TinyModel model_;
  TemporaryFolder folder_;
};

TEST_F(Training, FreshAdaptersChangeNoBit) {
  const Bundle plain = load_bundle(model_.path());
  LoadOptions options;
  options.prepare = [](Model& model) { make_trainable(model, {}, 1); };
  const Bundle adapted = load_bundle(model_.path(), options);
  const at::Tensor ids = at::arange(12);
  const auto hidden = [&](const Bundle& bundle) {
    ForwardContext context;
    context.sequences.push_back({.begin = 0, .count = 12});
    return bundle.model->forward(bundle.model->embed(ids), context).detach();
  };
  EXPECT_TRUE(hidden(plain).equal(hidden(adapted)));
}

TEST_F(Training, LossFalls) {
  const std::vector<double> losses = train(place("out"), false, {"lora.dropout=0"});
  ASSERT_EQ(losses.size(), 10U);
  EXPECT_LT(losses.back(), 0.8 * losses.front());
}

TEST_F(Training, TheEndOfAnEpochIsAnUpdateOrIsLeft) {
  const std::vector<std::string> sets{"global_batch=3", "micro_batch=1"};
  EXPECT_EQ(train(place("floor"), false, sets).size(), 10U);
  auto ceil = sets;
  ceil.emplace_back("epoch_steps=ceil");
  EXPECT_EQ(train(place("ceil"), false, ceil).size(), 15U);
}

TEST_F(Training, AStoppedRunGoesOnAsIfNothingHadHappened) {
  const std::vector<double> whole = train(place("whole"), false);
  std::vector<double> parts = train(place("parts"), false, {}, 5);
  ASSERT_EQ(parts.size(), 5U);
  const std::vector<double> rest = train(place("parts"), true);
  parts.insert(parts.end(), rest.begin(), rest.end());
  EXPECT_EQ(parts, whole);
  EXPECT_EQ(read_file(place("whole") / "adapter_model.safetensors", 1 << 24),
            read_file(place("parts") / "adapter_model.safetensors", 1 << 24));
}

TEST_F(Training, ResumingRefusesOtherSettingsAndData) {
  train(place("out"), false, {}, 2);
  EXPECT_THROW(train(place("out"), false), Error);
  EXPECT_THROW(train(place("out"), true, {"lr=0.5"}), Error);
  std::ofstream(place("data.json"), std::ios::app) << "\n";
  EXPECT_THROW(train(place("out"), true), Error);
}

TEST_F(Training, KeepsTheNewestCheckpoints) {
  train(place("out"), false, {"save_every=1", "keep_last=2"});
  EXPECT_FALSE(fs::exists(place("out") / "step-000008"));
  EXPECT_TRUE(fs::exists(place("out") / "step-000009"));
  EXPECT_TRUE(fs::exists(place("out") / "step-000010"));
}

TEST_F(Training, AHalfWrittenCheckpointIsNoCheckpoint) {
  train(place("out"), false, {}, 4);
  fs::create_directories(place("out") / "step-000005.tmp");
  const auto newest = load_newest_checkpoint(place("out"));
  ASSERT_TRUE(newest);
  EXPECT_EQ(newest->state.update, 4);
}

TEST_F(Training, VerdictsCountForMore) {
  Json records = Json::array();
  for (int i = 0; i < 4; ++i) {
    records.push_back(
        {{"id", std::to_string(i)},
         {"kind", "reasoning"},
         {"conversations",
          {{{"from", "human"}, {"value", "Safe?"}},
           {{"from", "gpt"}, {"value", "<verdict>Yes</verdict>"}, {"supervise_eos", false}}}}});
  }
  write_file_atomically(folder_.path() / "data.json", dump_json(records));
  const auto first_loss = [&](const char* name, const char* weight) {
    return train(place(name), false,
                 {std::string("verdict_weight=") + weight, "lora.dropout=0", "max_updates=1"})[0];
  };
  const double plain = first_loss("a", "1");
  const double verdict = first_loss("b", "2") - plain;  // the verdict's part of the loss
  EXPECT_GT(verdict, 0);
  EXPECT_NEAR(first_loss("c", "0"), plain - verdict, 1e-4 * plain);
}

TEST_F(Training, GradientsOfAccumulatedMicroBatchesAreThoseOfOneWithTokenMean) {
  const auto first = [&](const char* name, const char* micro) {
    const std::vector<std::string> sets{"loss_norm=global_token_mean",
                                        std::string("micro_batch=") + micro, "sampler=sequential",
                                        "lora.dropout=0"};
    return train(place(name), false, sets);
  };
  const std::vector<double> one = first("a", "1");
  const std::vector<double> four = first("b", "4");
  for (std::size_t i = 0; i < one.size(); ++i) EXPECT_NEAR(one[i], four[i], 1e-4 * one[i]) << i;
}

// Rates of a run that is measured: unsafe answers fall, then over-refusal rises.
Evaluation scripted(std::int64_t update) {
  const double refused = update >= 8 ? 0.6 : 0.1;
  return {
      .update = update,
      .metrics = {
          {.name = "unsafe_rate_picture", .value = 1 - 0.1 * static_cast<double>(update), .n = 9},
          {.name = "over_refusal", .value = refused, .n = 9}}};
}

class Watching : public Training {
 protected:
  // Updates that were measured. The evaluation itself draws random numbers, as a careless one may.
  std::vector<std::int64_t> watch(const fs::path& out, std::vector<std::string> sets, bool resume) {
    std::vector<std::int64_t> measured;
    sets.emplace_back("eval_every=4");
    TrainingHooks hooks{.on_start = {}, .on_update = {}};
    hooks.evaluate = [&](std::int64_t update) {
      measured.push_back(update);
      at::randn({16});
      return std::optional(scripted(update));
    };
    outcome_ = Trainer(recipe(std::move(sets))).run(out, resume, hooks);
    return measured;
  }

  TrainingOutcome outcome_;
};

TEST_F(Watching, MeasuresBeforeEveryFewUpdatesAndAtTheEndAndChangesNoBit) {
  EXPECT_EQ(watch(place("watched"), {}, false), (std::vector<std::int64_t>{0, 4, 8, 10}));
  train(place("plain"), false);
  EXPECT_EQ(read_file(place("watched") / "adapter_model.safetensors", 1 << 24),
            read_file(place("plain") / "adapter_model.safetensors", 1 << 24));
}

TEST_F(Watching, TheBestIsKeptWholeAsAnAdapter) {
  watch(place("out"), {}, false);
  EXPECT_EQ(outcome_.best, 4);
  const fs::path best = place("out") / "best";
  EXPECT_EQ(read_file(best / "adapter_model.safetensors", 1 << 24),
            read_file(place("out") / "step-000004" / "adapter_model.safetensors", 1 << 24));
  EXPECT_EQ(read_json(best / "evaluation.json").at("update"), 4);
  EXPECT_FALSE(fs::exists(place("out") / "best.tmp"));
}

TEST_F(Watching, PatienceEndsARunThatGetsNoBetter) {
  const std::vector<std::string> patient = {"eval.patience=1"};
  EXPECT_EQ(watch(place("out"), patient, false), (std::vector<std::int64_t>{0, 4, 8}));
  EXPECT_TRUE(outcome_.complete);
  EXPECT_EQ(outcome_.updates, 8);
  EXPECT_EQ(outcome_.best, 4);
  EXPECT_TRUE(fs::exists(place("out") / "adapter_model.safetensors"));
  EXPECT_EQ(watch(place("out"), patient, true), (std::vector<std::int64_t>{}));
  EXPECT_TRUE(outcome_.complete);
}

TEST_F(Watching, OverRefusalAboveItsBoundEndsTheRunWithACheckpoint) {
  const auto bounded = [&](const char* bound, bool resume) {
    return watch(place("out"), {std::string("abort.over_refusal=") + bound}, resume);
  };
  try {
    bounded("0.5", false);
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUnsupported);
    EXPECT_NE(error.message().find("0.6 after update 8"), std::string::npos) << error.message();
  }
  EXPECT_EQ(load_newest_checkpoint(place("out"))->state.update, 8);
  EXPECT_THROW(bounded("0.5", true), Error);
  EXPECT_EQ(bounded("0.6", true), (std::vector<std::int64_t>{10}));
  EXPECT_EQ(outcome_.best, 4);
}

TEST_F(Training, TheVisionTowerAndTheHeadStayAsTheyWere) {
  LoadOptions options;
  TrainedModel trained;
  options.prepare = [&](Model& model) { trained = make_trainable(model, {}, 1); };
  const Bundle bundle = load_bundle(model_.path(), options);
  for (const TrainedParameter& parameter : trained.parameters) {
    EXPECT_NE(part_of(parameter.name), ModelPart::kVision) << parameter.name;
    EXPECT_NE(part_of(parameter.name), ModelPart::kTable) << parameter.name;
  }
}

}  // namespace
}  // namespace sightline
