#include "text/unicode.h"

#include <gtest/gtest.h>

namespace sightline::text {
namespace {

TEST(Utf8, ReplacesEachMaximalInvalidPieceOnce) {
  EXPECT_EQ(repair_utf8("a\xF0\x9F\x98"
                        "b"),
            "a\uFFFDb")
      << "a cut character is one piece";
  EXPECT_EQ(repair_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD") << "a surrogate is three";
  EXPECT_EQ(repair_utf8("\xC0\xAF\xF5"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(repair_utf8("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD") << "beyond U+10FFFF";
}

TEST(Utf8, TellsHowMuchOfACharacterIsMissing) {
  EXPECT_EQ(incomplete_utf8_suffix("a"), 0U);
  EXPECT_EQ(incomplete_utf8_suffix("a\xE2\x82"), 2U);
  EXPECT_EQ(incomplete_utf8_suffix("a\xF0\x9F\x98"), 3U);
  EXPECT_EQ(incomplete_utf8_suffix("\xF0\x9F\x98\x80"), 0U);
  EXPECT_EQ(incomplete_utf8_suffix("a\x80\x80"), 0U) << "can never become valid";
  EXPECT_EQ(incomplete_utf8_suffix("\xED\xA0"), 0U) << "neither can this";
}

TEST(Utf8, AnyTextRoundTripsThroughItsSteps) {
  std::string all;
  for (char32_t c = 0; c < 0x110000; c += 7) {
    if (c < 0xD800 || c > 0xDFFF) append_utf8(c, all);
  }
  EXPECT_TRUE(is_valid_utf8(all));
  EXPECT_EQ(repair_utf8(all), all);
}

TEST(Normalise, ComposesAndDecomposes) {
  EXPECT_EQ(normalise("e\u0301", NormalForm::kNfc), "é");
  EXPECT_EQ(normalise("é", NormalForm::kNfd), "e\u0301");
  EXPECT_EQ(normalise("ﬁ①", NormalForm::kNfkc), "fi1");
  EXPECT_EQ(normalise("q\u0307\u0323", NormalForm::kNfd), "q\u0323\u0307") << "canonical order";
  EXPECT_EQ(normalise("\u1100\u1161\u11A8", NormalForm::kNfc), "각") << "Hangul";
}

TEST(Normalise, LeavesMarksAloneThatAreNewerThanTheReference) {
  EXPECT_EQ(normalise("\u0E81\u0EBA\u0EB8", NormalForm::kNfd), "\u0E81\u0EBA\u0EB8");
}

TEST(Kinds, LettersAndDigitsAreOfAnyScript) {
  for (const char32_t c : {U'a', U'\u0436', U'\u6F22'}) EXPECT_TRUE(is_letter(c));
  for (const char32_t c : {U'7', U'\u0663'}) EXPECT_TRUE(is_digit(c) && !is_letter(c));
  for (const char32_t c : {U'_', U'\'', U'\u00B2', U'\u0301'}) {
    EXPECT_FALSE(is_letter(c) || is_digit(c));
  }
}

TEST(Lower, KnowsTheLetterWithTwo) {
  std::string out;
  append_lower(0x130, out);
  append_lower('Q', out);
  EXPECT_EQ(out, "i\u0307q");
}

}  // namespace
}  // namespace sightline::text
