// Ids of short pieces seen before: most words of a text are repeats.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sightline::text {

// Thread-safe; bounded: when a shard is full it stays as it is.
class WordCache {
 public:
  // Appends the ids of `word` and returns true, when known.
  bool find(std::string_view word, std::vector<std::int64_t>& ids);
  void store(std::string_view word, std::span<const std::int64_t> ids);

 private:
  static constexpr std::size_t kShards = 16;
  static constexpr std::size_t kWordsPerShard = 2048;
  static constexpr std::size_t kMaxWordBytes = 64;

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const {
      return std::hash<std::string_view>{}(word);
    }
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, std::vector<std::int32_t>, Hash, std::equal_to<>> words;
  };
  Shard& shard_of(std::string_view word) { return shards_[Hash{}(word) >> 60]; }

  std::array<Shard, kShards> shards_;
};

}  // namespace sightline::text
