// What holds for every registered defence, and for chains of them. A new entry is tested by being
// registered; its row in `specs()` says how to make it on a model without artefacts.
#include <gtest/gtest.h>

#include <map>

#include "defences/registry.h"
#include "interventions/prompt_edit.h"
#include "sightline/error.h"
#include "support/tiny_model.h"

namespace sightline {
namespace {

const std::map<std::string, std::string>& specs() {
  static const std::map<std::string, std::string> rows = {
      {"brt", "brt(adapter=some-folder)"},
      {"cmrm", "cmrm(level=sample)"},
      {"coca", "coca"},
      {"none", "none"},
      {"safety_prompt", "safety_prompt"},
      {"vcd", "vcd"},
      {"vcr", "vcr(adapter=some-folder)"},
  };
  return rows;
}

class EveryDefence : public ::testing::TestWithParam<std::string> {
 protected:
  const DefenceEntry& entry() const { return defence_registry().at(GetParam()); }
};

TEST_P(EveryDefence, IsDocumented) {
  EXPECT_FALSE(entry().summary.empty());
  EXPECT_FALSE(entry().paper.empty());
  EXPECT_FALSE(entry().needs.empty());
  EXPECT_FALSE(entry().cost.empty());
  for (const OptionSpec& option : entry().options) EXPECT_FALSE(option.help.empty()) << option.name;
}

TEST_P(EveryDefence, DefaultsRoundTripThroughJson) {
  const Json defaults = complete_options(entry().options, Json::object(), GetParam());
  EXPECT_EQ(
      complete_options(entry().options, parse_json(dump_json(defaults), "options"), GetParam()),
      defaults);
}

TEST_P(EveryDefence, RefusesAnUnknownOption) {
  EXPECT_THROW(make_defence(GetParam() + "(no_such_option=1)", {.name = "m", .layers = 3}), Error);
}

TEST_P(EveryDefence, AnswersWithAndWithoutAPicture) {
  const TinyModel model({.seed = 3});
  const auto engine = load_generator(model.path(), {.threads = 1});
  ASSERT_TRUE(specs().contains(GetParam())) << "add a row to specs() in this file";
  const auto defence = make_defence(specs().at(GetParam()), engine->info());
  for (const auto& picture : {std::shared_ptr<const Picture>(), random_picture(20, 20, 1)}) {
    const Generation answer = defence->answer(
        {.conversation = ask("hello", picture), .sampling = {.max_new_tokens = 4}}, *engine);
    EXPECT_GT(answer.token_ids.size(), 0U);
  }
}

TEST(Brt, NamesTheAdapterThatTheModelMustCarry) {
  const ModelInfo model{.name = "m", .layers = 3};
  EXPECT_EQ(make_defence("safety_prompt+brt(adapter=a)+brt(adapter=b:0.5)", model)->adapters(),
            (std::vector<std::string>{"a", "b:0.5"}));
  EXPECT_TRUE(make_defence("safety_prompt", model)->adapters().empty());
}

TEST(Adapters, ModelWithoutAShippedOneIsToldToTrainIt) {
  const std::map<std::string, std::string> recipes = {{"brt", "train reject_sft"},
                                                      {"vcr", "train vcr"}};
  for (const auto& [defence, recipe] : recipes) {
    try {
      make_defence(defence, {.name = "m", .layers = 3});
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kUsage);
      EXPECT_NE(error.hint().find(recipe), std::string::npos) << error.hint();
    }
  }
}

TEST(Vcr, GivesRoomForTheReasoningBeforeTheAnswer) {
  const auto room = [](const std::string& spec, int asked) {
    Request request{.conversation = ask("WORDS"), .sampling = {.max_new_tokens = asked}};
    make_defence(spec, {})->prepare(request);
    return request.sampling.max_new_tokens;
  };
  EXPECT_GE(room("vcr(adapter=folder)", 24), 24 + 128);
  EXPECT_EQ(room("vcr(adapter=folder)", 0), 0);  // nothing is to be written
  EXPECT_EQ(room("vcr(adapter=folder,thought=skip)", 24), 24);
}

TEST(Vcr, SkipsTheThoughtByBeginningTheAnswerAtItsVerdict) {
  Request own{.conversation = ask("WORDS")};
  make_defence("vcr(adapter=folder)", {})->prepare(own);
  EXPECT_EQ(own.conversation.size(), 1U);
  Request skipped{.conversation = ask("WORDS")};
  make_defence("vcr(adapter=folder,thought=skip)", {})->prepare(skipped);
  ASSERT_EQ(skipped.conversation.size(), 2U);
  EXPECT_EQ(skipped.conversation[1].role, "prefill");
  EXPECT_EQ(skipped.conversation[1].parts.at(0).text, "<verdict>");
}

TEST(SafetyPrompt, ANameWithoutVersionIsItsFirst) {
  const auto text_of = [](const std::string& spec) {
    Request request{.conversation = ask("WORDS")};
    make_defence(spec, {})->prepare(request);
    return request.conversation.at(0).parts.at(0).text;
  };
  EXPECT_EQ(text_of("safety_prompt(mmsafeaware)"), text_of("safety_prompt(prompt=mmsafeaware.v1)"));
  EXPECT_NE(text_of("safety_prompt(mmsafeaware)"), text_of("safety_prompt(fusion)"));
  EXPECT_THROW(make_defence("safety_prompt(nothing)", {}), Error);
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryDefence, ::testing::ValuesIn(defence_registry().names()),
                         [](const auto& info) { return info.param; });

TEST(Defences, UnknownNamesComeWithTheNearOne) {
  try {
    make_defence("cmmr", {});
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kUsage);
    EXPECT_NE(e.hint().find("'cmrm'"), std::string::npos) << e.hint();
  }
}

TEST(Defences, ChainsApplyLeftToRight) {
  const auto chain = make_defence(
      "safety_prompt(placement=user_prefix)+safety_prompt(placement=user_suffix)+none", {});
  Request request{.conversation = ask("WORDS")};
  chain->prepare(request);
  const std::string text = request.conversation[0].parts[0].text;
  EXPECT_GT(text.find("WORDS"), 0U);
  EXPECT_LT(text.find("WORDS") + 5, text.size());
}

TEST(Defences, AMissingArtefactSaysHowToMakeOne) {
  try {
    make_defence("cmrm", {.name = "unfitted", .weights_sha256 = std::string(64, '0'), .layers = 3});
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kNotFound);
    EXPECT_NE(e.hint().find("sightline fit cmrm"), std::string::npos) << e.hint();
  }
}

}  // namespace
}  // namespace sightline
