// Tensors that travel together: cut into buckets, each sent as one flat copy.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace sightline {

constexpr std::int64_t kBucketBytes = 25 << 20;

// Runs of `tensors`, in their order, of at most `bucket_bytes`; a larger tensor is alone in its
// run.
std::vector<std::vector<at::Tensor>> buckets_of(const std::vector<at::Tensor>& tensors,
                                                std::int64_t bucket_bytes);

// One copy, [numbers of all parts]. REQUIRES: parts of one dtype and device, at least one.
at::Tensor flattened(const std::vector<at::Tensor>& parts);

// The values of `flat` = flattened(parts), written over the parts.
void put_back(const at::Tensor& flat, const std::vector<at::Tensor>& parts);

}  // namespace sightline
