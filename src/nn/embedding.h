// Token table lookup.
#pragma once

#include <cstdint>
#include <string>

#include "nn/kernels/kernels.h"
#include "nn/shapes.h"

namespace sightline {

class WeightVisitor;

// Immutable, thread-safe.
class Embedding {
 public:
  explicit Embedding(Tensor table);  // [V, D]; on the CPU fp32 or bf16, else Error{kUnsupported}

  // ids [T] int64 → rows [T, D]: fp32 on the CPU, the table's dtype elsewhere.
  // Throws Error{kUsage} for an id outside the vocabulary.
  Tensor operator()(const Tensor& ids) const;

  const Tensor& table() const { return table_; }
  void visit(const std::string& path, WeightVisitor& visitor);

 private:
  Tensor table_;  // [V, D]
  kernels::Linear kernel_;
};

}  // namespace sightline
