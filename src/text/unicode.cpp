#include "text/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstring>
#include <span>
#include <vector>

#include "sightline/error.h"
#include "text/unicode_tables.h"

namespace sightline::text {
namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

// What the byte after a lead byte may be; later bytes are always 0x80–0xBF.
struct Lead {
  std::size_t size;  // of the whole character, 0: not a lead byte
  unsigned char low;
  unsigned char high;
};

Lead lead_of(unsigned char byte) {
  if (byte < 0xC2) return {0, 0, 0};
  if (byte < 0xE0) return {2, 0x80, 0xBF};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};  // no surrogates
  if (byte < 0xF0) return {3, 0x80, 0xBF};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte < 0xF4) return {4, 0x80, 0xBF};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

template <class Range>
const Range* find_range(const std::vector<Range>& ranges, char32_t c) {
  const auto next =
      std::upper_bound(ranges.begin(), ranges.end(), c,
                       [](char32_t value, const Range& r) { return value < r.first; });
  if (next == ranges.begin()) return nullptr;
  const Range& range = *std::prev(next);
  return c <= range.last ? &range : nullptr;
}

bool in_ranges(const std::vector<CodeRange>& ranges, char32_t c) {
  return find_range(ranges, c) != nullptr;
}

utf8proc_category_t category_of(char32_t c) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

bool between(utf8proc_category_t category, utf8proc_category_t first, utf8proc_category_t last) {
  return category >= first && category <= last;
}

}  // namespace

Utf8Step utf8_step(std::string_view text, std::size_t at) {
  const unsigned char first = byte_at(text, at);
  if (first < 0x80) return {first, 1, true};
  const Lead lead = lead_of(first);
  if (lead.size == 0) return {kReplacement, 1, false};
  char32_t value = first & (0x7Fu >> lead.size);
  for (std::size_t i = 1; i < lead.size; ++i) {
    const unsigned char low = i == 1 ? lead.low : 0x80;
    const unsigned char high = i == 1 ? lead.high : 0xBF;
    if (at + i >= text.size() || byte_at(text, at + i) < low || byte_at(text, at + i) > high) {
      return {kReplacement, i, false};
    }
    value = (value << 6) | (byte_at(text, at + i) & 0x3F);
  }
  return {value, lead.size, true};
}

bool is_valid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t block = 0;
    while (at + sizeof(block) <= text.size()) {
      std::memcpy(&block, text.data() + at, sizeof(block));
      if ((block & 0x8080808080808080ULL) != 0) break;
      at += sizeof(block);
    }
    if (at == text.size()) break;
    const Utf8Step step = utf8_step(text, at);
    if (!step.valid) return false;
    at += step.size;
  }
  return true;
}

std::string repair_utf8(std::string_view text) {
  if (is_valid_utf8(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Step step = utf8_step(text, at);
    if (step.valid)
      out.append(text.substr(at, step.size));
    else
      append_utf8(kReplacement, out);
    at += step.size;
  }
  return out;
}

std::size_t incomplete_utf8_suffix(std::string_view text) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
    const std::size_t at = text.size() - back;
    const unsigned char byte = byte_at(text, at);
    if (byte < 0x80) return 0;
    if (byte < 0xC0) continue;
    const Utf8Step step = utf8_step(text, at);
    const bool cut_short = !step.valid && step.size == back && lead_of(byte).size > back;
    return cut_short ? back : 0;
  }
  return 0;
}

void append_utf8(char32_t value, std::string& out) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0 | (value >> 6));
    put(0x80 | (value & 0x3F));
  } else if (value < 0x10000) {
    put(0xE0 | (value >> 12));
    put(0x80 | ((value >> 6) & 0x3F));
    put(0x80 | (value & 0x3F));
  } else {
    put(0xF0 | (value >> 18));
    put(0x80 | ((value >> 12) & 0x3F));
    put(0x80 | ((value >> 6) & 0x3F));
    put(0x80 | (value & 0x3F));
  }
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  }));
}

std::size_t previous_character(std::string_view text, std::size_t end) {
  std::size_t at = end - 1;
  while (at > 0 && (byte_at(text, at) & 0xC0) == 0x80) --at;
  return at;
}

bool is_whitespace(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 0x09 && c <= 0x0D);
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_letter(char32_t c) {
  return between(category_of(c), UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LO);
}

bool is_digit(char32_t c) { return category_of(c) == UTF8PROC_CATEGORY_ND; }

bool is_numeric(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return between(category_of(c), UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_NO) ||
         in_ranges(kLaterNumbers, c);
}

bool is_punctuation(char32_t c) {
  if (c < 0x80) {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
  }
  if (between(category_of(c), UTF8PROC_CATEGORY_PC, UTF8PROC_CATEGORY_PO)) {
    return !in_ranges(kNotYetPunctuation, c);
  }
  return in_ranges(kOncePunctuation, c);
}

