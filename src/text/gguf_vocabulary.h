// The tokenizer part of a GGUF file's metadata, as plain data, and what it means.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sightline {

// Filled by whoever reads the file; keys are tokenizer.ggml.* unless said otherwise.
struct GgufVocabulary {
  std::string model;                      // "gpt2" (byte-level BPE) or "llama" (SentencePiece BPE)
  std::string pre;                        // gpt2 only: which regular expression cuts words
  std::vector<std::string> tokens;        // by id
  std::vector<float> scores;              // llama: one per token
  std::vector<std::int32_t> token_types;  // one per token, or empty: all normal
  std::vector<std::string> merges;        // gpt2: "left right"
  std::optional<std::int64_t> bos_id;
  std::optional<std::int64_t> eos_id;
  std::optional<std::int64_t> unknown_id;
  std::optional<std::int64_t> padding_id;
  bool add_bos = false;
  bool add_eos = false;
  bool add_space_prefix = true;  // llama only
  std::string chat_template;     // tokenizer.chat_template
};

namespace text {

struct TokenizerCore;

// Throws Error{kBadFile} for tables that do not fit together, Error{kUnsupported} naming an unknown
// model or pre type.
std::shared_ptr<const TokenizerCore> build_from_gguf(const GgufVocabulary& vocabulary);

}  // namespace text
}  // namespace sightline
