// Activation recomputation: a block's inner activations are dropped after the forward pass and made
// again in the backward pass (Chen et al. 2016; torch.utils.checkpoint does it for Python).
#pragma once

#include <ATen/core/Tensor.h>

#include "nn/forward_context.h"

namespace sightline {

// For ForwardContext::run_block. Random numbers drawn by the block are drawn again alike. `rows`
// must ask for a gradient, or nothing behind it would get one.
at::Tensor run_recomputed(const BlockFunction& block, at::Tensor rows);

}  // namespace sightline
