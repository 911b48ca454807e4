#include "nn/embedding.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/empty.h>

#include <span>

#include "nn/linear.h"
#include "nn/weight_visitor.h"
#include "sightline/error.h"
#include "tensor/shapes.h"

namespace sightline {

Embedding::Embedding(Tensor table) : table_(table.contiguous()) {
  if (table_.is_cpu()) kernel_ = Linear(table_).kernel();
}

Tensor Embedding::operator()(const Tensor& ids) const {
  expect_shape(ids, {-1}, "ids");
  const Tensor list = ids.to(at::kCPU, at::kLong).contiguous();
  const std::span<const std::int64_t> values(list.const_data_ptr<std::int64_t>(),
                                             static_cast<std::size_t>(list.numel()));
  const std::int64_t vocabulary = table_.size(0);
  for (const std::int64_t id : values) {
    if (id < 0 || id >= vocabulary) {
      fail(ErrorKind::kUsage, "token id {} is outside the vocabulary of {}", id, vocabulary);
    }
  }
  const bool learns = table_.requires_grad() && at::GradMode::is_enabled();
  if (!table_.is_cpu() || learns) return at::embedding(table_, list.to(table_.device()));  // [T, D]
  Tensor rows = at::empty({list.numel(), table_.size(1)}, at::kFloat);
  kernels::gather_rows(kernel_, table_.size(1), values, rows.mutable_data_ptr<float>());
  return rows;
}

void Embedding::visit(const std::string& path, WeightVisitor& visitor) {
  visitor.weight(path + ".weight", table_);
  if (table_.is_cpu()) kernel_ = Linear(table_).kernel();
}

}  // namespace sightline
