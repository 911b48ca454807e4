#include "models/placement.h"

#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <numeric>

#include "base/log.h"
#include "sightline/error.h"
#include "tensor/checkpoint.h"
#include "tensor/gguf.h"
#include "tensor/shapes.h"

namespace sightline {
namespace {

at::Device resolve_device(const std::string& name) {
  const int count = at::hasCUDA() ? at::detail::getCUDAHooks().deviceCount() : 0;
  if (name == "cpu" || (name == "auto" && count == 0)) return at::kCPU;
  int index = 0;
  if (name.starts_with("cuda:")) {
    const char* const end = name.data() + name.size();
    const auto [rest, error] = std::from_chars(name.data() + 5, end, index);
    if (error != std::errc() || rest != end || index < 0) index = -1;
  } else if (name != "cuda" && name != "auto") {
    index = -1;
  }
  if (index < 0) {
    fail_with_hint(ErrorKind::kUsage, "wanted auto, cpu, cuda or cuda:N", "unknown device '{}'",
                   name);
  }
  if (index >= count) {
    fail_with_hint(ErrorKind::kUnsupported, "use --device cpu",
                   "device '{}': this machine and LibTorch offer {} CUDA devices", name, count);
  }
  return {at::kCUDA, static_cast<at::DeviceIndex>(index)};
}

bool has_quantised_blocks(const Checkpoint& checkpoint) {
  const auto gguf = checkpoint.gguf();
  if (!gguf) return false;
  return std::ranges::any_of(gguf->tensors(), [](const auto& entry) {
    const GgufType type = entry.second.type;
    return type != GgufType::kF32 && type != GgufType::kF16 && type != GgufType::kBF16;
  });
}

// Dtype of the largest tensor.
at::ScalarType stored_dtype(const Checkpoint& checkpoint) {
  if (has_quantised_blocks(checkpoint)) return at::kBFloat16;
  std::string largest;
  double most = -1;
  for (const std::string& name : checkpoint.names()) {
    const auto shape = checkpoint.shape(name);
    const double size = std::accumulate(shape.begin(), shape.end(), 1.0, std::multiplies<>());
    if (size > most) {
      most = size;
      largest = name;
    }
  }
  if (largest.empty()) {
    fail(ErrorKind::kBadFile, "{}: holds no tensors", checkpoint.path());
  }
  return checkpoint.tensor(largest).scalar_type();
}

at::ScalarType computable(at::ScalarType stored, at::Device device, const Checkpoint& checkpoint) {
  switch (stored) {
    case at::kFloat:
    case at::kBFloat16: return stored;
    case at::kDouble: return at::kFloat;
    case at::kHalf:
      if (!device.is_cpu()) return stored;
      log_info("{}: fp16 weights become bf16 on the CPU", checkpoint.path());
      return at::kBFloat16;
    default:
      fail(ErrorKind::kUnsupported, "{}: weights are {}, wanted float32, bfloat16 or float16",
           checkpoint.path(), dtype_name(stored));
  }
}

}  // namespace

Placement resolve_placement(const Checkpoint& checkpoint, const std::string& dtype,
                            const std::string& device) {
  Placement out;
  out.device = resolve_device(device);
  if (dtype == "int8") {
    if (!out.device.is_cpu()) {
      fail_with_hint(ErrorKind::kUnsupported, "use bf16 or fp16 there",
                     "int8 weights are for the CPU, not {}", out.device.str());
    }
    out.dtype = at::kChar;
    out.float_dtype = computable(stored_dtype(checkpoint), out.device, checkpoint);
    return out;
  }
  if (dtype == "auto") {
    out.dtype = computable(stored_dtype(checkpoint), out.device, checkpoint);
  } else if (dtype == "fp32") {
    out.dtype = at::kFloat;
  } else if (dtype == "bf16") {
    out.dtype = at::kBFloat16;
  } else if (dtype == "fp16") {
    out.dtype = at::kHalf;
    if (out.device.is_cpu()) {
      fail_with_hint(ErrorKind::kUnsupported, "use bf16, fp32 or int8",
                     "fp16 is not computed on the CPU");
    }
  } else {
    fail_with_hint(ErrorKind::kUsage, "wanted auto, fp32, bf16, fp16 or int8", "unknown dtype '{}'",
                   dtype);
  }
  out.float_dtype = out.dtype;
  return out;
}

std::string short_dtype_name(at::ScalarType dtype) {
  switch (dtype) {
    case at::kFloat: return "fp32";
    case at::kBFloat16: return "bf16";
    case at::kHalf: return "fp16";
    case at::kChar: return "int8";
    default: return std::string(dtype_name(dtype));
  }
}

}  // namespace sightline
