#include "tensor/mapped_tensor.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "sightline/error.h"

namespace sightline {

at::Tensor tensor_over(std::span<const std::byte> bytes, std::shared_ptr<const void> owner,
                       at::ScalarType dtype, at::IntArrayRef shape) {
  if (dtype == at::kBool &&
      std::any_of(bytes.begin(), bytes.end(), [](std::byte b) { return b > std::byte{1}; })) {
    fail(ErrorKind::kBadFile, "a boolean tensor {} holds bytes other than 0 and 1", shape.vec());
  }
  const bool aligned =
      reinterpret_cast<std::uintptr_t>(bytes.data()) % c10::elementSize(dtype) == 0;
  if (bytes.empty() || !aligned) {
    at::Tensor copy = at::empty(shape, at::TensorOptions(dtype));
    if (!bytes.empty()) std::memcpy(copy.data_ptr(), bytes.data(), bytes.size());
    return copy;
  }
  // from_blob wants a mutable pointer; the contract of the readers forbids writing.
  void* data = const_cast<std::byte*>(bytes.data());
  return at::from_blob(
      data, shape, [owner = std::move(owner)](void*) {}, at::TensorOptions(dtype));
}

}  // namespace sightline
