// Walks a model's weights by their paths: how adapters and training find what they attach to.
#pragma once

#include <string>

#include "nn/shapes.h"

namespace sightline {

class Linear;

// Paths are module paths of Hugging Face files ("model.layers.3.self_attn.q_proj").
class WeightVisitor {
 public:
  virtual ~WeightVisitor() = default;
  virtual void linear(const std::string& path, Linear& linear) = 0;
  // Norms, tables and position rows; `path` ends in the tensor's own name. What is put in place of
  // `weight` is computed with from then on; it must have the same shape, dtype and device.
  virtual void weight(const std::string& path, Tensor& weight) = 0;
};

}  // namespace sightline
