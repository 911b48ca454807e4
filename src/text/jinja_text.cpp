#include "text/jinja_text.h"

#include <utf8proc.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "text/unicode.h"
#include "text/unicode_tables.h"

namespace sightline::jinja {
namespace {

utf8proc_category_t category_of(char32_t c) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

bool is_cased(char32_t c) {
  const utf8proc_category_t category = category_of(c);
  if (category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LL ||
      category == UTF8PROC_CATEGORY_LT) {
    return true;
  }
  return std::any_of(
      text::kOtherCased.begin(), text::kOtherCased.end(),
      [c](const text::CodeRange& range) { return c >= range.first && c <= range.last; });
}

bool is_case_ignorable(char32_t c) {
  switch (category_of(c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK: return true;
    default:
      return c == '\'' || c == '.' || c == ':' || c == 0xB7 || c == 0x387 || c == 0x2018 ||
             c == 0x2019 || c == 0x2024 || c == 0x2027;
  }
}

// Whether the capital sigma at `at` ends a word: it is then ς in lower case.
bool ends_word(std::string_view text, std::size_t at) {
  bool before = false;
  for (std::size_t end = at; end > 0;) {
    end = text::previous_character(text, end);
    const char32_t c = text::utf8_step(text, end).value;
    if (is_case_ignorable(c)) continue;
    before = is_cased(c);
    break;
  }
  if (!before) return false;
  for (std::size_t next = at + text::utf8_step(text, at).size; next < text.size();) {
    const text::Utf8Step step = text::utf8_step(text, next);
    if (!is_case_ignorable(step.value)) return !is_cased(step.value);
    next += step.size;
  }
  return true;
}

const text::LongCase* long_case(char32_t c) {
  const auto& table = text::kLongCases;
  const auto found = std::lower_bound(
      table.begin(), table.end(), c,
      [](const text::LongCase& entry, char32_t value) { return entry.first < value; });
  return found != table.end() && found->first == c ? &*found : nullptr;
}

void append_upper(char32_t c, std::string& out) {
  const text::LongCase* found = c < 0x80 ? nullptr : long_case(c);
  if (found != nullptr)
    out += found->upper;
  else
    text::append_utf8(static_cast<char32_t>(utf8proc_toupper(static_cast<int>(c))), out);
}

void append_title(char32_t c, std::string& out) {
  const text::LongCase* found = c < 0x80 ? nullptr : long_case(c);
  if (found != nullptr)
    out += found->title;
  else
    text::append_utf8(static_cast<char32_t>(utf8proc_totitle(static_cast<int>(c))), out);
}

void append_lower(std::string_view text, std::size_t at, std::string& out) {
  const char32_t c = text::utf8_step(text, at).value;
  if (c == 0x3A3)
    text::append_utf8(ends_word(text, at) ? 0x3C2 : 0x3C3, out);
  else if (c == 0x130)
    out += "i\u0307";
  else
    text::append_utf8(static_cast<char32_t>(utf8proc_tolower(static_cast<int>(c))), out);
}

template <class Visit>
void for_each_character(std::string_view text, const Visit& visit) {
  for (std::size_t at = 0; at < text.size();) {
    const text::Utf8Step step = text::utf8_step(text, at);
    visit(at, step);
    at += step.size;
  }
}

bool is_printable(char32_t c) {
  switch (category_of(c)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return false;
    case UTF8PROC_CATEGORY_ZS: return c == ' ';
    default: return true;
  }
}

void append_code(const char* pattern, char32_t value, std::string& out) {
  char code[16];
  std::snprintf(code, sizeof(code), pattern, static_cast<unsigned>(value));
  out += code;
}

std::size_t line_break_size(std::string_view text, std::size_t at) {
  const text::Utf8Step step = text::utf8_step(text, at);
  const char32_t c = step.value;
  if (c == '\r') return at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
  const bool breaks = (c >= 0x0A && c <= 0x0C) || (c >= 0x1C && c <= 0x1E) || c == 0x85 ||
                      c == 0x2028 || c == 0x2029;
  return breaks ? step.size : 0;
}

}  // namespace

bool is_space(char32_t c) { return text::is_whitespace(c) || (c >= 0x1C && c <= 0x1F); }

std::string_view strip(std::string_view text, bool left, bool right, std::string_view characters) {
  const auto goes = [&](std::size_t at, const text::Utf8Step& step) {
    if (characters.empty()) return is_space(step.value);
    const std::string_view character = text.substr(at, step.size);
    bool found = false;
    for_each_character(characters, [&](std::size_t i, const text::Utf8Step& other) {
      found = found || characters.substr(i, other.size) == character;
    });
    return found;
  };
  std::size_t begin = 0;
  while (left && begin < text.size() && goes(begin, text::utf8_step(text, begin))) {
    begin += text::utf8_step(text, begin).size;
  }
  std::size_t end = text.size();
  while (right && end > begin) {
    const std::size_t last = text::previous_character(text, end);
    if (!goes(last, text::utf8_step(text, last))) break;
    end = last;
  }
  return text.substr(begin, end - begin);
}

std::string upper(std::string_view text) {
  std::string out;
  for_each_character(
      text, [&](std::size_t, const text::Utf8Step& step) { append_upper(step.value, out); });
  return out;
}

std::string lower(std::string_view text) {
  std::string out;
  for_each_character(text,
                     [&](std::size_t at, const text::Utf8Step&) { append_lower(text, at, out); });
  return out;
}

std::string capitalize(std::string_view text) {
  std::string out;
  for_each_character(text, [&](std::size_t at, const text::Utf8Step& step) {
    if (at == 0)
      append_title(step.value, out);
    else
      append_lower(text, at, out);
  });
  return out;
}

std::string title(std::string_view text) {
  std::string out;
  bool in_word = false;
  for_each_character(text, [&](std::size_t at, const text::Utf8Step& step) {
    if (in_word)
      append_lower(text, at, out);
    else
      append_title(step.value, out);
    in_word = is_cased(step.value);
  });
  return out;
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = line_break_size(text, at);
    if (size == 0) {
      at += text::utf8_step(text, at).size;
      continue;
    }
    out.push_back(text.substr(begin, at - begin));
    begin = at += size;
  }
  if (begin < text.size()) out.push_back(text.substr(begin));
  return out;
}

std::vector<std::string_view> split_spaces(std::string_view text, std::int64_t max_splits) {
  std::vector<std::string_view> out;
  text = strip(text, true, false);
  while (!text.empty()) {
    if (max_splits >= 0 && static_cast<std::int64_t>(out.size()) == max_splits) {
      out.push_back(text.substr(0, strip(text, false, true).size()));
      break;
    }
    std::size_t end = 0;
    while (end < text.size() && !is_space(text::utf8_step(text, end).value)) {
      end += text::utf8_step(text, end).size;
    }
    out.push_back(text.substr(0, end));
    text = strip(text.substr(end), true, false);
  }
  return out;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator,
                                    std::int64_t max_splits) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  while (max_splits < 0 || static_cast<std::int64_t>(out.size()) < max_splits) {
    const std::size_t end = text.find(separator, begin);
    if (end == std::string_view::npos) break;
    out.push_back(text.substr(begin, end - begin));
    begin = end + separator.size();
  }
  out.push_back(text.substr(begin));
  return out;
}

