// Where a model runs and in which dtype: the user's words made definite.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>

namespace sightline {

class Checkpoint;

struct Placement {
  at::Device device = at::kCPU;
  at::ScalarType dtype = at::kFloat;        // kChar for int8
  at::ScalarType float_dtype = at::kFloat;  // of what int8 leaves alone; else equals dtype
};

// "auto": CUDA when there is one, else the CPU; and the dtype of the file's largest tensor, where
// fp16 becomes bf16 on the CPU and quantised GGUF blocks become bf16.
// Throws Error{kUsage} for an unknown word, kUnsupported for an absent device or a dtype that the
// device cannot compute.
Placement resolve_placement(const Checkpoint& checkpoint, const std::string& dtype,
                            const std::string& device);

// "fp32", "bf16", "fp16", "int8".
std::string short_dtype_name(at::ScalarType dtype);

}  // namespace sightline
