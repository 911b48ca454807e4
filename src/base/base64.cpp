#include "base/base64.h"

#include <openssl/evp.h>

#include <algorithm>
#include <climits>

#include "sightline/error.h"

namespace sightline {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const unsigned char* as_bytes(const char* text) {
  return reinterpret_cast<const unsigned char*>(text);
}

}  // namespace

std::string base64(std::string_view bytes) {
  if (bytes.size() > INT_MAX / 2) fail(ErrorKind::kUsage, "{} bytes are too many", bytes.size());
  std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL ends it with a zero
  const int size = ::EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                     as_bytes(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
  std::string digits;
  digits.reserve(text.size());
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') digits += c;
  }
  const std::size_t end = digits.find('=');
  const std::size_t padding = end == std::string::npos ? 0 : digits.size() - end;
  if (digits.size() % 4 != 0 || digits.size() > INT_MAX || padding > 2) return std::nullopt;
  const std::string_view data = std::string_view(digits).substr(0, digits.size() - padding);
  if (data.find_first_not_of(kAlphabet) != std::string_view::npos) return std::nullopt;
  if (digits.substr(data.size()).find_first_not_of('=') != std::string::npos) return std::nullopt;
  std::string out(digits.size() / 4 * 3, '\0');
  const int size = ::EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                     as_bytes(digits.data()), static_cast<int>(digits.size()));
  if (size < 0) return std::nullopt;
  out.resize(out.size() - padding);  // OpenSSL counts the padding as zeros
  return out;
}

}  // namespace sightline
