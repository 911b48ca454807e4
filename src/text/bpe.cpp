#include <array>
#include <bit>
#include <cstdio>

#include "sightline/error.h"
#include "text/merge.h"
#include "text/subwords.h"
#include "text/unicode.h"
#include "text/word_cache.h"

namespace sightline::text {

std::size_t MergeTable::slot_of(std::uint64_t pair) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = (pair * 0x9E3779B97F4A7C15ULL >> 20) & mask;
  while (slots_[slot].pair != kFree && slots_[slot].pair != pair) slot = (slot + 1) & mask;
  return slot;
}

void MergeTable::reserve(std::size_t merges) {
  std::vector<Slot> old(std::bit_ceil(merges * 2 + 16));
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.pair != kFree) slots_[slot_of(slot.pair)] = slot;
  }
}

void MergeTable::add(std::int32_t left, std::int32_t right, Merge merge) {
  if ((count_ + 1) * 2 > slots_.size()) reserve(count_ * 2 + 16);
  const std::uint64_t pair =
      static_cast<std::uint64_t>(left) << 32 | static_cast<std::uint32_t>(right);
  Slot& slot = slots_[slot_of(pair)];
  if (slot.pair == kFree) ++count_;
  slot = {pair, merge};
}

MergeTable::Merge MergeTable::find(std::int32_t left, std::int32_t right) const {
  if (left < 0 || right < 0 || slots_.empty()) return {0, -1};
  const std::uint64_t pair =
      static_cast<std::uint64_t>(left) << 32 | static_cast<std::uint32_t>(right);
  const Slot& slot = slots_[slot_of(pair)];
  return slot.pair == kFree ? Merge{0, -1} : slot.merge;
}

namespace {

class Bpe : public SubwordModel {
 public:
  Bpe(std::shared_ptr<const Vocabulary> vocabulary, MergeTable merges, BpeOptions options,
      std::string_view origin)
      : SubwordModel(std::move(vocabulary)),
        merges_(std::move(merges)),
        options_(std::move(options)) {
    if (!options_.unknown_token.empty()) {
      unknown_id_ = vocabulary_->find(options_.unknown_token);
      if (unknown_id_ < 0) {
        fail(ErrorKind::kBadFile, "{}: the unknown token '{}' is not in the vocabulary", origin,
             options_.unknown_token);
      }
    }
    for (std::size_t byte = 0; byte < byte_ids_.size(); ++byte) {
      char code[8];
      std::snprintf(code, sizeof(code), "<0x%02X>", static_cast<unsigned>(byte));
      byte_ids_[byte] = vocabulary_->find(code);
      const char c = static_cast<char>(byte);
      ascii_ids_[byte] = byte < 0x80 ? vocabulary_->find(std::string_view(&c, 1)) : -1;
    }
    decorated_ = !options_.continuing_prefix.empty() || !options_.word_suffix.empty();
    if (decorated_ && options_.byte_fallback) {
      fail(ErrorKind::kUnsupported,
           "{}: byte_fallback together with continuing_subword_prefix or end_of_word_suffix",
           origin);
    }
  }

  void encode(std::string_view piece, MergeScratch& scratch,
              std::vector<std::int64_t>& ids) const override {
    if (options_.ignore_merges) {
      const std::int32_t whole = vocabulary_->find(piece);
      if (whole >= 0) {
        ids.push_back(whole);
        return;
      }
    }
    if (cache_.find(piece, ids)) return;
    scratch.symbols.clear();
    split(piece, scratch);
    merge_symbols(scratch, [&](const Symbol& left, const Symbol& right) {
      return merges_.find(left.id, right.id);
    });
    const std::size_t before = ids.size();
    for (const Symbol& symbol : scratch.symbols) {
      if (symbol.size > 0) ids.push_back(symbol.id);
    }
    cache_.store(piece, std::span(ids).subspan(before));
  }

 private:
  std::int32_t id_of(std::string_view piece, std::size_t at, std::size_t size) const {
    if (!decorated_) {
      return size == 1 ? ascii_ids_[static_cast<unsigned char>(piece[at])]
                       : vocabulary_->find(piece.substr(at, size));
    }
    std::string decorated = at > 0 ? options_.continuing_prefix : "";
    decorated += piece.substr(at, size);
    if (at + size == piece.size()) decorated += options_.word_suffix;
    return vocabulary_->find(decorated);
  }

  // Bytes of a character that is no token. False: some byte has no token either.
  bool add_bytes(std::string_view piece, std::size_t at, std::size_t size,
                 MergeScratch& scratch) const {
    const auto byte_id = [&](std::size_t i) {
      return byte_ids_[static_cast<unsigned char>(piece[at + i])];
    };
    for (std::size_t i = 0; i < size; ++i) {
      if (byte_id(i) < 0) return false;
    }
    for (std::size_t i = 0; i < size; ++i) add_symbol(scratch, byte_id(i), at + i, 1);
    return true;
  }

