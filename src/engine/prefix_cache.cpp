#include "engine/prefix_cache.h"

#include <algorithm>

namespace sightline {

std::int64_t common_prefix(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
  const auto size = std::min(a.size(), b.size());
  return std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(size), b.begin()).first -
         a.begin();
}

PrefixCache::Match PrefixCache::find(std::span<const std::uint64_t> keys) {
  auto best = entries_.end();
  std::int64_t best_length = 0;
  for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
    const std::int64_t length = common_prefix(entry->keys, keys);
    if (length > best_length) {
      best_length = length;
      best = entry;
    }
  }
  if (best == entries_.end()) return {};
  entries_.splice(entries_.begin(), entries_, best);
  return {.length = best_length, .cache = &best->cache};
}

void PrefixCache::store(std::span<const std::uint64_t> keys, const KvCache& cache) {
  const auto rows = static_cast<std::int64_t>(keys.size());
  if (rows == 0 || rows > cache.length()) return;
  const Match covered = find(keys);
  if (covered.length == rows) return;
  const std::int64_t size = cache.bytes() / cache.capacity() * rows;
  if (size > max_bytes_) return;
  while (bytes_ + size > max_bytes_) {
    bytes_ -= entries_.back().cache.bytes();
    entries_.pop_back();
  }
  entries_.push_front({{keys.begin(), keys.end()}, cache.copy_prefix(rows, rows)});
  bytes_ += size;
}

}  // namespace sightline
