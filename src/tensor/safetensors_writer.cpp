#include <ATen/ops/empty.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "sightline/error.h"
#include "tensor/safetensors.h"
#include "tensor/shapes.h"

namespace sightline {
namespace {

std::string quoted(const std::string& text) {
  try {
    return nlohmann::json(text).dump();
  } catch (const nlohmann::json::exception&) {
    fail(ErrorKind::kUsage, "'{}' is not valid UTF-8 and cannot be written to safetensors", text);
  }
}

std::uint64_t bytes_of(const PendingTensor& tensor) {
  std::uint64_t bytes = c10::elementSize(tensor.dtype);
  for (const std::int64_t extent : tensor.shape) {
    if (extent < 0) {
      fail(ErrorKind::kUsage, "tensor '{}' has the negative shape {}", tensor.name, tensor.shape);
    }
    bytes = checked_mul(bytes, static_cast<std::uint64_t>(extent), tensor.name);
  }
  return bytes;
}

void put_in_canonical_order(std::vector<PendingTensor>& tensors) {
  std::sort(tensors.begin(), tensors.end(), [](const PendingTensor& a, const PendingTensor& b) {
    return std::pair(safetensors_rank(a.dtype), std::string_view(a.name)) <
           std::pair(safetensors_rank(b.dtype), std::string_view(b.name));
  });
  std::vector<std::string_view> names;
  names.reserve(tensors.size());
  for (const PendingTensor& tensor : tensors) names.push_back(tensor.name);
  std::sort(names.begin(), names.end());
  if (const auto twice = std::adjacent_find(names.begin(), names.end()); twice != names.end()) {
    fail(ErrorKind::kUsage, "tensor '{}' is written twice", *twice);
  }
  if (std::binary_search(names.begin(), names.end(), "__metadata__")) {
    fail(ErrorKind::kUsage, "'__metadata__' cannot be the name of a tensor");
  }
}

std::string header_text(const std::vector<PendingTensor>& tensors,
                        const SafetensorsMetadata& metadata) {
  std::string out = "{";
  const auto separate = [&] {
    if (out.back() != '{') out += ',';
  };
  if (!metadata.empty()) {
    out += "\"__metadata__\":{";
    for (const auto& [key, value] : metadata) {
      separate();
      out += quoted(key) + ":" + quoted(value);
    }
    out += '}';
  }
  std::uint64_t position = 0;
  for (const PendingTensor& tensor : tensors) {
    separate();
    const std::uint64_t end = checked_add(position, bytes_of(tensor), tensor.name);
    out += quoted(tensor.name) + ":{\"dtype\":\"";
    out += safetensors_code(tensor.dtype);
    out += "\",\"shape\":[";
    for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
      if (i > 0) out += ',';
      out += to_text(tensor.shape[i]);
    }
    out += "],\"data_offsets\":[" + to_text(position) + "," + to_text(end) + "]}";
    position = end;
  }
  out += '}';
  out.resize((out.size() + 7) / 8 * 8, ' ');
  if (out.size() > kMaxSafetensorsHeaderBytes) {
    fail(ErrorKind::kUsage, "a safetensors header of {} bytes; readers take at most {}", out.size(),
         kMaxSafetensorsHeaderBytes);
  }
  return out;
}

}  // namespace

void write_safetensors(const std::filesystem::path& file, std::vector<PendingTensor> tensors,
                       const SafetensorsMetadata& metadata) {
  put_in_canonical_order(tensors);
  const std::string header = header_text(tensors, metadata);
  const std::uint64_t length = header.size();

  AtomicFile out(file);
  out.write(std::as_bytes(std::span(&length, 1)));
  out.write(header);
  for (const PendingTensor& pending : tensors) {
    const at::Tensor tensor = pending.make().contiguous().cpu();
    expect_shape(tensor, pending.shape, pending.name);
    if (tensor.scalar_type() != pending.dtype) {
      fail(ErrorKind::kInternal, "tensor '{}' was announced as {} and made as {}", pending.name,
           dtype_name(pending.dtype), dtype_name(tensor.scalar_type()));
    }
    out.write({static_cast<const std::byte*>(tensor.const_data_ptr()), tensor.nbytes()});
  }
  out.commit();
}

void write_safetensors(const std::filesystem::path& file,
                       const std::map<std::string, at::Tensor>& tensors,
                       const SafetensorsMetadata& metadata) {
  std::vector<PendingTensor> pending;
  for (const auto& [name, tensor] : tensors) {
    if (!tensor.defined()) fail(ErrorKind::kUsage, "tensor '{}' is undefined", name);
    pending.push_back({.name = name,
                       .dtype = tensor.scalar_type(),
                       .shape = tensor.sizes().vec(),
                       .make = [held = tensor] { return held; }});
  }
  write_safetensors(file, std::move(pending), metadata);
}

}  // namespace sightline
