#include "evals/judges/reply_parser.h"

#include <gtest/gtest.h>

namespace sightline {
namespace {

ReplyField field(Json policy) { return ReplyField(policy, "test"); }

TEST(ReplyField, TakesTheLastMatchUnlessToldTheFirst) {
  const std::string reply = "[[3]] or rather [[7]]";
  const char* rating = R"(\[\[(\d+)\]\])";
  EXPECT_EQ(field({{"pattern", rating}}).read(reply).number, 7);
  EXPECT_EQ(field({{"pattern", rating}, {"pick", "first"}}).read(reply).number, 3);
}

TEST(ReplyField, NoMatchIsAmbiguousUnlessAValueIsGiven) {
  EXPECT_FALSE(field({{"pattern", "x(1)"}}).read("nothing").ok());
  const ReplyValue value = field({{"pattern", "x(1)"}, {"on_missing", "1"}}).read("nothing");
  EXPECT_TRUE(value.ok());
  EXPECT_EQ(value.number, 1);
}

TEST(ReplyField, DifferentMatchesCanBeAmbiguous) {
  const ReplyField strict = field({{"pattern", "(yes|no)"}, {"on_multiple", "ambiguous"}});
  EXPECT_FALSE(strict.read("yes and no").ok());
  EXPECT_EQ(strict.read("yes, yes").text, "yes");
}

TEST(ReplyField, OutOfRangeIsAmbiguousOrClamped) {
  const Json policy = {{"pattern", R"((-?\d+))"}, {"range", {1, 10}}};
  EXPECT_FALSE(field(policy).read("11").ok());
  EXPECT_FALSE(field({{"pattern", "(.+)"}, {"range", {1, 10}}}).read("many").ok());
  Json clamped = policy;
  clamped["on_out_of_range"] = "clamp";
  EXPECT_EQ(field(clamped).read("11").text, "10");
  EXPECT_EQ(field(clamped).read("-3").number, 1);
}

TEST(ReplyField, TheFirstPatternThatMatchesSpeaks) {
  const ReplyField order = field({{"pattern", {"output: (a|b)", "(a|b)"}}});
  EXPECT_EQ(order.read("output: a, not b").text, "a");
  EXPECT_EQ(order.read("a, no, b").text, "b");
}

TEST(ReplyField, RenamesAndRefusesUnknownWords) {
  const ReplyField named = field({{"pattern", "(\\w+)"}, {"values", {{"ja", "yes"}}}});
  EXPECT_EQ(named.read("JA").text, "yes");
  EXPECT_FALSE(named.read("nein").ok());
}

TEST(ReplyField, ReadsWideLettersAndSurvivesDamage) {
  EXPECT_EQ(field({{"pattern", "(?i)(yes|no)"}}).read("\uFF39\uFF25\uFF33").text, "yes");
  EXPECT_EQ(field({{"pattern", "(yes|no)"}}).read("\xFF\xFE no \xC3").text, "no");
  EXPECT_NO_THROW(field({{"pattern", "(yes|no)"}}).read(std::string(4 << 20, 'y')));
}

TEST(ReplyField, AnUntakenGroupIsTheMatchItself) {
  EXPECT_EQ(field({{"pattern", "a(b)?"}}).read("xa").text, "a");
}

TEST(ReplyField, RefusesDamageNamingTheKey) {
  for (const Json& policy :
       {Json::object(), Json{{"pattern", 3}}, Json{{"pattern", "a"}, {"pick", "middle"}},
        Json{{"pattern", "a"}, {"range", {1}}}, Json{{"pattern", "a"}, {"values", {{"a", 1}}}}}) {
    EXPECT_THROW(field(policy), Error) << policy;
  }
  EXPECT_THROW(field({{"pattern", "("}}), Error);
}

}  // namespace
}  // namespace sightline
