// Tensors over mapped pages.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <memory>
#include <span>

namespace sightline {

// A contiguous CPU tensor over `bytes`, keeping `owner` alive; copied when misaligned for `dtype`.
// Throws Error{kBadFile} for a boolean that is neither 0 nor 1.
// REQUIRES: bytes.size() == elements of shape * size of dtype.
at::Tensor tensor_over(std::span<const std::byte> bytes, std::shared_ptr<const void> owner,
                       at::ScalarType dtype, at::IntArrayRef shape);

}  // namespace sightline
