#include "training/recipe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "base/share.h"
#include "support/temporary_folder.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> shipped_recipes() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(share_path("recipes"))) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

Recipe shipped(const std::string& name, std::vector<std::string> sets = {}) {
  sets.insert(sets.begin(), "data=x.json");
  return read_recipe(name, sets);
}

// What is thrown: kind, message and hint.
struct Refusal {
  ErrorKind kind = ErrorKind::kInternal;
  std::string text;
};

Refusal refusal_of(const std::string& file, const std::vector<std::string>& sets) {
  try {
    read_recipe(file, sets);
  } catch (const Error& error) {
    return {error.kind(), error.message() + " | " + error.hint()};
  }
  ADD_FAILURE() << file << " was accepted";
  return {};
}

TEST(ShippedRecipes, AreTheNamedOnes) {
  EXPECT_EQ(shipped_recipes(),
            (std::vector<std::string>{"llava_stage1", "llava_stage2", "reject_sft",
                                      "reject_sft_random", "reject_sft_utility_only", "spa_vl_dpo",
                                      "text_safety", "vcr", "vlguard_mixed", "vlguard_posthoc"}));
}

TEST(ShippedRecipes, BeginWithASummaryAndShowTheirCommands) {
  for (const std::string& name : shipped_recipes()) {
    SCOPED_TRACE(name);
    std::ifstream stream(share_path("recipes/" + name + ".yaml"));
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    const std::string first = text.substr(0, text.find('\n'));
    EXPECT_TRUE(first.starts_with("# ") && first.ends_with(".")) << first;
    EXPECT_LT(first.size(), 100U);
    for (const std::string& part :
         {std::string("# Paper: "), std::string("# Starts from: "), std::string("# Data:"),
          std::string("#   sightline data build "), "#   sightline train " + name}) {
      EXPECT_NE(text.find(part), std::string::npos) << part;
    }
  }
}

TEST(ShippedRecipes, LeaveModelDataAndMachineToTheUser) {
  for (const std::string& name : shipped_recipes()) {
    SCOPED_TRACE(name);
    EXPECT_EQ(refusal_of(name, {}).kind, ErrorKind::kUsage);
    const Recipe recipe = shipped(name);
    EXPECT_EQ(recipe.name, name);
    EXPECT_EQ(recipe.model, "default");
    EXPECT_EQ(recipe.data, (std::vector<fs::path>{"x.json"}));
    EXPECT_TRUE(recipe.adapters.empty());
    EXPECT_EQ(recipe.dtype, "fp32");
    EXPECT_EQ(recipe.device, "auto");
    EXPECT_FALSE(recipe.autocast);
    EXPECT_EQ(recipe.max_updates, 0);
  }
}

// What no paper of these varies.
TEST(ShippedRecipes, ShareCourseAndFrozenTower) {
  for (const std::string& name : shipped_recipes()) {
    SCOPED_TRACE(name);
    const Recipe recipe = shipped(name);
    EXPECT_EQ(recipe.parts.vision, "frozen");
    EXPECT_EQ(recipe.schedule, "cosine");
    EXPECT_EQ(recipe.adam.weight_decay, 0);
    EXPECT_EQ(recipe.encoding.max_length, 2048);
    EXPECT_EQ(recipe.encoding.mask, "span");
    EXPECT_EQ(recipe.loss_norm, "micro_mean");
    EXPECT_EQ(recipe.global_batch % recipe.micro_batch, 0);
  }
}

struct Numbers {
  std::string language, projector;
  std::int64_t rank;
  double alpha, dropout, rate, projector_rate, warmup;
  std::int64_t epochs, batch;
  bool operator==(const Numbers&) const = default;
};

void PrintTo(const Numbers& n, std::ostream* out) {
  *out << n.language << ", projector " << n.projector << ", r " << n.rank << ", alpha " << n.alpha
       << ", dropout " << n.dropout << ", lr " << n.rate << " / " << n.projector_rate
       << ", warm-up " << n.warmup << ", epochs " << n.epochs << ", batch " << n.batch;
}

