// The safetensors format, read as hostile bytes and written canonically.
//
//   u64 N (little-endian) | N bytes of JSON, padded with spaces | tensor data, row-major
//   {"__metadata__": {text: text}, NAME: {"dtype": "BF16", "shape": [..], "data_offsets": [from,
//   to]}}
//
// Accepted: dtypes F64 F32 F16 BF16 I64 I32 I16 I8 U8 BOOL F8_E4M3 F8_E5M2, data without gap,
// overlap or rest. Everything else is Error{kBadFile} saying which rule was broken and where.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace sightline {

inline constexpr std::uint64_t kMaxSafetensorsHeaderBytes = 100'000'000;
inline constexpr std::size_t kMaxTensorRank = 64;

using SafetensorsMetadata = std::map<std::string, std::string>;

struct SafetensorsEntry {
  at::ScalarType dtype;
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0;  // bytes from the start of the data
  std::uint64_t end = 0;
};

// An opened file: the header is checked as a whole, the data is mapped. Immutable, thread-safe.
class SafetensorsFile {
 public:
  // Throws kNotFound, or kBadFile naming the file and the broken rule.
  static std::shared_ptr<const SafetensorsFile> open(const std::filesystem::path& file);

  // The same over bytes that `owner` keeps alive; `origin` stands for the file in messages.
  static std::shared_ptr<const SafetensorsFile> view(std::span<const std::byte> bytes,
                                                     std::shared_ptr<const void> owner,
                                                     std::string origin);

  std::vector<std::string> names() const;  // sorted
  bool contains(const std::string& name) const { return entries_.contains(name); }
  const SafetensorsEntry& entry(const std::string& name) const;  // throws kNotFound

  // A CPU tensor over the mapped pages, which it keeps alive; READ ONLY: writing to it crashes.
  // Data that is misaligned for its dtype is copied instead. Throws kNotFound naming file and key.
  at::Tensor tensor(const std::string& name) const;

  const SafetensorsMetadata& metadata() const { return metadata_; }
  const std::string& origin() const { return origin_; }

 private:
  SafetensorsFile() = default;

  std::string origin_;
  std::shared_ptr<const void> owner_;
  std::span<const std::byte> data_;
  std::map<std::string, SafetensorsEntry> entries_;
  SafetensorsMetadata metadata_;
};

// A tensor still to be made: `make` is called once, when its turn to be written comes, and its
// result (any device) must have this dtype and shape.
struct PendingTensor {
  std::string name;
  at::ScalarType dtype;
  std::vector<std::int64_t> shape;
  std::function<at::Tensor()> make;
};

// Writes whole or not at all, one tensor at a time. Canonical: metadata by key, tensors by dtype
// (widest first, so that all are aligned) then by name; equal content gives equal bytes.
// Throws kBadFile (disk), kUnsupported (dtype), kUsage (a name twice, or "__metadata__").
void write_safetensors(const std::filesystem::path& file, std::vector<PendingTensor> tensors,
                       const SafetensorsMetadata& metadata = {});
void write_safetensors(const std::filesystem::path& file,
                       const std::map<std::string, at::Tensor>& tensors,
                       const SafetensorsMetadata& metadata = {});

}  // namespace sightline
