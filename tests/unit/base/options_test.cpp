#include "base/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sightline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const OptionTable kTable = {
    {"alpha", 1.0, "strength", 0.0, 4.0},
    {"count", 3, "how many", 1.0},
    {"steps", "prefill", "when", {}, {}, {"prefill", "all"}},
    {"fast", false, "or slow"},
    {"note", nullptr, "free text"},
};

Error error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return Error(ErrorKind::kInternal, "");
}

Json complete(const Json& given) { return complete_options(kTable, given, "cmrm"); }

TEST(CompleteOptions, FillsInDefaults) {
  EXPECT_EQ(
      complete(Json::object()),
      (Json{
          {"alpha", 1.0}, {"count", 3}, {"steps", "prefill"}, {"fast", false}, {"note", nullptr}}));
}

TEST(CompleteOptions, ConvertsTextToTheDefaultsType) {
  const Json options =
      complete({{"alpha", "0.5"}, {"count", "7"}, {"fast", "true"}, {"note", "x"}});
  EXPECT_EQ(options.at("alpha"), 0.5);
  EXPECT_TRUE(options.at("count").is_number_integer());
  EXPECT_EQ(options.at("fast"), true);
  EXPECT_EQ(options.at("note"), "x");
}

TEST(CompleteOptions, NamesTheNearestKnownOption) {
  const Error error = error_of([] { complete({{"alfa", 1}}); });
  EXPECT_EQ(error.message(), "cmrm: unknown option 'alfa'");
  EXPECT_THAT(error.hint(), HasSubstr("did you mean 'alpha'?"));
}

TEST(CompleteOptions, RefusesValuesOfAnotherTypeOrRange) {
  for (const Json& given : {Json{{"alpha", "much"}}, Json{{"alpha", -0.1}}, Json{{"alpha", 4.5}},
                            Json{{"alpha", "nan"}}, Json{{"alpha", "inf"}}, Json{{"count", 1.5}},
                            Json{{"count", 0}}, Json{{"count", 1e300}}, Json{{"steps", "some"}},
                            Json{{"fast", "yes"}}, Json{{"fast", 1}}, Json{{"alpha", true}}}) {
    EXPECT_THAT(error_of([&] { complete(given); }).message(), HasSubstr("cmrm: option '"))
        << given.dump();
  }
}

TEST(ParseSpecs, ReadsNamesOptionsAndChains) {
  const auto specs = parse_specs("safety_prompt + cmrm(alpha=1.0, layers=\"1,(2)+3\", note=)");
  ASSERT_EQ(specs.size(), 2u);
  EXPECT_EQ(specs[0].name, "safety_prompt");
  EXPECT_EQ(specs[1].options, (Json{{"alpha", "1.0"}, {"layers", "1,(2)+3"}, {"note", ""}}));
}

TEST(ParseSpecs, IsUndoneBySpecText) {
  for (const char* text : {"none", "a(b=1)", "a(b=\"1,2\",c=\"x y\")", "a(b=)", "a(b=x\"y)",
                           "a(b=\" lead\")", "a(b=\"1+2)\")"}) {
    const auto specs = parse_specs(text);
    ASSERT_EQ(specs.size(), 1u) << text;
    EXPECT_EQ(spec_text(specs[0]), text);
    EXPECT_EQ(parse_specs(spec_text(specs[0]))[0].options, specs[0].options) << text;
  }
}

TEST(ParseSpecs, AValueAloneIsThatOfTheFirstOption) {
  const auto specs = parse_specs("safety_prompt(some.prompt) + none");
  EXPECT_EQ(spec_text(specs[0]), "safety_prompt(some.prompt)");
  const OptionTable table = {{"prompt", "", "which"}, {"placement", "system", "where"}};
  EXPECT_EQ(complete_options(table, specs[0].options, "safety_prompt"),
            (Json{{"prompt", "some.prompt"}, {"placement", "system"}}));
  EXPECT_THAT(error_of([&] { complete_options({}, specs[0].options, "none"); }).message(),
              HasSubstr("unknown option"));
}

TEST(ParseSpecs, NamesTheColumnOfAMistake) {
  EXPECT_THAT(error_of([] { parse_specs("cmrm(alpha,layers=1)"); }).message(),
              HasSubstr("column 11"));
  for (const char* text :
       {"", "+", "a+", "a(", "a(b", "a(b=1", "a(b=\"1)", "a)b", "a b", "a(b=1,b=2)"}) {
    error_of([&] { parse_specs(text); });
  }
}

TEST(ParseIndexList, ReadsSinglesRangesAndAll) {
  EXPECT_THAT(parse_index_list("all", 3, "layers"), ElementsAre(0, 1, 2));
  EXPECT_THAT(parse_index_list("*", 3, "layers"), ElementsAre(0, 1, 2));
  EXPECT_THAT(parse_index_list("-1,0", 5, "layers"), ElementsAre(0, 4));
  EXPECT_THAT(parse_index_list("1:3,2:4,:1", 5, "layers"), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(parse_index_list("-2:", 5, "layers"), ElementsAre(3, 4));
}

TEST(ParseIndexList, RefusesWhatIsNoIndex) {
  for (const char* text :
       {"", "5", "-6", "1:6", "3:3", "4:2", "x", "1,", ",1", "1.5", "99999999999"}) {
    error_of([&] { parse_index_list(text, 5, "layers"); });
  }
}

}  // namespace
}  // namespace sightline
