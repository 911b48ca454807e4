// The arithmetic of CMRM: many shifts δ = h_text − h_corrupted in, one vector a layer out.
// Source: arXiv 2410.09047; all sums in fp64, results in fp32.
#pragma once

#include <ATen/core/Tensor.h>

#include <string_view>

namespace sightline {

enum class Reduction {
  kMeanDelta,      // mean of δ
  kSvd1Uncentred,  // u (u · mean δ), u the first right-singular vector of the N×D matrix of δ
  kPca1Unit,       // first principal component of the centred δ, length 1
  kPca1Scaled,     // that × standard deviation of the projections (N−1)
  kPca1MeanAbs,    // that × mean absolute centred projection
};

Reduction reduction_of(std::string_view name);  // "mean_delta", …; throws Error{kUsage}

struct LayerVector {
  at::Tensor vector;     // [D] fp32
  double sigma1 = 0;     // standard deviation of the projections on the first centred component
  double mean_norm = 0;  // ‖mean δ‖
};

// deltas: [N, D] fp64. Components are oriented so that component · mean δ > 0.
// Throws Error{kUsage} "degenerate orientation" naming `layer` when that dot product vanishes or
// the δ do not vary, for the reductions that need it.
LayerVector reduce_deltas(const at::Tensor& deltas, Reduction reduction, int layer);

}  // namespace sightline
