#include "text/token_ends.h"

#include <gtest/gtest.h>

#include "unit/text/tiny_tokenizers.h"

namespace sightline {
namespace {

using Ends = std::vector<std::size_t>;

TEST(TokenEnds, FollowByteLevelTokensThroughCharactersAndSpecials) {
  const Tokenizer tokenizer = tokenizer_of(byte_level_json());
  const std::string text = "hello<|end|> h\xC3\xA9";
  const Ids ids = tokenizer.encode(text);
  EXPECT_EQ(token_ends(tokenizer, ids, text), (Ends{4, 5, 12, 13, 14, 15, 16}));
}

TEST(TokenEnds, KnowTheSpaceAndTheTokenThatAreOnlyPutInFront) {
  const Tokenizer tokenizer = tokenizer_of(byte_fallback_json());
  const std::string text = "ab a\xC3\xA9";
  const Ids ids = tokenizer.encode(text);
  // <s> ▁a b ▁a <0xC3> <0xA9>
  EXPECT_EQ(token_ends(tokenizer, ids, text), (Ends{0, 1, 2, 4, 5, 6}));
}

TEST(TokenEnds, AreAbsentWhenTokensDoNotSpellTheText) {
  const Tokenizer tokenizer = tokenizer_of(byte_level_json());
  EXPECT_FALSE(token_ends(tokenizer, Ids{0, 1}, "hell"));
  EXPECT_FALSE(token_ends(tokenizer, Ids{2}, "h"));
}

}  // namespace
}  // namespace sightline