Numbers numbers_of(const Recipe& r) {
  return {r.parts.language,   r.parts.projector,    r.parts.lora.rank,
          r.parts.lora.alpha, r.parts.lora.dropout, r.rate,
          r.projector_rate,   r.warmup_ratio,       r.epochs,
          r.global_batch};
}

TEST(ShippedRecipes, HoldThePapersNumbers) {
  // Rank and alpha of stage 1 are defaults that nothing reads.
  const std::map<std::string, Numbers> wanted = {
      {"llava_stage1", {"frozen", "full", 16, 32, 0, 1e-3, 1e-3, 0.03, 1, 256}},
      {"llava_stage2", {"lora", "full", 128, 256, 0.05, 2e-4, 2e-5, 0.03, 1, 128}},
      {"reject_sft", {"lora", "full", 128, 256, 0.05, 2e-4, 2e-5, 0.03, 3, 128}},
      {"spa_vl_dpo", {"lora", "full", 128, 256, 0, 2e-5, 2e-5, 0.0034, 1, 32}},
      {"text_safety", {"lora", "frozen", 16, 32, 0, 2e-4, 2e-4, 0.03, 3, 128}},
      {"vcr", {"lora", "full", 128, 256, 0.05, 1e-4, 2e-5, 0.03, 5, 64}},
      {"vlguard_mixed", {"lora", "full", 128, 256, 0.05, 2e-4, 2e-5, 0.03, 1, 128}},
      {"vlguard_posthoc", {"lora", "full", 128, 256, 0.05, 2e-4, 2e-5, 0.03, 3, 128}},
  };
  for (const auto& [name, numbers] : wanted) {
    EXPECT_EQ(numbers_of(shipped(name)), numbers) << name;
  }
}

TEST(ShippedRecipes, WriteConversationsAsTheirModelsReadThem) {
  const std::map<std::string, std::string> others = {
      {"llava_stage1", "plain"}, {"llava_stage2", "vicuna_v1"}, {"vlguard_mixed", "vicuna_v1"}};
  for (const std::string& name : shipped_recipes()) {
    const auto found = others.find(name);
    EXPECT_EQ(shipped(name).encoding.template_name,
              found == others.end() ? "checkpoint" : found->second)
        << name;
  }
}

TEST(ShippedRecipes, LeaveTheEndOfARefusalUnsupervised) {
  EXPECT_EQ(shipped("reject_sft").encoding.end_mode, "mask_label");
}

TEST(ShippedRecipes, TheArmsOfRejectSftDifferInDataAlone) {
  const auto settings_of = [](const std::string& name) {
    Json settings = shipped(name).settings;
    settings.erase("name");
    return settings;
  };
  EXPECT_EQ(settings_of("reject_sft_random"), settings_of("reject_sft"));
  EXPECT_EQ(settings_of("reject_sft_utility_only"), settings_of("reject_sft"));
}

TEST(ShippedRecipes, PreferencesAreClippedAndSeededAsPublished) {
  const Recipe recipe = shipped("spa_vl_dpo");
  EXPECT_EQ(recipe.objective, "dpo");
  EXPECT_EQ(recipe.beta, 0.1);
  EXPECT_EQ(recipe.max_grad_norm, 1.0);
  EXPECT_EQ(recipe.seed, 42U);
  for (const std::string& name : shipped_recipes()) {
    if (name == "spa_vl_dpo") continue;
    EXPECT_EQ(shipped(name).objective, "sft") << name;
    EXPECT_EQ(shipped(name).max_grad_norm, 0) << name;
    EXPECT_EQ(shipped(name).seed, 0U) << name;
  }
}

TEST(ShippedRecipes, ReasoningKeepsACheckpointOfEachEpoch) {
  const Recipe recipe = shipped("vcr");
  EXPECT_EQ(recipe.save_every, (4000 + 500) / recipe.global_batch);
  EXPECT_EQ(recipe.keep_last, recipe.epochs);
  EXPECT_EQ(recipe.eval.every, recipe.save_every);
  EXPECT_EQ(recipe.eval.best, "awareness");
  EXPECT_EQ(recipe.eval.patience, 2);
  EXPECT_GE(recipe.eval.max_new_tokens, 200);
}

