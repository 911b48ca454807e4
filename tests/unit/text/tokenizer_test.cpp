#include "text/tokenizer.h"

#include <thread>

#include "base/sha256.h"
#include "tiny_tokenizers.h"

namespace sightline {
namespace {

TEST(Tokenizer, MergesTheLowestRankFirst) {
  EXPECT_EQ(tokenizer_of(byte_level_json()).encode("hello hell"), (Ids{7, 3, 4, 7}));
}

TEST(Tokenizer, ReadsMergesAsTextsAndAsPairs) {
  Json json = byte_level_json();
  json["model"]["merges"] = {"#version: 0.2", "h e", "l l", "he ll"};
  EXPECT_EQ(tokenizer_of(json).encode("hello"), (Ids{7, 3}));
}

TEST(Tokenizer, EncodesBytesOfACharacterAndDecodesThemTogether) {
  const Tokenizer tokenizer = tokenizer_of(byte_level_json());
  EXPECT_EQ(tokenizer.encode("é"), (Ids{8, 9}));
  EXPECT_EQ(tokenizer.decode(Ids{8, 9}), "é");
}

TEST(Tokenizer, DecodesHalfACharacterAsAReplacement) {
  EXPECT_EQ(tokenizer_of(byte_level_json()).decode(Ids{8, 0}), "\uFFFDh");
}

TEST(Tokenizer, FindsAddedTokensInTheText) {
  const Tokenizer tokenizer = tokenizer_of(byte_level_json());
  EXPECT_EQ(tokenizer.encode("he<|end|>[tool]lo"), (Ids{5, 10, 11, 2, 3}));
  EXPECT_TRUE(tokenizer.is_special(10));
  EXPECT_FALSE(tokenizer.is_special(11));
}

TEST(Tokenizer, SkipsOnlySpecialTokensAndUnknownIdsWhenDecoding) {
  const Tokenizer tokenizer = tokenizer_of(byte_level_json());
  EXPECT_EQ(tokenizer.decode(Ids{5, 10, 11, 999, -1}), "he[tool]");
  EXPECT_EQ(tokenizer.decode(Ids{5, 10, 11}, false), "he<|end|>[tool]");
}

TEST(Tokenizer, PostProcessorAddsItsTokensWhenAsked) {
  const Tokenizer tokenizer = tokenizer_of(byte_fallback_json());
  EXPECT_EQ(tokenizer.encode("a b"), (Ids{1, 5, 2, 4}));
  EXPECT_EQ(tokenizer.encode("a b", {.add_special_tokens = false}), (Ids{5, 2, 4}));
}

TEST(Tokenizer, FallsBackToBytesOnlyWhenAllBytesAreTokens) {
  const Tokenizer tokenizer = tokenizer_of(byte_fallback_json());
  EXPECT_EQ(tokenizer.encode("é", {.add_special_tokens = false}), (Ids{2, 6, 7}));
  EXPECT_EQ(tokenizer.encode("zü", {.add_special_tokens = false}), (Ids{2, 0})) << "fused";
}

TEST(Tokenizer, ReadsInvalidBytesAsReplacementCharacters) {
  const Tokenizer tokenizer = tokenizer_of(byte_fallback_json());
  EXPECT_EQ(tokenizer.encode("a\xFF\xC3"), tokenizer.encode("a\uFFFD\uFFFD"));
}

TEST(Tokenizer, StripsSpacesAroundTokensThatAskForIt) {
  Json json = byte_level_json();
  json["added_tokens"][1]["lstrip"] = true;
  json["added_tokens"][1]["rstrip"] = true;
  EXPECT_EQ(tokenizer_of(json).encode("h [tool]  h"), (Ids{0, 11, 0}));
}

TEST(Tokenizer, KeepsSingleWordTokensOutOfWords) {
  Json json = byte_level_json();
  json["added_tokens"][1]["content"] = "ll";
  json["added_tokens"][1]["single_word"] = true;
  json["model"]["merges"] = Json::array();  // so that only the added token gives "ll"
  EXPECT_EQ(tokenizer_of(json).encode("hell ll"), (Ids{0, 1, 2, 2, 4, 6}));
}

TEST(Tokenizer, KnowsItsSizeItsTokensAndItsHash) {
  const std::string text = dump_json(byte_level_json());
  const Tokenizer tokenizer = Tokenizer::from_json(text, "x");
  EXPECT_EQ(tokenizer.vocabulary_size(), 12);
  EXPECT_EQ(tokenizer.token(7), "hell");
  EXPECT_EQ(tokenizer.token_id("[tool]"), 11);
  EXPECT_EQ(tokenizer.token_id("nope"), std::nullopt);
  EXPECT_EQ(tokenizer.sha256(), sha256(text));
}

TEST(Tokenizer, IsTheSameForAllThreads) {
  const Tokenizer tokenizer = tokenizer_of(byte_level_json());
  std::vector<std::thread> threads;
  std::vector<Ids> results(4);
  for (Ids& result : results) {
    threads.emplace_back([&tokenizer, &result] {
      for (int i = 0; i < 200; ++i)
        result = tokenizer.encode("hello hell é" + std::to_string(i % 7));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Ids& result : results) EXPECT_EQ(result, results[0]);
}

}  // namespace
}  // namespace sightline
