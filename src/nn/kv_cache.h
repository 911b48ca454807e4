// Keys and values of one sequence, all layers, one contiguous block. Mutable; one owner.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace sightline {

struct KvShape {
  int layers = 0;
  std::int64_t kv_heads = 0;    // G
  std::int64_t head_width = 0;  // K
};

class KvCache {
 public:
  // Room for `capacity` positions. CPU: fp32 or bf16; other devices: the model's dtype. Pages are
  // touched only as positions are filled. Throws kUsage for a shape without room, kUnsupported for
  // a dtype that attention cannot read.
  KvCache(KvShape shape, std::int64_t capacity, at::ScalarType dtype, at::Device device);

  const KvShape& shape() const { return shape_; }
  at::ScalarType dtype() const { return storage_.scalar_type(); }
  std::int64_t length() const { return length_; }  // positions filled
  std::int64_t capacity() const { return capacity_; }
  std::int64_t bytes() const;

  // One layer's room: [G, capacity, K]. Rows below length() are filled.
  at::Tensor keys(int layer) const;
  at::Tensor values(int layer) const;

  // Where keys(layer) and values(layer) begin, without making a tensor. REQUIRES: a CPU cache.
  void* key_data(int layer) const { return data_ + layer * layer_bytes_; }
  void* value_data(int layer) const { return data_ + (shape_.layers + layer) * layer_bytes_; }

  void set_length(std::int64_t length);  // after a pass appended rows; or to rewind. ≤ capacity

  // A new cache of `capacity` whose first `length` positions are copies of this one's.
  KvCache copy_prefix(std::int64_t length, std::int64_t capacity) const;

 private:
  KvShape shape_;
  std::int64_t capacity_;
  std::int64_t length_ = 0;
  at::Tensor storage_;  // [2, L, G, capacity, K]
  char* data_ = nullptr;
  std::int64_t layer_bytes_ = 0;
};

}  // namespace sightline
