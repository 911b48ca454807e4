// GPT-2's alphabet: every byte as one printable character ("Ġ" is the space).
#pragma once

#include <string>
#include <string_view>

namespace sightline::text {

void append_byte_level(std::string_view bytes, std::string& out);

// The bytes that `token` stands for; a token with a character outside the alphabet stands for
// itself.
void append_bytes_of(std::string_view token, std::string& out);

}  // namespace sightline::text
