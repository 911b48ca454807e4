// Dtypes by name, shapes checked at the border, sizes that cannot wrap around.
// Everything here is a pure function and thread-safe.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sightline {

// "float32", "bfloat16", "int8", …: the names of config.json. Throws kUnsupported for a dtype that
// no checkpoint of ours can hold.
std::string_view dtype_name(at::ScalarType dtype);

// The inverse; also reads "fp32", "bf16", "fp16", "half", "F32", "BF16", "torch.bfloat16", …
// Throws Error{kUsage} with the near names for anything else.
at::ScalarType parse_dtype(std::string_view name);

// The code a safetensors header uses ("F32", "F8_E4M3"), and its inverse (empty when unknown).
std::string_view safetensors_code(at::ScalarType dtype);
std::optional<at::ScalarType> dtype_of_safetensors_code(std::string_view code);

// Where a dtype stands in the canonical order of safetensors data, from 0.
int safetensors_rank(at::ScalarType dtype);

// "[2, *, 64]": a negative extent reads "*".
std::string shape_text(at::IntArrayRef shape);

// True when the ranks agree and every non-negative extent of `wanted` is met.
bool shape_matches(at::IntArrayRef found, at::IntArrayRef wanted);

// Throws Error{kShape} naming the tensor, the wanted and the found shape; -1 accepts any extent.
//   expect_shape(pixels, {-1, 3, size, size}, "pixel_values");
void expect_shape(const at::Tensor& tensor, at::IntArrayRef wanted, std::string_view name);

// a * b and a + b, or Error{kBadFile} saying that the size of `what` overflows.
std::uint64_t checked_mul(std::uint64_t a, std::uint64_t b, std::string_view what);
std::uint64_t checked_add(std::uint64_t a, std::uint64_t b, std::string_view what);

}  // namespace sightline
