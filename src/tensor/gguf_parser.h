// Reading GGUF bytes front to back with every length checked against what is left.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "tensor/gguf.h"

namespace sightline {

std::string gguf_kind_name(GgufKind kind);    // "uint32"
std::uint64_t gguf_kind_size(GgufKind kind);  // bytes; 0 for text and arrays

// A position in bytes. Throws Error{kBadFile} naming `origin` and the byte on reading past the end.
class GgufCursor {
 public:
  GgufCursor(std::span<const std::byte> bytes, std::string_view origin)
      : bytes_(bytes), origin_(origin) {}

  std::uint32_t u32();
  std::uint64_t u64();
  std::string_view text();  // u64 length, then bytes
  std::span<const std::byte> take(std::uint64_t count);

  std::uint64_t position() const { return position_; }
  std::span<const std::byte> since(std::uint64_t start) const {
    return bytes_.subspan(start, position_ - start);
  }

 private:
  std::span<const std::byte> bytes_;
  std::string_view origin_;
  std::uint64_t position_ = 0;
};

class GgufParser {
 public:
  GgufParser(std::span<const std::byte> bytes, std::shared_ptr<const void> owner,
             std::string origin);

  std::shared_ptr<const GgufFile> parse();

  // One value of `kind` at the cursor, checked to its last element.
  static GgufValue read_value(GgufCursor& cursor, GgufKind kind, std::string_view label,
                              int depth = 0);

 private:
  void read_header();
  void read_metadata(std::uint64_t pairs);
  void read_tensor_table();
  void read_tensor_info();
  void place_data(std::span<const std::byte> bytes);
  void check_tensor_places() const;
  template <class... Args>
  [[noreturn]] void broken(std::string_view pattern, const Args&... args) const;

  std::shared_ptr<GgufFile> file_;
  std::span<const std::byte> bytes_;
  GgufCursor cursor_;
  std::uint64_t tensor_count_ = 0;
  std::uint64_t alignment_ = 32;
};

}  // namespace sightline
