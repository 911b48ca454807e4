#include "nn/kv_cache.h"

#include <ATen/ops/empty.h>

#include "sightline/error.h"
#include "tensor/shapes.h"

namespace sightline {
namespace {

at::Tensor room(const KvShape& shape, std::int64_t capacity, at::ScalarType dtype,
                at::Device device) {
  if (shape.layers < 1 || shape.kv_heads < 1 || shape.head_width < 1 || capacity < 1) {
    fail(ErrorKind::kUsage, "a key/value cache of {} layers, {} heads, width {}, {} positions",
         shape.layers, shape.kv_heads, shape.head_width, capacity);
  }
  if (device.is_cpu() && dtype != at::kFloat && dtype != at::kBFloat16) {
    fail(ErrorKind::kUnsupported, "a key/value cache of {} on the CPU, wanted float32 or bfloat16",
         dtype_name(dtype));
  }
  return at::empty({2, shape.layers, shape.kv_heads, capacity, shape.head_width},
                   at::TensorOptions().dtype(dtype).device(device));
}

}  // namespace

KvCache::KvCache(KvShape shape, std::int64_t capacity, at::ScalarType dtype, at::Device device)
    : shape_(shape),
      capacity_(capacity),
      storage_(room(shape, capacity, dtype, device)),
      data_(static_cast<char*>(storage_.data_ptr())),
      layer_bytes_(shape.kv_heads * capacity * shape.head_width *
                   static_cast<std::int64_t>(storage_.element_size())) {}

std::int64_t KvCache::bytes() const { return 2 * shape_.layers * layer_bytes_; }

at::Tensor KvCache::keys(int layer) const { return storage_.select(0, 0).select(0, layer); }

at::Tensor KvCache::values(int layer) const { return storage_.select(0, 1).select(0, layer); }

void KvCache::set_length(std::int64_t length) {
  if (length < 0 || length > capacity_) {
    fail(ErrorKind::kInternal, "a key/value cache of {} positions cannot hold {}", capacity_,
         length);
  }
  length_ = length;
}

KvCache KvCache::copy_prefix(std::int64_t length, std::int64_t capacity) const {
  if (length < 0 || length > length_ || capacity < length) {
    fail(ErrorKind::kInternal, "cannot copy {} of {} cached positions into room for {}", length,
         length_, capacity);
  }
  KvCache copy(shape_, capacity, dtype(), storage_.device());
  copy.storage_.narrow(3, 0, length).copy_(storage_.narrow(3, 0, length));
  copy.length_ = length;
  return copy;
}

}  // namespace sightline