std::vector<std::string_view> split_right(std::string_view text, std::string_view separator,
                                          std::int64_t max_splits) {
  std::vector<std::string_view> out;
  std::size_t end = text.size();
  while (max_splits < 0 || static_cast<std::int64_t>(out.size()) < max_splits) {
    const std::size_t at = end < separator.size() ? std::string_view::npos
                                                  : text.rfind(separator, end - separator.size());
    if (at == std::string_view::npos) break;
    out.push_back(text.substr(at + separator.size(), end - at - separator.size()));
    end = at;
  }
  out.push_back(text.substr(0, end));
  std::reverse(out.begin(), out.end());
  return out;
}

std::int64_t count(std::string_view text, std::string_view part) {
  if (part.empty()) return static_cast<std::int64_t>(text::count_characters(text)) + 1;
  std::int64_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++found;
  }
  return found;
}

std::string replace(std::string_view text, std::string_view from, std::string_view to,
                    std::int64_t limit) {
  std::string out;
  std::size_t at = 0;
  const auto more = [&] { return limit < 0 || limit-- > 0; };
  if (from.empty()) {
    while (at <= text.size() && more()) {
      out += to;
      if (at == text.size()) return out;
      const std::size_t size = text::utf8_step(text, at).size;
      out += text.substr(at, size);
      at += size;
    }
    return out += text.substr(at);
  }
  for (std::size_t found = text.find(from); found != std::string_view::npos && more();
       found = text.find(from, at)) {
    out += text.substr(at, found - at);
    out += to;
    at = found + from.size();
  }
  return out += text.substr(at);
}

std::string repr(std::string_view text) {
  const bool single =
      text.find('\'') == std::string_view::npos || text.find('"') != std::string_view::npos;
  const char quote = single ? '\'' : '"';
  std::string out(1, quote);
  for_each_character(text, [&](std::size_t at, const text::Utf8Step& step) {
    const char32_t c = step.value;
    if (c == static_cast<unsigned char>(quote) || c == '\\')
      (out += '\\') += static_cast<char>(c);
    else if (c == '\n')
      out += "\\n";
    else if (c == '\r')
      out += "\\r";
    else if (c == '\t')
      out += "\\t";
    else if (is_printable(c))
      out += text.substr(at, step.size);
    else
      append_code(c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c, out);
  });
  return out += quote;
}

std::string repr(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  char buffer[64];
  const double size = std::fabs(value);
  const bool plain = size == 0 || (size >= 1e-4 && size < 1e16);
  const auto result =
      std::to_chars(buffer, buffer + sizeof(buffer), value,
                    plain ? std::chars_format::fixed : std::chars_format::scientific);
  std::string out(buffer, result.ptr);
  if (plain && out.find('.') == std::string::npos) out += ".0";
  return out;
}

std::string json_text(std::string_view text, bool ascii) {
  std::string out = "\"";
  for_each_character(text, [&](std::size_t at, const text::Utf8Step& step) {
    const char32_t c = step.value;
    constexpr std::string_view kEscaped = "\"\\\n\r\t\f\b";
    constexpr std::string_view kNames = "\"\\nrtfb";
    const std::size_t known =
        c < 0x80 ? kEscaped.find(static_cast<char>(c)) : std::string_view::npos;
    if (known != std::string_view::npos && c != 0) {
      (out += '\\') += kNames[known];
    } else if (c < 0x20 || (ascii && c >= 0x80 && c < 0x10000)) {
      append_code("\\u%04x", c, out);
    } else if (ascii && c >= 0x10000) {
      append_code("\\u%04x", 0xD800 + ((c - 0x10000) >> 10), out);
      append_code("\\u%04x", 0xDC00 + ((c - 0x10000) & 0x3FF), out);
    } else {
      out += text.substr(at, step.size);
    }
  });
  return out += '"';
}

std::string_view characters(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t at = 0;
  std::size_t index = 0;
  const auto go_to = [&](std::size_t wanted) {
    while (index < wanted && at < text.size()) {
      at += text::utf8_step(text, at).size;
      ++index;
    }
    return at;
  };
  const std::size_t first = go_to(begin);
  return text.substr(first, go_to(end) - first);
}

}  // namespace sightline::jinja
