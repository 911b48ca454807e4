// UTF-8 and the few Unicode properties that tokenizers and templates need.
//
// Text inside this folder is valid UTF-8: bytes from outside pass repair_utf8() first. Functions
// marked "as the reference" follow the `tokenizers` package where its Unicode version differs from
// utf8proc's. All functions are pure and thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sightline::text {

inline constexpr char32_t kReplacement = 0xFFFD;

// One step through bytes: a character, or a maximal invalid piece (Unicode 3.9, table 3-8).
struct Utf8Step {
  char32_t value;    // kReplacement when invalid
  std::size_t size;  // bytes covered, at least 1
  bool valid;
};
// REQUIRES: at < text.size().
Utf8Step utf8_step(std::string_view text, std::size_t at);

bool is_valid_utf8(std::string_view text);

// Every maximal invalid piece becomes U+FFFD, as Python's errors="replace".
std::string repair_utf8(std::string_view text);

// Bytes at the end that begin a character but do not complete it: 0 to 3.
std::size_t incomplete_utf8_suffix(std::string_view text);

void append_utf8(char32_t value, std::string& out);

// Number of characters of valid UTF-8.
std::size_t count_characters(std::string_view text);

// Start of the last character before `end`. REQUIRES: valid UTF-8, 0 < end ≤ text.size().
std::size_t previous_character(std::string_view text, std::size_t end);

bool is_whitespace(char32_t c);                   // Unicode White_Space
bool is_letter(char32_t c);                       // L*
bool is_digit(char32_t c);                        // Nd: decimal digits of any script
bool is_numeric(char32_t c);                      // N*, as the reference
bool is_punctuation(char32_t c);                  // ASCII punctuation or P*, as the reference
bool is_mark(char32_t c);                         // M*, as the reference
bool is_word(char32_t c);                         // \w of a Unicode regular expression
void append_lower(char32_t c, std::string& out);  // full lower case, as the reference

enum class NormalForm { kNfc, kNfd, kNfkc, kNfkd };
std::string normalise(std::string_view text, NormalForm form);  // as the reference

}  // namespace sightline::text
