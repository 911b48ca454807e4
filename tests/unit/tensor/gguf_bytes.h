// GGUF files made field by field, sound or broken on purpose.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "tensor/gguf.h"

namespace sightline {

template <class T>
std::string little_endian(T value) {
  static_assert(std::is_arithmetic_v<T>);
  std::string out(sizeof value, '\0');
  std::memcpy(out.data(), &value, sizeof value);
  return out;
}

inline std::string gguf_text(std::string_view text) {
  return little_endian<std::uint64_t>(text.size()) + std::string(text);
}

class GgufBytes {
 public:
  std::uint32_t version = 3;
  std::string magic = "GGUF";

  // `payload` follows the kind as it stands.
  GgufBytes& pair(std::string_view key, GgufKind kind, const std::string& payload) {
    pairs_ += gguf_text(key) + little_endian(static_cast<std::uint32_t>(kind)) + payload;
    ++pair_count;
    return *this;
  }
  GgufBytes& u32(std::string_view key, std::uint32_t value) {
    return pair(key, GgufKind::kU32, little_endian(value));
  }
  GgufBytes& f32(std::string_view key, float value) {
    return pair(key, GgufKind::kF32, little_endian(value));
  }
  GgufBytes& text(std::string_view key, std::string_view value) {
    return pair(key, GgufKind::kString, gguf_text(value));
  }

  // `extents` innermost first, as in the file.
  GgufBytes& tensor(std::string_view name, const std::vector<std::uint64_t>& extents,
                    std::uint32_t type, std::uint64_t offset) {
    tensors_ += gguf_text(name) + little_endian(static_cast<std::uint32_t>(extents.size()));
    for (const std::uint64_t extent : extents) tensors_ += little_endian(extent);
    tensors_ += little_endian(type) + little_endian(offset);
    ++tensor_count;
    return *this;
  }
  GgufBytes& data(const std::string& bytes) {
    data_ = bytes;
    return *this;
  }

  std::string bytes(std::size_t alignment = 32) const {
    std::string out = magic + little_endian(version) + little_endian(tensor_count) +
                      little_endian(pair_count) + pairs_ + tensors_;
    if (data_.empty()) return out;
    out.resize((out.size() + alignment - 1) / alignment * alignment, '\0');
    return out + data_;
  }

  std::shared_ptr<const GgufFile> view(std::size_t alignment = 32) const {
    return view_of(bytes(alignment));
  }
  static std::shared_ptr<const GgufFile> view_of(const std::string& bytes) {
    auto owner = std::make_shared<const std::string>(bytes);
    return GgufFile::view(std::as_bytes(std::span(*owner)), owner, "model.gguf");
  }

  std::uint64_t pair_count = 0;
  std::uint64_t tensor_count = 0;

 private:
  std::string pairs_;
  std::string tensors_;
  std::string data_;
};

}  // namespace sightline
