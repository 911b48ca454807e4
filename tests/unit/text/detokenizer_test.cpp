#include "text/detokenizer.h"

#include "tiny_tokenizers.h"

namespace sightline {
namespace {

std::vector<std::string> chunks_of(const Tokenizer& tokenizer, const Ids& ids, bool skip = true) {
  Detokenizer stream(tokenizer, {.skip_special_tokens = skip});
  std::vector<std::string> out;
  for (const std::int64_t id : ids) out.push_back(stream.push(id));
  out.push_back(stream.finish());
  return out;
}

TEST(Detokenizer, HoldsACharacterBackUntilItIsWhole) {
  EXPECT_EQ(chunks_of(tokenizer_of(byte_level_json()), {0, 8, 9, 3}),
            (std::vector<std::string>{"h", "", "é", "o", ""}));
}

TEST(Detokenizer, EndsAnUnfinishedCharacterWithAReplacement) {
  EXPECT_EQ(chunks_of(tokenizer_of(byte_level_json()), {0, 8}),
            (std::vector<std::string>{"h", "", "\uFFFD"}));
}

TEST(Detokenizer, HoldsARunOfByteTokensBack) {
  EXPECT_EQ(chunks_of(tokenizer_of(byte_fallback_json()), {5, 6, 7, 4}),
            (std::vector<std::string>{"a", "", "", "éb", ""}));
}

TEST(Detokenizer, StripsOnlyTheFirstSpaceOfTheWholeText) {
  EXPECT_EQ(chunks_of(tokenizer_of(byte_fallback_json()), {2, 5, 5}),
            (std::vector<std::string>{"", " a", " a", ""}));
}

TEST(Detokenizer, ShowsSpecialTokensOnRequest) {
  EXPECT_EQ(chunks_of(tokenizer_of(byte_level_json()), {0, 10}, false),
            (std::vector<std::string>{"h", "<|end|>", ""}));
  EXPECT_EQ(chunks_of(tokenizer_of(byte_level_json()), {0, 10}),
            (std::vector<std::string>{"h", "", ""}));
}

TEST(Detokenizer, StartsAfreshAfterFinish) {
  Detokenizer stream(tokenizer_of(byte_fallback_json()));
  EXPECT_EQ(stream.push(5) + stream.finish(), "a");
  EXPECT_EQ(stream.push(5) + stream.finish(), "a") << "the first space is stripped again";
}

TEST(Detokenizer, EqualsDecodingAtOnceForEverySequence) {
  for (const Json& json : {byte_level_json(), byte_fallback_json()}) {
    const Tokenizer tokenizer = tokenizer_of(json);
    for (std::int64_t a = 0; a < 12; ++a) {
      for (std::int64_t b = 0; b < 12; ++b) {
        for (std::int64_t c = 0; c < 12; ++c) {
          std::string all;
          for (const std::string& chunk : chunks_of(tokenizer, {a, b, c}, false)) all += chunk;
          ASSERT_EQ(all, tokenizer.decode(Ids{a, b, c}, false)) << a << ' ' << b << ' ' << c;
        }
      }
    }
  }
}

}  // namespace
}  // namespace sightline
