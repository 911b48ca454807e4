#include "engine/vision_cache.h"

namespace sightline {

std::optional<at::Tensor> VisionCache::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = index_.find(key);
  if (found == index_.end()) return std::nullopt;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->rows;
}

void VisionCache::store(const std::string& key, const at::Tensor& rows) {
  const auto size = static_cast<std::int64_t>(rows.nbytes());
  const std::lock_guard lock(mutex_);
  if (size > max_bytes_ || index_.contains(key)) return;
  while (bytes_ + size > max_bytes_) {
    bytes_ -= static_cast<std::int64_t>(entries_.back().rows.nbytes());
    index_.erase(entries_.back().key);
    entries_.pop_back();
  }
  entries_.push_front({key, rows});
  index_[key] = entries_.begin();
  bytes_ += size;
}

}  // namespace sightline
