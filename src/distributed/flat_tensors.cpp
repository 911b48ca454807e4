#include "distributed/flat_tensors.h"

#include <ATen/ops/cat.h>

namespace sightline {

std::vector<std::vector<at::Tensor>> buckets_of(const std::vector<at::Tensor>& tensors,
                                                std::int64_t bucket_bytes) {
  std::vector<std::vector<at::Tensor>> out;
  std::int64_t room = 0;
  for (const at::Tensor& tensor : tensors) {
    const auto bytes = static_cast<std::int64_t>(tensor.nbytes());
    if (out.empty() || bytes > room) {
      out.emplace_back();
      room = bucket_bytes;
    }
    room -= bytes;
    out.back().push_back(tensor);
  }
  return out;
}

at::Tensor flattened(const std::vector<at::Tensor>& parts) {
  std::vector<at::Tensor> rows;
  for (const at::Tensor& part : parts) rows.push_back(part.detach().reshape({-1}));
  return at::cat(rows);
}

void put_back(const at::Tensor& flat, const std::vector<at::Tensor>& parts) {
  std::int64_t at = 0;
  for (const at::Tensor& part : parts) {
    part.copy_(flat.narrow(0, at, part.numel()).view(part.sizes()));
    at += part.numel();
  }
}

}  // namespace sightline
