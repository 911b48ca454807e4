// format("{} of {}", 3, "x") without exposing a formatting library: every argument becomes text
// here, the pattern is filled in a torch-free source. Patterns know only "{}"; "{{" is a brace.
#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sightline {

std::string to_text(bool value);
std::string to_text(std::int64_t value);
std::string to_text(std::uint64_t value);
std::string to_text(double value);  // shortest form that reads back equal
inline std::string to_text(std::string_view value) { return std::string(value); }
inline std::string to_text(const std::string& value) { return value; }
inline std::string to_text(const char* value) { return value; }
inline std::string to_text(const std::filesystem::path& value) { return value.string(); }

template <std::integral I>
requires(!std::same_as<I, bool>) std::string to_text(I value) {
  if constexpr (std::signed_integral<I>)
    return to_text(static_cast<std::int64_t>(value));
  else
    return to_text(static_cast<std::uint64_t>(value));
}
inline std::string to_text(float value) { return to_text(static_cast<double>(value)); }

// A list reads "[2, 3, 4]": shapes, layers, ids.
template <class T>
std::string to_text(std::span<const T> values) {
  std::string out = "[";
  for (const T& value : values) {
    if (out.size() > 1) out += ", ";
    out += to_text(value);
  }
  return out + "]";
}
template <class T>
std::string to_text(const std::vector<T>& values) {
  return to_text(std::span<const T>(values));
}

// REQUIRES: as many "{}" as texts; a mismatch throws Error{kInternal}.
std::string format_texts(std::string_view pattern, std::span<const std::string> texts);

template <class... Args>
std::string format(std::string_view pattern, const Args&... args) {
  const std::vector<std::string> texts{to_text(args)...};
  return format_texts(pattern, texts);
}

}  // namespace sightline
