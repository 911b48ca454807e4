// Keys and values of prompts seen before: a request that begins like one of them starts behind it.
// Because the CPU kernels are batch invariant, a reused prefix changes no bit of the answer.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <span>
#include <vector>

#include "nn/kv_cache.h"

namespace sightline {

// Used by the engine's thread only: not thread-safe.
class PrefixCache {
 public:
  explicit PrefixCache(std::int64_t max_bytes) : max_bytes_(max_bytes) {}

  struct Match {
    std::int64_t length = 0;  // rows that can be copied
    const KvCache* cache = nullptr;
  };

  // Longest stored prefix of `keys`; valid until the next store().
  Match find(std::span<const std::uint64_t> keys);

  // Keeps a copy of the first keys.size() rows of `cache`, unless an entry already covers them.
  void store(std::span<const std::uint64_t> keys, const KvCache& cache);

 private:
  struct Entry {
    std::vector<std::uint64_t> keys;
    KvCache cache;
  };

  std::int64_t max_bytes_;
  std::int64_t bytes_ = 0;
  std::list<Entry> entries_;  // most recent first
};

// Rows two prompts have in common from the start.
std::int64_t common_prefix(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b);

}  // namespace sightline
