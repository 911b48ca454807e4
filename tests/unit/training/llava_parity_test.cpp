// Span masking against the mask of LLaVA's own trainer, with a tokenizer that behaves as Llama's.
#include <gtest/gtest.h>

#include "base/random.h"
#include "support/tiny_model.h"
#include "training/sample.h"

namespace sightline {
namespace {

// Metaspace in front of every piece of text, one token a character, <s> in front, </s> by itself.
Json llama_like_tokenizer() {
  Json vocabulary = {{"<unk>", 0}, {"<s>", 1}, {"</s>", 2}, {"\xE2\x96\x81", 3}};
  std::int64_t next = 4;
  for (char c = '!'; c <= '~'; ++c) vocabulary[std::string(1, c)] = next++;
  Json added = Json::array();
  for (const char* name : {"<unk>", "<s>", "</s>"}) {
    added.push_back(
        {{"id", vocabulary[name]}, {"content", name}, {"special", true}, {"normalized", false}});
  }
  return {
      {"added_tokens", added},
      {"normalizer",
       {{"type", "Sequence"},
        {"normalizers",
         {{{"type", "Prepend"}, {"prepend", "\xE2\x96\x81"}},
          {{"type", "Replace"}, {"pattern", {{"String", " "}}}, {"content", "\xE2\x96\x81"}}}}}},
      {"pre_tokenizer", nullptr},
      {"post_processor",
       {{"type", "TemplateProcessing"},
        {"single",
         {{{"SpecialToken", {{"id", "<s>"}, {"type_id", 0}}}},
          {{"Sequence", {{"id", "A"}, {"type_id", 0}}}}}},
        {"pair", Json::array()},
        {"special_tokens", {{"<s>", {{"id", "<s>"}, {"ids", {1}}, {"tokens", {"<s>"}}}}}}}},
      {"decoder", {{"type", "Fuse"}}},
      {"model",
       {{"type", "BPE"},
        {"unk_token", "<unk>"},
        {"vocab", vocabulary},
        {"merges", Json::array()}}}};
}

std::string drawn_words(Random& random) {
  std::string out;
  for (std::uint64_t n = 1 + random.below(9); n > 0; --n) {
    if (!out.empty()) out += ' ';
    for (std::uint64_t k = 1 + random.below(7); k > 0; --k) {
      out += static_cast<char>('!' + random.below('~' - '!'));
    }
  }
  return out;
}

TEST(LlavaParity, SpanMasksAreThoseOfLlavasTrainer) {
  const TinyModel model;
  Bundle bundle = load_bundle(model.path());
  bundle.tokenizer = std::make_shared<Tokenizer>(
      Tokenizer::from_json(dump_json(llama_like_tokenizer()), "tokenizer.json"));
  bundle.bos_token = "<s>";
  bundle.eos_token = "</s>";
  Random random(7);
  for (int n = 0; n < 100; ++n) {
    TrainingRecord record{.id = std::to_string(n)};
    for (std::uint64_t rounds = 1 + random.below(3); rounds > 0; --rounds) {
      record.turns.push_back({.role = "user", .text = drawn_words(random)});
      record.turns.push_back({.role = "assistant", .text = drawn_words(random)});
    }
    const TrainingSample span = encode_record(record, bundle, {.template_name = "vicuna_v1"});
    const TrainingSample llava =
        encode_record(record, bundle, {.template_name = "vicuna_v1", .mask = "llava_v1"});
    ASSERT_EQ(span.ids, llava.ids);
    ASSERT_EQ(span.labels, llava.labels) << show_targets(span, *bundle.tokenizer) << "\n"
                                         << show_targets(llava, *bundle.tokenizer);
  }
}

}  // namespace
}  // namespace sightline
