// The parts of a tokenizer, put together by tokenizer_file.cpp or gguf_vocabulary.cpp.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "text/added_tokens.h"
#include "text/decoders.h"
#include "text/normalizers.h"
#include "text/pre_tokenizers.h"
#include "text/subwords.h"

namespace sightline::text {

// Immutable once built.
struct TokenizerCore {
  std::unique_ptr<const SubwordModel> model;
  std::unique_ptr<const Normalizer> normalizer;       // null: none
  std::unique_ptr<const PreTokenizer> pre_tokenizer;  // null: none
  Decoder decoder;
  std::vector<std::int64_t> prefix;  // ids before and after a sequence
  std::vector<std::int64_t> suffix;
  std::string sha256;

  // Tokens on top of the model's vocabulary, or that mark some of its tokens as added.
  std::unordered_map<std::int64_t, std::string> added_texts;  // id → text, normalised where asked
  std::unordered_map<std::string, std::int32_t> added_ids;    // text → id
  std::unordered_set<std::int64_t> special_ids;
  AddedTokenFinder raw_finder;         // in the raw text
  AddedTokenFinder normalised_finder;  // in normalised text
  std::int64_t end_id = 0;             // highest id + 1

  // REQUIRES: model and normalizer are set. Tokens the vocabulary does not know get the ids after
  // it, in order, whatever `id` says: as the reference does.
  void add_tokens(std::vector<AddedToken> tokens, std::string_view origin);

  std::int32_t find(std::string_view token) const;  // -1: unknown
  std::string_view token(std::int64_t id) const;    // "": unknown
  bool has_id(std::int64_t id) const;
  bool is_special(std::int64_t id) const;

  // `text` is valid UTF-8.
  void encode(std::string_view text, std::vector<std::int64_t>& ids) const;
};

std::shared_ptr<const TokenizerCore> read_tokenizer_json(std::string_view json,
                                                         std::string_view origin);

}  // namespace sightline::text
