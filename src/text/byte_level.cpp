#include "text/byte_level.h"

#include <array>
#include <cstdint>

#include "text/unicode.h"

namespace sightline::text {
namespace {

constexpr bool is_printable_byte(unsigned byte) {
  return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
}

constexpr std::size_t kAlphabetEnd = 0x100 + 68;  // 68 bytes are not printable

// Printable bytes are themselves, the others count up from U+0100.
constexpr auto kCharacterOfByte = [] {
  std::array<char16_t, 256> table{};
  char16_t next = 0x100;
  for (unsigned byte = 0; byte < 256; ++byte) {
    table[byte] = is_printable_byte(byte) ? static_cast<char16_t>(byte) : next++;
  }
  return table;
}();

constexpr auto kByteOfCharacter = [] {
  std::array<std::int16_t, kAlphabetEnd> table{};
  for (auto& entry : table) entry = -1;
  for (unsigned byte = 0; byte < 256; ++byte) {
    table[kCharacterOfByte[byte]] = static_cast<std::int16_t>(byte);
  }
  return table;
}();

}  // namespace

void append_byte_level(std::string_view bytes, std::string& out) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x21 && byte <= 0x7E)
      out += c;
    else
      append_utf8(kCharacterOfByte[byte], out);
  }
}

void append_bytes_of(std::string_view token, std::string& out) {
  const std::size_t before = out.size();
  for (std::size_t at = 0; at < token.size();) {
    const Utf8Step step = utf8_step(token, at);
    const std::int16_t byte = step.value < kAlphabetEnd ? kByteOfCharacter[step.value] : -1;
    if (byte < 0) {
      out.resize(before);
      out += token;
      return;
    }
    out += static_cast<char>(byte);
    at += step.size;
  }
}

}  // namespace sightline::text
