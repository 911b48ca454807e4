// Bytes as base64 text and back (RFC 4648, the standard alphabet, padded).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sightline {

std::string base64(std::string_view bytes);

// White space is skipped; nothing for text that is no base64.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace sightline