TEST(RecipeTable, DocumentsEverySetting) {
  for (const OptionSpec& option : recipe_table()) EXPECT_FALSE(option.help.empty()) << option.name;
}

class RecipeFile : public testing::Test {
 protected:
  std::string write(const std::string& text) const {
    const fs::path file = folder_.path() / "mine.yaml";
    std::ofstream(file, std::ios::binary) << text;
    return file.string();
  }

  TemporaryFolder folder_;
};

TEST_F(RecipeFile, NestedAndDottedKeysAreTheSame) {
  const Recipe nested = read_recipe(write("data: x.json\nlora: {r: 8, alpha: 4.5, rslora: true}\n"
                                          "train:\n  language: lora\n  vision: full\n"),
                                    {});
  const Recipe dotted = read_recipe(write("data: x.json\nlora.r: 8\nlora.alpha: 4.5\n"
                                          "lora.rslora: true\ntrain.vision: full\n"),
                                    {});
  EXPECT_EQ(nested.parts.lora.rank, 8);
  EXPECT_EQ(nested.parts.lora.alpha, 4.5);
  EXPECT_TRUE(nested.parts.lora.rslora);
  EXPECT_EQ(nested.parts.vision, "full");
  EXPECT_EQ(nested.settings, dotted.settings);
}

TEST_F(RecipeFile, WhatIsNotSaidHasItsDefault) {
  const Recipe recipe = read_recipe(write("data: x.json\n"), {});
  EXPECT_EQ(recipe.name, "mine");
  for (const OptionSpec& option : recipe_table()) {
    if (option.name == "data") continue;
    EXPECT_EQ(recipe.settings.at(option.name), option.default_value) << option.name;
  }
}

TEST_F(RecipeFile, SetsWinAndTheLastOneOfAKeyCounts) {
  const std::string file = write("data: x.json\nlr: 1e-3\nlora: {r: 8}\n");
  const Recipe recipe =
      read_recipe(file, {"lr=5e-4", "lora.r=4", "lora.r=2", "template=plain", "name=other"});
  EXPECT_EQ(recipe.rate, 5e-4);
  EXPECT_EQ(recipe.projector_rate, 5e-4);
  EXPECT_EQ(recipe.parts.lora.rank, 2);
  EXPECT_EQ(recipe.encoding.template_name, "plain");
  EXPECT_EQ(recipe.name, "other");
}

TEST_F(RecipeFile, TheProjectorsRateIsItsOwnWhenGiven) {
  const std::string file = write("data: x.json\nlr: 1e-3\nprojector_lr: 1e-5\n");
  EXPECT_EQ(read_recipe(file, {}).projector_rate, 1e-5);
  EXPECT_EQ(read_recipe(file, {"projector_lr=0"}).projector_rate, 1e-3);
}

TEST_F(RecipeFile, AMicroBatchIsAtMostABatch) {
  const std::string file = write("data: x.json\nmicro_batch: 16\n");
  EXPECT_EQ(read_recipe(file, {"global_batch=4"}).micro_batch, 4);
  EXPECT_EQ(read_recipe(file, {"global_batch=64"}).micro_batch, 16);
}

TEST_F(RecipeFile, ItsPathsAreRelativeToIt) {
  const std::string file =
      write("data: [a.json, deep/b.json, /far/c.json]\nimages: pictures\nadapters: first\n");
  const Recipe recipe = read_recipe(file, {});
  const fs::path here = folder_.path();
  EXPECT_EQ(recipe.data,
            (std::vector<fs::path>{here / "a.json", here / "deep/b.json", "/far/c.json"}));
  EXPECT_EQ(recipe.images, here / "pictures");
  EXPECT_EQ(recipe.adapters, (std::vector<std::string>{(here / "first").string()}));
}

TEST_F(RecipeFile, PathsOfSetsAreRelativeToTheUser) {
  const Recipe recipe =
      read_recipe(write("data: a.json\nimages: pictures\n"), {"data=b.json,c.json", "images=p"});
  EXPECT_EQ(recipe.data, (std::vector<fs::path>{"b.json", "c.json"}));
  EXPECT_EQ(recipe.images, "p");
}

