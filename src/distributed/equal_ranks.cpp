#include "distributed/equal_ranks.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/tensor.h>

#include <vector>

#include "sightline/error.h"

namespace sightline {

void expect_equal_on_ranks(ProcessGroup& group, std::span<const at::Tensor> tensors,
                           std::string_view when) {
  std::vector<double> sums;
  for (const at::Tensor& one : tensors) {
    sums.push_back(one.detach().to(at::kDouble).sum().item<double>());
  }
  const at::Tensor own = at::tensor(sums, at::kDouble);
  for (const at::Tensor& other : group.gather(own, "comparing weights")) {
    if (other.equal(own)) continue;
    fail(ErrorKind::kInternal, "rank {} holds other weights than the rest {}", group.rank(), when);
  }
}

}  // namespace sightline
