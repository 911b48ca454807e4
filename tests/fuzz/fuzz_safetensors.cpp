// Any bytes as a safetensors file: refused with an Error, or every tensor is readable and sound.
#include <ATen/ops/sum.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "sightline/error.h"
#include "tensor/safetensors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto file =
        sightline::SafetensorsFile::view(std::as_bytes(std::span(data, size)), nullptr, "fuzz");
    std::size_t bytes = 0;
    for (const std::string& name : file->names()) {
      const at::Tensor tensor = file->tensor(name);
      bytes += tensor.nbytes();
      // Reads every element, so that a tensor reaching outside the input is seen.
      if (tensor.scalar_type() == at::kByte) at::sum(tensor);
      if (tensor.scalar_type() == at::kDouble) at::sum(tensor);
    }
    if (bytes > size) std::abort();
  } catch (const sightline::Error&) {
  }
  return 0;
}
