// Text ↔ token ids, as the `tokenizers` package has them.
//
//   const Tokenizer tokenizer = Tokenizer::from_file(folder / "tokenizer.json");
//   const std::vector<std::int64_t> ids = tokenizer.encode("Hello");
//   const std::string text = tokenizer.decode(ids);
//
// Supported: BPE models with every option but dropout; see normalizers.h, pre_tokenizers.h,
// decoders.h for the other components. Anything else throws Error{kUnsupported} naming it.
// `truncation` and `padding` of the file are ignored: lengths are the caller's business. Copies
// share one immutable core; const use is thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sightline {

struct GgufVocabulary;
namespace text {
struct TokenizerCore;
}  // namespace text

struct EncodeOptions {
  bool add_special_tokens = true;  // what the post-processor adds, such as a leading <s>
};

class Tokenizer {
 public:
  // Reads a tokenizer.json. Throws kNotFound, kBadFile (syntax, missing keys, merges of unknown
  // tokens) or kUnsupported.
  static Tokenizer from_file(const std::filesystem::path& file);

  // The same from the file's text; `origin` names it in messages.
  static Tokenizer from_json(std::string_view json, std::string_view origin);

  // From the vocabulary of a GGUF file. Throws kBadFile or kUnsupported, naming the model or pre
  // type.
  static Tokenizer from_gguf(const GgufVocabulary& vocabulary);

  // Bytes that are not UTF-8 are read as U+FFFD. Throws kUsage for more than 1 GiB of text.
  std::vector<std::int64_t> encode(std::string_view text, const EncodeOptions& options = {}) const;

  // Valid UTF-8. Ids without a token are skipped; so are special ones when asked.
  std::string decode(std::span<const std::int64_t> ids, bool skip_special = true) const;

  std::optional<std::int64_t> token_id(std::string_view token) const;
  std::string_view token(std::int64_t id) const;  // "" for an unknown id; lives as long as a copy
  std::int64_t vocabulary_size() const;           // highest id + 1: rows an embedding needs
  bool is_special(std::int64_t id) const;

  // SHA-256 of the file's bytes (GGUF: of the vocabulary), lower-case hex.
  const std::string& sha256() const;

  const text::TokenizerCore& core() const { return *core_; }  // for Detokenizer

 private:
  explicit Tokenizer(std::shared_ptr<const text::TokenizerCore> core) : core_(std::move(core)) {}

  std::shared_ptr<const text::TokenizerCore> core_;
};

}  // namespace sightline
