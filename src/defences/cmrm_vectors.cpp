#include "defences/cmrm_vectors.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/dot.h>
#include <ATen/ops/linalg_eigh.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/mean.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/near.h"
#include "sightline/error.h"

namespace sightline {
namespace {

double number(const at::Tensor& value) { return value.item<double>(); }
double norm(const at::Tensor& value) { return number(at::linalg_vector_norm(value)); }

// First right-singular vector of rows [N, D] through the N×N Gram matrix; undefined when rows are
// 0.
at::Tensor first_right_singular(const at::Tensor& rows) {
  const at::Tensor gram = at::matmul(rows, rows.t());                     // [N, N]
  const auto [values, vectors] = at::linalg_eigh(gram);                   // ascending
  const at::Tensor mapped = at::matmul(rows.t(), vectors.select(1, -1));  // [D]
  const double length = norm(mapped);
  const double scale = std::sqrt(std::max(0.0, number(values.select(0, -1))));
  if (!(length > 0) || !(scale > 1e-12 * std::sqrt(static_cast<double>(rows.numel())))) return {};
  return mapped / length;
}

at::Tensor oriented(const at::Tensor& component, const at::Tensor& mean, int layer) {
  const double along = component.defined() ? number(at::dot(component, mean)) : 0;
  if (std::abs(along) < 1e-6 * norm(mean) || along == 0) {
    fail_with_hint(ErrorKind::kUsage, "use reduction=mean_delta",
                   "degenerate orientation at layer {}: the first component does not point along "
                   "the mean shift",
                   layer);
  }
  return along > 0 ? component : -component;
}

}  // namespace

Reduction reduction_of(std::string_view name) {
  const std::vector<std::string> names = {"mean_delta", "svd1_uncentred", "pca1_unit",
                                          "pca1_scaled", "pca1_mean_abs"};
  return static_cast<Reduction>(index_of_name(name, names, "reduction"));
}

LayerVector reduce_deltas(const at::Tensor& deltas, Reduction reduction, int layer) {
  const at::Tensor rows = deltas.to(at::kDouble);  // [N, D]
  const at::Tensor mean = rows.mean(0);            // [D]
  const at::Tensor centred = rows - mean;
  const at::Tensor component = first_right_singular(centred);  // [D] or undefined
  const at::Tensor projections =
      component.defined() ? at::matmul(centred, component) : at::Tensor();  // [N]

  LayerVector out;
  out.mean_norm = norm(mean);
  if (component.defined() && rows.size(0) > 1) {
    out.sigma1 = norm(projections) / std::sqrt(static_cast<double>(rows.size(0) - 1));
  }
  at::Tensor vector;
  switch (reduction) {
    case Reduction::kMeanDelta: vector = mean; break;
    case Reduction::kSvd1Uncentred: {
      const at::Tensor u = oriented(first_right_singular(rows), mean, layer);
      vector = u * at::dot(u, mean);
      break;
    }
    case Reduction::kPca1Unit: vector = oriented(component, mean, layer); break;
    case Reduction::kPca1Scaled: vector = oriented(component, mean, layer) * out.sigma1; break;
    case Reduction::kPca1MeanAbs: {
      const at::Tensor direction = oriented(component, mean, layer);  // throws before it is needed
      vector = direction * projections.abs().mean();
      break;
    }
  }
  out.vector = vector.to(at::kFloat);
  return out;
}

}  // namespace sightline