TEST_F(RecipeFile, PicturesLieBesideTheFirstDataFileUnlessNamed) {
  EXPECT_EQ(read_recipe(write("data: [deep/a.json, b.json]\n"), {}).images,
            folder_.path() / "deep");
  EXPECT_EQ(read_recipe(write("lr: 1e-3\n"), {"data=there/a.json"}).images, "there");
}

TEST_F(RecipeFile, AnUnknownSettingNamesItsNeighbour) {
  const Refusal in_file = refusal_of(write("data: x.json\nlora: {rr: 8}\n"), {});
  EXPECT_EQ(in_file.kind, ErrorKind::kUsage);
  EXPECT_NE(in_file.text.find("mine.yaml: unknown option 'lora.rr'"), std::string::npos);
  EXPECT_NE(in_file.text.find("did you mean 'lora.r'?"), std::string::npos) << in_file.text;

  const Refusal in_set = refusal_of("reject_sft", {"data=x.json", "epoch=3"});
  EXPECT_EQ(in_set.kind, ErrorKind::kUsage);
  EXPECT_NE(in_set.text.find("did you mean 'epochs'?"), std::string::npos) << in_set.text;
}

TEST_F(RecipeFile, ABadValueIsRefusedWithWhatItShouldBe) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"lora.r=0", "at least 1"},          {"lora.dropout=1", "at most 0.99"},
      {"lr=fast", "of type number"},       {"objective=ppo", "one of"},
      {"train.language=none", "one of"},   {"end_mode=keep", "one of"},
      {"autocast=yes", "of type boolean"}, {"global_batch=1.5", "of type number"}};
  for (const auto& [set, wanted] : cases) {
    const Refusal refusal = refusal_of("reject_sft", {"data=x.json", set});
    EXPECT_EQ(refusal.kind, ErrorKind::kUsage) << set;
    EXPECT_NE(refusal.text.find(wanted), std::string::npos) << set << ": " << refusal.text;
  }
}

TEST_F(RecipeFile, ASetIsKeyAndValue) {
  for (const char* set : {"lr", "=3", ""}) {
    const Refusal refusal = refusal_of("reject_sft", {"data=x.json", set});
    EXPECT_EQ(refusal.kind, ErrorKind::kUsage) << set;
    EXPECT_NE(refusal.text.find("wanted key=value"), std::string::npos) << refusal.text;
  }
}

TEST_F(RecipeFile, BadYamlNamesFileAndLine) {
  const Refusal refusal = refusal_of(write("data: x.json\nlr: 1e-3\nlora: {r: 8]\n"), {});
  EXPECT_EQ(refusal.kind, ErrorKind::kBadFile);
  EXPECT_NE(refusal.text.find("mine.yaml: line 3"), std::string::npos) << refusal.text;
}

TEST_F(RecipeFile, WhatIsNoMapOfSettingsIsABadFile) {
  std::string deep = "1";
  for (int i = 0; i < 12; ++i) deep = "{a: " + deep + "}";
  for (const std::string& text : {std::string("just words\n"), std::string("- data: x.json\n"),
                                  std::string("data: [[a.json]]\n"), deep}) {
    EXPECT_EQ(refusal_of(write(text), {}).kind, ErrorKind::kBadFile) << text;
  }
}

TEST_F(RecipeFile, WithoutDataTheHintSaysHowToGiveIt) {
  const Refusal refusal = refusal_of(write("lr: 1e-3\n"), {});
  EXPECT_EQ(refusal.kind, ErrorKind::kUsage);
  EXPECT_NE(refusal.text.find("recipe 'mine' names no data | --set data=FILE"), std::string::npos)
      << refusal.text;
}

TEST_F(RecipeFile, AnUnknownNamePointsToTheList) {
  const Refusal refusal = refusal_of("no_such_recipe", {"data=x.json"});
  EXPECT_EQ(refusal.kind, ErrorKind::kNotFound);
  EXPECT_NE(refusal.text.find("'no_such_recipe'"), std::string::npos);
  EXPECT_NE(refusal.text.find("sightline list recipes"), std::string::npos) << refusal.text;
}

}  // namespace
}  // namespace sightline
