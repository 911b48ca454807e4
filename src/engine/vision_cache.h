// Picture features by content: computed once per picture and preprocessing, shared by all requests.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace sightline {

// Least recently used entries leave when the byte budget is full. Thread-safe.
class VisionCache {
 public:
  explicit VisionCache(std::int64_t max_bytes) : max_bytes_(max_bytes) {}

  std::optional<at::Tensor> find(const std::string& key);  // [P, D]
  void store(const std::string& key, const at::Tensor& rows);

 private:
  struct Entry {
    std::string key;
    at::Tensor rows;
  };

  std::int64_t max_bytes_;
  std::int64_t bytes_ = 0;
  std::list<Entry> entries_;  // most recent first
  std::unordered_map<std::string, std::list<Entry>::iterator> index_;
  std::mutex mutex_;
};

}  // namespace sightline
