#include "text/regex.h"

#include "tiny_tokenizers.h"

namespace sightline::text {
namespace {

std::vector<std::string> matches(std::string_view pattern, std::string_view subject) {
  std::vector<std::string> out;
  Regex(pattern).for_each_match(subject, [&](Span span) {
    out.emplace_back(subject.substr(span.begin, span.end - span.begin));
  });
  return out;
}

using Texts = std::vector<std::string>;

TEST(Regex, SpaceIsUnicodeWhiteSpaceAndNothingElse) {
  EXPECT_EQ(matches(R"(\s)", "a\u00A0\u3000\u180E\u200B\x1C"), (Texts{"\u00A0", "\u3000"}));
  EXPECT_EQ(matches(R"([^\S]+)", " \u2028x"), (Texts{" \u2028"}));
}

TEST(Regex, LettersAndDigitsIncludeThoseOfNewerUnicode) {
  EXPECT_EQ(matches(R"(\p{L}+)", "a\U00031350!"), (Texts{"a\U00031350"}));
  EXPECT_EQ(matches(R"([^\s\p{L}\p{N}]+)", "\U00010D40?"), (Texts{"?"}));
}

TEST(Regex, ReadsRubysDialect) {
  EXPECT_EQ(matches(R"(\h+)", "xBEEFz"), (Texts{"BEEF"}));
  EXPECT_EQ(matches("(?m:a.b)", "a\nb"), (Texts{"a\nb"}));
  EXPECT_EQ(matches("^b$", "a\nb\nc"), (Texts{"b"}));
  EXPECT_EQ(matches("xa{,2}", "xaaa"), (Texts{"xaa"}));
  EXPECT_EQ(matches("a{2}+", "aaaaa"), (Texts{"aaaa"})) << "repeated, not possessive";
}

TEST(Regex, SkipsAnEmptyMatchBehindAMatch) {
  EXPECT_EQ(matches("a*", "baac"), (Texts{"", "aa", ""}));
}

TEST(Regex, RefusesWhatItCannotRewrite) {
  expect_refused(ErrorKind::kUnsupported, {"[a&&b]", "&&"}, [] { Regex("[a&&b]"); });
  expect_refused(ErrorKind::kUnsupported, {"[a[b]]"}, [] { Regex("[a[b]]"); });
  expect_refused(ErrorKind::kUnsupported, {"(a"}, [] { Regex("(a"); });
  expect_refused(ErrorKind::kUnsupported, {"backslash"}, [] { Regex("a\\"); });
}

TEST(Regex, StopsAMatchThatExplodes) {
  const Regex regex("(?:a+)+$");
  expect_refused(ErrorKind::kUnsupported, {"(?:a+)+$"},
                 [&] { regex.for_each_match(std::string(60, 'a') + "b", [](Span) {}); });
}

TEST(Regex, LiteralMatchesOnlyItself) {
  std::vector<std::size_t> places;
  Regex::literal("a.(▁").for_each_match("abc a.(▁",
                                        [&](Span span) { places.push_back(span.begin); });
  EXPECT_EQ(places, (std::vector<std::size_t>{4}));
}

}  // namespace
}  // namespace sightline::text