bool is_mark(char32_t c) {
  return c >= 0x80 && between(category_of(c), UTF8PROC_CATEGORY_MN, UTF8PROC_CATEGORY_ME) &&
         !in_ranges(kNotYetMarks, c);
}

bool is_word(char32_t c) {
  if (c < 0x80) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
  if (c == 0x200C || c == 0x200D) return true;  // joiners
  // Alphabetic beyond letters and marks: circled and squared Latin letters.
  if ((c >= 0x24B6 && c <= 0x24E9) || (c >= 0x1F130 && c <= 0x1F149) ||
      (c >= 0x1F150 && c <= 0x1F169) || (c >= 0x1F170 && c <= 0x1F189)) {
    return true;
  }
  const utf8proc_category_t category = category_of(c);
  if (between(category, UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LO) ||
      between(category, UTF8PROC_CATEGORY_MN, UTF8PROC_CATEGORY_ME) ||
      category == UTF8PROC_CATEGORY_ND || category == UTF8PROC_CATEGORY_NL ||
      category == UTF8PROC_CATEGORY_PC) {
    return true;
  }
  const CategoryRange* later = find_range(kLaterCategories, c);
  return later != nullptr && later->category != "No" &&
         (later->category[0] != 'P' || later->category == "Pc");
}

void append_lower(char32_t c, std::string& out) {
  if (c == 0x130) {  // İ: the one letter whose lower case is two characters
    out += "i\u0307";
    return;
  }
  const CaseRange* range = find_range(kLowerDeltas, c);
  const std::int64_t lower = range != nullptr ? static_cast<std::int64_t>(c) + range->delta
                                              : utf8proc_tolower(static_cast<utf8proc_int32_t>(c));
  append_utf8(static_cast<char32_t>(lower), out);
}

namespace {

// Marks newer than the reference: they order and compose with nothing there.
bool is_unknown_mark(utf8proc_int32_t c) {
  return c >= 0x300 && in_ranges(kNotYetMarks, static_cast<char32_t>(c));
}

// Decomposed and in canonical order.
std::vector<utf8proc_int32_t> decompose(std::string_view text, bool compatible) {
  const auto& kept = compatible ? kNotYetCompatible : kNotYetCanonical;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
                                                      (compatible ? UTF8PROC_COMPAT : 0));
  std::vector<utf8proc_int32_t> out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Step step = utf8_step(text, at);
    at += step.size;
    const auto c = static_cast<utf8proc_int32_t>(step.value);
    utf8proc_int32_t parts[32];
    int boundary = 0;
    const utf8proc_ssize_t count =
        in_ranges(kept, step.value)
            ? 0
            : utf8proc_decompose_char(c, parts, std::size(parts), options, &boundary);
    if (count <= 0 || count > static_cast<utf8proc_ssize_t>(std::size(parts)))
      out.push_back(c);
    else
      out.insert(out.end(), parts, parts + count);
  }
  const auto rank = [](utf8proc_int32_t c) {
    return is_unknown_mark(c) ? 0 : utf8proc_get_property(c)->combining_class;
  };
  for (auto run = out.begin(); run != out.end();) {
    const auto first = std::find_if(run, out.end(), [&](auto c) { return rank(c) != 0; });
    run = std::find_if(first, out.end(), [&](auto c) { return rank(c) == 0; });
    std::stable_sort(first, run, [&](auto a, auto b) { return rank(a) < rank(b); });
  }
  return out;
}

void append_all(std::span<const utf8proc_int32_t> points, std::string& out) {
  for (const utf8proc_int32_t c : points) append_utf8(static_cast<char32_t>(c), out);
}

void compose_into(std::span<utf8proc_int32_t> points, std::string& out) {
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  const utf8proc_ssize_t count = utf8proc_normalize_utf32(
      points.data(), static_cast<utf8proc_ssize_t>(points.size()), options);
  if (count < 0) {
    fail(ErrorKind::kInternal, "composing {} characters: {}", points.size(),
         utf8proc_errmsg(count));
  }
  append_all(points.first(static_cast<std::size_t>(count)), out);
}

}  // namespace

std::string normalise(std::string_view text, NormalForm form) {
  if (count_characters(text) == text.size()) return std::string(text);  // ASCII is its own form
  const bool compatible = form == NormalForm::kNfkc || form == NormalForm::kNfkd;
  const bool compose = form == NormalForm::kNfc || form == NormalForm::kNfkc;
  std::vector<utf8proc_int32_t> points = decompose(text, compatible);
  std::string out;
  out.reserve(text.size());
  for (auto begin = points.begin(); begin != points.end();) {
    auto end = std::find_if(begin, points.end(), is_unknown_mark);
    if (compose)
      compose_into(std::span(begin, end), out);
    else
      append_all(std::span(begin, end), out);
    if (end != points.end()) append_utf8(static_cast<char32_t>(*end++), out);
    begin = end;
  }
  return out;
}

}  // namespace sightline::text
