// Subword models: a piece of text → token ids.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "text/vocabulary.h"

namespace sightline::text {

// A character, or what characters were merged into: bytes [begin, begin + size) of the piece.
struct Symbol {
  std::int32_t id;  // -1: not a token
  std::int32_t previous;
  std::int32_t next;
  std::uint32_t begin;
  std::uint32_t size;  // 0: merged away
};

// A possible merge of the symbol at `position` with its successor; low ranks go first, then left.
struct Candidate {
  std::uint32_t rank;
  std::int32_t position;
  std::int32_t id;  // of the merged symbol
};

// Buffers of one encode call, kept between its pieces.
struct MergeScratch {
  std::vector<Symbol> symbols;
  std::vector<Candidate> queue;
};

// Const use is thread-safe.
class SubwordModel {
 public:
  virtual ~SubwordModel() = default;

  // Appends the ids of `piece` (valid UTF-8, at most 2^31 bytes) to `ids`.
  virtual void encode(std::string_view piece, MergeScratch& scratch,
                      std::vector<std::int64_t>& ids) const = 0;

  const Vocabulary& vocabulary() const { return *vocabulary_; }

 protected:
  explicit SubwordModel(std::shared_ptr<const Vocabulary> vocabulary)
      : vocabulary_(std::move(vocabulary)) {}

  std::shared_ptr<const Vocabulary> vocabulary_;
};

// What `bpe` of tokenizer.json says about itself, defaults as there.
struct BpeOptions {
  std::string unknown_token;      // "": none, unknown characters vanish
  bool fuse_unknown = false;      // a run of unknown characters is one unknown token
  bool byte_fallback = false;     // unknown characters become <0xNN> tokens where all of them exist
  bool ignore_merges = false;     // a piece that is a token is that token
  std::string continuing_prefix;  // put before every character but the first
  std::string word_suffix;        // put after the last character
};

// Pairs of token ids → what they merge into.
class MergeTable {
 public:
  struct Merge {
    std::uint32_t rank;
    std::int32_t id;  // -1: the pair does not merge
  };

  void reserve(std::size_t merges);
  void add(std::int32_t left, std::int32_t right, Merge merge);  // the last of equal pairs counts
  Merge find(std::int32_t left, std::int32_t right) const;

 private:
  struct Slot {
    std::uint64_t pair = kFree;
    Merge merge{};
  };
  static constexpr std::uint64_t kFree = ~std::uint64_t{0};
  std::size_t slot_of(std::uint64_t pair) const;

  std::vector<Slot> slots_;  // a power of two long
  std::size_t count_ = 0;
};

// Byte-pair encoding: the merge of the lowest rank first, until none is left.
// Throws Error{kBadFile} when the unknown token is not in the vocabulary.
std::unique_ptr<SubwordModel> make_bpe(std::shared_ptr<const Vocabulary> vocabulary,
                                       MergeTable merges, BpeOptions options,
                                       std::string_view origin);

// SentencePiece's BPE: of all neighbours that together are a token, the one with the highest score
// merges first; characters that are no token become <0xNN> tokens, or the unknown token without
// those. `scores` has one entry per id.
std::unique_ptr<SubwordModel> make_scored_bpe(std::shared_ptr<const Vocabulary> vocabulary,
                                              const std::vector<float>& scores,
                                              std::int32_t unknown_id);

}  // namespace sightline::text
