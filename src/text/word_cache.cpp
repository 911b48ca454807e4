#include "text/word_cache.h"

namespace sightline::text {

bool WordCache::find(std::string_view word, std::vector<std::int64_t>& ids) {
  if (word.size() > kMaxWordBytes) return false;
  Shard& shard = shard_of(word);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.words.find(word);
  if (found == shard.words.end()) return false;
  ids.insert(ids.end(), found->second.begin(), found->second.end());
  return true;
}

void WordCache::store(std::string_view word, std::span<const std::int64_t> ids) {
  if (word.size() > kMaxWordBytes) return;
  Shard& shard = shard_of(word);
  const std::lock_guard lock(shard.mutex);
  if (shard.words.size() >= kWordsPerShard) return;
  std::vector<std::int32_t> small(ids.begin(), ids.end());
  shard.words.emplace(word, std::move(small));
}

}  // namespace sightline::text