  // Characters → symbols. An unknown character waits for the next known one, so that runs can fuse;
  // the reference lets byte tokens overtake it, and so do we.
  void split(std::string_view piece, MergeScratch& scratch) const {
    std::size_t waiting = 0;  // bytes of the unknown token not yet added
    for (std::size_t at = 0; at < piece.size();) {
      const std::size_t size = utf8_step(piece, at).size;
      const std::int32_t id = id_of(piece, at, size);
      if (id >= 0) {
        if (waiting > 0) add_symbol(scratch, unknown_id_, at - waiting, waiting);
        waiting = 0;
        add_symbol(scratch, id, at, size);
      } else if (!(options_.byte_fallback && add_bytes(piece, at, size, scratch)) &&
                 unknown_id_ >= 0) {
        if (waiting > 0 && !options_.fuse_unknown) {
          add_symbol(scratch, unknown_id_, at - waiting, waiting);
          waiting = 0;
        }
        waiting += size;
      }
      at += size;
    }
    if (waiting > 0) add_symbol(scratch, unknown_id_, piece.size() - waiting, waiting);
  }

  MergeTable merges_;
  BpeOptions options_;
  std::int32_t unknown_id_ = -1;
  bool decorated_ = false;
  std::array<std::int32_t, 256> byte_ids_{};
  std::array<std::int32_t, 256> ascii_ids_{};
  mutable WordCache cache_;  // locks itself
};

class ScoredBpe : public SubwordModel {
 public:
  ScoredBpe(std::shared_ptr<const Vocabulary> vocabulary, const std::vector<float>& scores,
            std::int32_t unknown_id)
      : SubwordModel(std::move(vocabulary)), unknown_id_(unknown_id) {
    std::vector<float> distinct(scores);
    std::sort(distinct.begin(), distinct.end(), std::greater<>());
    for (const float score : scores) {
      const auto place =
          std::lower_bound(distinct.begin(), distinct.end(), score, std::greater<>());
      ranks_.push_back(static_cast<std::uint32_t>(place - distinct.begin()));
    }
    for (std::size_t byte = 0; byte < byte_ids_.size(); ++byte) {
      char code[8];
      std::snprintf(code, sizeof(code), "<0x%02X>", static_cast<unsigned>(byte));
      byte_ids_[byte] = vocabulary_->find(code);
    }
  }

  void encode(std::string_view piece, MergeScratch& scratch,
              std::vector<std::int64_t>& ids) const override {
    scratch.symbols.clear();
    for (std::size_t at = 0; at < piece.size();) {
      const std::size_t size = utf8_step(piece, at).size;
      add_symbol(scratch, vocabulary_->find(piece.substr(at, size)), at, size);
      at += size;
    }
    merge_symbols(scratch, [&](const Symbol& left, const Symbol& right) -> MergeTable::Merge {
      if (left.size == 0 || right.size == 0) return {0, -1};
      const std::int32_t id = vocabulary_->find(piece.substr(left.begin, left.size + right.size));
      return {id < 0 ? 0 : ranks_[static_cast<std::size_t>(id)], id};
    });
    for (const Symbol& symbol : scratch.symbols) {
      if (symbol.size == 0) continue;
      if (symbol.id >= 0)
        ids.push_back(symbol.id);
      else
        add_bytes(piece.substr(symbol.begin, symbol.size), ids);
    }
  }

 private:
  void add_bytes(std::string_view character, std::vector<std::int64_t>& ids) const {
    const std::size_t before = ids.size();
    for (const char c : character) {
      const std::int32_t id = byte_ids_[static_cast<unsigned char>(c)];
      if (id >= 0) ids.push_back(id);
    }
    if (ids.size() == before && unknown_id_ >= 0) ids.push_back(unknown_id_);
  }

  std::vector<std::uint32_t> ranks_;  // by id; equal scores share a rank
  std::array<std::int32_t, 256> byte_ids_{};
  std::int32_t unknown_id_;
};

}  // namespace

std::unique_ptr<SubwordModel> make_bpe(std::shared_ptr<const Vocabulary> vocabulary,
                                       MergeTable merges, BpeOptions options,
                                       std::string_view origin) {
  return std::make_unique<Bpe>(std::move(vocabulary), std::move(merges), std::move(options),
                               origin);
}

std::unique_ptr<SubwordModel> make_scored_bpe(std::shared_ptr<const Vocabulary> vocabulary,
                                              const std::vector<float>& scores,
                                              std::int32_t unknown_id) {
  return std::make_unique<ScoredBpe>(std::move(vocabulary), scores, unknown_id);
}

}  // namespace sightline::text
