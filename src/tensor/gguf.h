// GGUF version 2 and 3, little-endian, read as hostile bytes: metadata, tensor table, mapped data.
//
//   "GGUF" | u32 version | u64 tensors | u64 pairs | pairs | tensor table | padding | tensor data
//
// Tensors: F32 F16 BF16 as they are; Q4_0 Q4_1 Q5_0 Q5_1 Q8_0 Q4_K Q5_K Q6_K dequantised to
// float32.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tensor/gguf_quants.h"

namespace sightline {

enum class GgufKind : std::uint32_t {
  kU8,
  kI8,
  kU16,
  kI16,
  kU32,
  kI32,
  kF32,
  kBool,
  kString,
  kArray,
  kU64,
  kI64,
  kF64
};

// One metadata value, decoded on demand from the mapped file; valid while the GgufFile lives.
// A wrong kind throws Error{kBadFile} naming key, wanted and found kind.
class GgufValue {
 public:
  GgufKind kind() const { return kind_; }
  GgufKind element_kind() const { return element_kind_; }  // of an array
  std::uint64_t size() const { return count_; }            // of an array; else 1

  bool as_bool() const;
  std::int64_t as_int() const;  // any integer kind that fits
  double as_double() const;     // any float or integer kind; float32 as its shortest decimal
  std::string as_string() const;

  std::vector<bool> as_bools() const;
  std::vector<std::int64_t> as_ints() const;
  std::vector<double> as_doubles() const;
  std::vector<std::string> as_strings() const;
  std::vector<GgufValue> as_arrays() const;  // an array of arrays

 private:
  friend class GgufParser;
  std::string describe() const;
  void expect_array(bool fits, std::string_view wanted) const;

  std::string_view label_;  // the key, for messages
  GgufKind kind_ = GgufKind::kU8;
  GgufKind element_kind_ = GgufKind::kU8;
  std::uint64_t count_ = 1;
  std::span<const std::byte> bytes_;  // payload: the scalar, the text, or the elements
};

struct GgufTensorInfo {
  GgufType type = GgufType::kF32;
  std::vector<std::int64_t> shape;  // outermost first, as in PyTorch
  std::uint64_t offset = 0;         // bytes from the start of the tensor data
  std::uint64_t size_bytes = 0;
};

// Immutable and thread-safe. Names are the file's own (token_embd.weight); see gguf_llama.h.
class GgufFile {
 public:
  // Throws kNotFound, kBadFile naming file and broken rule, or kUnsupported (version 1, big-endian,
  // a tensor type we do not read).
  static std::shared_ptr<const GgufFile> open(const std::filesystem::path& file);
  static std::shared_ptr<const GgufFile> view(std::span<const std::byte> bytes,
                                              std::shared_ptr<const void> owner,
                                              std::string origin);

  std::uint32_t version() const { return version_; }
  const std::map<std::string, GgufValue, std::less<>>& metadata() const { return metadata_; }
  const std::map<std::string, GgufTensorInfo, std::less<>>& tensors() const { return tensors_; }

  bool has(std::string_view key) const { return metadata_.contains(key); }
  const GgufValue& at(std::string_view key) const;  // throws kBadFile naming key and file
  std::int64_t int_or(std::string_view key, std::int64_t fallback) const;
  double double_or(std::string_view key, double fallback) const;
  std::string string_or(std::string_view key, std::string_view fallback) const;
  bool bool_or(std::string_view key, bool fallback) const;

  // F32, F16, BF16: over the mapped pages (READ ONLY, kept alive); quantised: a new float32 tensor.
  at::Tensor tensor(std::string_view name) const;  // throws kNotFound
  const std::string& origin() const { return origin_; }

 private:
  friend class GgufParser;
  GgufFile() = default;

  std::string origin_;
  std::shared_ptr<const void> owner_;
  std::uint32_t version_ = 0;
  std::span<const std::byte> data_;
  std::map<std::string, GgufValue, std::less<>> metadata_;
  std::map<std::string, GgufTensorInfo, std::less<>> tensors_;
};

}  // namespace sightline
