#include "text/gguf_vocabulary.h"

#include <cmath>

#include "tiny_tokenizers.h"

namespace sightline {
namespace {

GgufVocabulary byte_level() {
  GgufVocabulary out;
  out.model = "gpt2";
  out.pre = "smollm";
  out.tokens = {"<|im_end|>", "h", "e", "he", "Ġ", "1", "2", "12"};
  out.token_types = {3, 1, 1, 1, 1, 1, 1, 1};
  out.merges = {"h e", "1 2"};
  return out;
}

GgufVocabulary scored() {
  GgufVocabulary out;
  out.model = "llama";
  out.tokens = {"<unk>", "<s>", "▁", "a", "b", "▁a", "ab", "<0xC3>", "<0xA9>"};
  out.scores = {0, 0, -1, -2, -3, -8, -4, 0, 0};
  out.token_types = {2, 3, 1, 1, 1, 1, 1, 6, 6};
  out.bos_id = 1;
  out.unknown_id = 0;
  out.add_bos = true;
  return out;
}

TEST(GgufVocabulary, CutsDigitsAsItsPreTypeSays) {
  GgufVocabulary source = byte_level();
  EXPECT_EQ(Tokenizer::from_gguf(source).encode("he 12"), (Ids{3, 4, 5, 6}));
  source.pre = "gpt-2";
  EXPECT_EQ(Tokenizer::from_gguf(source).encode("he 12"), (Ids{3, 4, 7}));
}

TEST(GgufVocabulary, LlamaTypeTakesWholeWordsWithoutMerging) {
  GgufVocabulary source = byte_level();
  source.merges.clear();
  EXPECT_EQ(Tokenizer::from_gguf(source).encode("he"), (Ids{1, 2}));
  source.pre = "llama-bpe";
  EXPECT_EQ(Tokenizer::from_gguf(source).encode("he"), (Ids{3}));
}

TEST(GgufVocabulary, ControlTokensAreSpecial) {
  const Tokenizer tokenizer = Tokenizer::from_gguf(byte_level());
  EXPECT_EQ(tokenizer.encode("h<|im_end|>"), (Ids{1, 0}));
  EXPECT_TRUE(tokenizer.is_special(0));
}

TEST(GgufVocabulary, MergesTheHighestScoreFirst) {
  // "▁ab": "ab" (-4) beats "▁a" (-8).
  EXPECT_EQ(Tokenizer::from_gguf(scored()).encode("ab"), (Ids{1, 2, 6}));
  EXPECT_EQ(Tokenizer::from_gguf(scored()).encode("a"), (Ids{1, 5}));
}

TEST(GgufVocabulary, WritesUnknownCharactersAsBytes) {
  const Tokenizer tokenizer = Tokenizer::from_gguf(scored());
  EXPECT_EQ(tokenizer.encode("é"), (Ids{1, 2, 7, 8}));
  EXPECT_EQ(tokenizer.encode("ü"), (Ids{1, 2, 7})) << "a byte without a token is left out";
  EXPECT_EQ(tokenizer.encode("z"), (Ids{1, 2, 0})) << "no byte at all: unknown";
  EXPECT_EQ(tokenizer.decode(Ids{1, 2, 7, 8}), "é");
}

TEST(GgufVocabulary, RefusesTablesThatDoNotFit) {
  const auto refuse = [](ErrorKind kind, const std::string& part, auto change) {
    GgufVocabulary source = scored();
    change(source);
    expect_refused(kind, {part}, [&] { Tokenizer::from_gguf(source); });
  };
  refuse(ErrorKind::kBadFile, "scores", [](auto& v) { v.scores.pop_back(); });
  refuse(ErrorKind::kBadFile, "not a number", [](auto& v) { v.scores[2] = std::nanf(""); });
  refuse(ErrorKind::kBadFile, "types", [](auto& v) { v.token_types.pop_back(); });
  refuse(ErrorKind::kBadFile, "bos", [](auto& v) { v.bos_id = 99; });
  refuse(ErrorKind::kBadFile, "0 tokens", [](auto& v) { v.tokens.clear(); });
  refuse(ErrorKind::kUnsupported, "'rwkv'", [](auto& v) { v.model = "rwkv"; });
}

TEST(GgufVocabulary, RefusesUnknownPreTypesAndMergesOfNothing) {
  GgufVocabulary source = byte_level();
  source.pre = "deepseek-llm";
  expect_refused(ErrorKind::kUnsupported, {"deepseek-llm"}, [&] { Tokenizer::from_gguf(source); });
  source = byte_level();
  source.merges.push_back("h nothing");
  expect_refused(ErrorKind::kBadFile, {"h nothing"}, [&] { Tokenizer::from_gguf(source); });
}

}  // namespace
}  // namespace sightline
