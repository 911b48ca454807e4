#include <charconv>
#include <cstring>

#include "sightline/error.h"
#include "tensor/gguf.h"
#include "tensor/gguf_parser.h"

namespace sightline {
namespace {

template <class T>
T load(std::span<const std::byte> bytes) {
  T value;
  std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

// The double nearest to the shortest decimal of a float: 1e-05f reads 1e-05, not 9.99999974e-06.
double shortest(float value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  double out = value;
  std::from_chars(text, end, out);
  return out;
}

bool is_integer(GgufKind kind) {
  switch (kind) {
    case GgufKind::kF32:
    case GgufKind::kF64:
    case GgufKind::kBool:
    case GgufKind::kString:
    case GgufKind::kArray: return false;
    default: return true;
  }
}

bool is_number(GgufKind kind) {
  return is_integer(kind) || kind == GgufKind::kF32 || kind == GgufKind::kF64;
}

[[noreturn]] void wrong_kind(std::string_view key, std::string_view wanted,
                             const std::string& found) {
  fail(ErrorKind::kBadFile, "GGUF metadata '{}' is {}, wanted {}", key, found, wanted);
}

std::int64_t int_at(GgufKind kind, std::span<const std::byte> at, std::string_view key) {
  switch (kind) {
    case GgufKind::kU8: return load<std::uint8_t>(at);
    case GgufKind::kI8: return load<std::int8_t>(at);
    case GgufKind::kU16: return load<std::uint16_t>(at);
    case GgufKind::kI16: return load<std::int16_t>(at);
    case GgufKind::kU32: return load<std::uint32_t>(at);
    case GgufKind::kI32: return load<std::int32_t>(at);
    case GgufKind::kI64: return load<std::int64_t>(at);
    default: break;
  }
  const auto value = load<std::uint64_t>(at);  // kU64
  if (value > static_cast<std::uint64_t>(INT64_MAX)) {
    fail(ErrorKind::kBadFile, "GGUF metadata '{}' holds {}, which is too large", key, value);
  }
  return static_cast<std::int64_t>(value);
}

double double_at(GgufKind kind, std::span<const std::byte> at, std::string_view key) {
  if (kind == GgufKind::kF32) return shortest(load<float>(at));
  if (kind == GgufKind::kF64) return load<double>(at);
  return static_cast<double>(int_at(kind, at, key));
}

}  // namespace

std::string gguf_kind_name(GgufKind kind) {
  constexpr const char* kNames[] = {"uint8",  "int8",    "uint16",  "int16", "uint32",
                                    "int32",  "float32", "boolean", "text",  "array",
                                    "uint64", "int64",   "float64"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::uint64_t gguf_kind_size(GgufKind kind) {
  switch (kind) {
    case GgufKind::kU8:
    case GgufKind::kI8:
    case GgufKind::kBool: return 1;
    case GgufKind::kU16:
    case GgufKind::kI16: return 2;
    case GgufKind::kU32:
    case GgufKind::kI32:
    case GgufKind::kF32: return 4;
    case GgufKind::kString:
    case GgufKind::kArray: return 0;
    default: return 8;
  }
}

std::string GgufValue::describe() const {
  if (kind_ != GgufKind::kArray) return gguf_kind_name(kind_);
  return "an array of " + gguf_kind_name(element_kind_);
}

void GgufValue::expect_array(bool fits, std::string_view wanted) const {
  if (kind_ != GgufKind::kArray || (!fits && count_ > 0)) wrong_kind(label_, wanted, describe());
}

bool GgufValue::as_bool() const {
  if (kind_ != GgufKind::kBool) wrong_kind(label_, "a boolean", describe());
  return load<std::uint8_t>(bytes_) != 0;
}

std::int64_t GgufValue::as_int() const {
  if (!is_integer(kind_)) wrong_kind(label_, "an integer", describe());
  return int_at(kind_, bytes_, label_);
}

double GgufValue::as_double() const {
  if (!is_number(kind_)) wrong_kind(label_, "a number", describe());
  return double_at(kind_, bytes_, label_);
}

std::string GgufValue::as_string() const {
  if (kind_ != GgufKind::kString) wrong_kind(label_, "text", describe());
  return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
}

std::vector<bool> GgufValue::as_bools() const {
  expect_array(element_kind_ == GgufKind::kBool, "an array of booleans");
  std::vector<bool> out;
  out.reserve(count_);
  for (std::uint64_t i = 0; i < count_; ++i) out.push_back(bytes_[i] != std::byte{0});
  return out;
}

std::vector<std::int64_t> GgufValue::as_ints() const {
  expect_array(is_integer(element_kind_), "an array of integers");
  const std::uint64_t size = gguf_kind_size(element_kind_);
  std::vector<std::int64_t> out;
  out.reserve(count_);
  for (std::uint64_t i = 0; i < count_; ++i) {
    out.push_back(int_at(element_kind_, bytes_.subspan(i * size, size), label_));
  }
  return out;
}

std::vector<double> GgufValue::as_doubles() const {
  expect_array(is_number(element_kind_), "an array of numbers");
  const std::uint64_t size = gguf_kind_size(element_kind_);
  std::vector<double> out;
  out.reserve(count_);
  for (std::uint64_t i = 0; i < count_; ++i) {
    out.push_back(double_at(element_kind_, bytes_.subspan(i * size, size), label_));
  }
  return out;
}

std::vector<std::string> GgufValue::as_strings() const {
  expect_array(element_kind_ == GgufKind::kString, "an array of texts");
  std::vector<std::string> out;
  out.reserve(count_);
  GgufCursor cursor(bytes_, label_);
  for (std::uint64_t i = 0; i < count_; ++i) out.emplace_back(cursor.text());
  return out;
}

std::vector<GgufValue> GgufValue::as_arrays() const {
  expect_array(element_kind_ == GgufKind::kArray, "an array of arrays");
  std::vector<GgufValue> out;
  out.reserve(count_);
  GgufCursor cursor(bytes_, label_);
  for (std::uint64_t i = 0; i < count_; ++i) {
    out.push_back(GgufParser::read_value(cursor, GgufKind::kArray, label_));
  }
  return out;
}

}  // namespace sightline
