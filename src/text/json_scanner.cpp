#include "text/json_scanner.h"

#include <charconv>

#include "base/json.h"
#include "text/unicode.h"

namespace sightline::text {

void JsonScanner::refuse(std::string_view wanted) const {
  fail(ErrorKind::kBadFile, "{}: not valid JSON at byte {}: wanted {}", origin_, position(),
       wanted);
}

char JsonScanner::peek() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return c;
    ++at_;
  }
  return '\0';
}

bool JsonScanner::take(char wanted) {
  if (peek() != wanted || at_ >= text_.size()) return false;
  ++at_;
  return true;
}

void JsonScanner::expect(char wanted) {
  if (!take(wanted)) refuse("'" + std::string(1, wanted) + "'");
}

bool JsonScanner::more(char close) {
  if (take(',')) return true;
  expect(close);
  return false;
}

void JsonScanner::expect_end() {
  if (peek() != '\0' || at_ < text_.size()) refuse("the end");
}

void JsonScanner::skip_string() {
  expect('"');
  while (at_ < text_.size() && text_[at_] != '"') {
    if (static_cast<unsigned char>(text_[at_]) < 0x20)
      refuse("no raw control character in a string");
    at_ += text_[at_] == '\\' ? 2 : 1;
  }
  if (at_ >= text_.size()) refuse("the end of a string");
  ++at_;
}

std::string_view JsonScanner::string(std::string& buffer) {
  expect('"');
  const std::size_t begin = at_;
  while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\' &&
         static_cast<unsigned char>(text_[at_]) >= 0x20) {
    ++at_;
  }
  if (at_ < text_.size() && text_[at_] == '"') return text_.substr(begin, at_++ - begin);
  buffer.assign(text_.substr(begin, at_ - begin));
  while (at_ < text_.size() && text_[at_] != '"') {
    const char c = text_[at_];
    if (static_cast<unsigned char>(c) < 0x20) refuse("no raw control character in a string");
    ++at_;
    if (c == '\\')
      escape(buffer);
    else
      buffer += c;
  }
  if (at_ >= text_.size()) refuse("the end of a string");
  ++at_;
  return buffer;
}

std::uint32_t JsonScanner::hex4() {
  std::uint32_t value = 0;
  const std::string_view digits = text_.substr(at_, 4);
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (digits.size() != 4 || result.ec != std::errc() || result.ptr != digits.data() + 4) {
    refuse("four hexadecimal digits");
  }
  at_ += 4;
  return value;
}

void JsonScanner::escape(std::string& out) {
  constexpr std::string_view kNames = "\"\\/bfnrt";
  constexpr std::string_view kValues = "\"\\/\b\f\n\r\t";
  const char c = at_ < text_.size() ? text_[at_] : '\0';
  const std::size_t simple = c == '\0' ? std::string_view::npos : kNames.find(c);
  if (simple != std::string_view::npos) {
    out += kValues[simple];
    ++at_;
    return;
  }
  if (c != 'u') refuse("an escape sequence");
  ++at_;
  std::uint32_t value = hex4();
  if (value >= 0xD800 && value < 0xDC00) {
    if (text_.substr(at_, 2) != "\\u") refuse("the second half of a surrogate pair");
    at_ += 2;
    const std::uint32_t low = hex4();
    if (low < 0xDC00 || low > 0xDFFF) refuse("the second half of a surrogate pair");
    value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
  } else if (value >= 0xDC00 && value < 0xE000) {
    refuse("the first half of a surrogate pair");
  }
  append_utf8(value, out);
}

std::int64_t JsonScanner::integer() {
  peek();
  std::int64_t value = 0;
  const char* end = text_.data() + text_.size();
  const auto result = std::from_chars(text_.data() + at_, end, value);
  if (result.ec != std::errc()) refuse("an integer");
  at_ = static_cast<std::size_t>(result.ptr - text_.data());
  return value;
}

std::string_view JsonScanner::skip_value() {
  peek();
  const std::size_t begin = at_;
  std::string closers;
  do {
    const char c = peek();
    if (c == '{' || c == '[') {
      closers += c == '{' ? '}' : ']';
      if (closers.size() > kMaxJsonDepth) refuse("less nesting");
      ++at_;
    } else if (!closers.empty() && c == closers.back()) {
      closers.pop_back();
      ++at_;
    } else if (c == '"') {
      skip_string();
    } else if (!closers.empty() && (c == ',' || c == ':')) {
      ++at_;
    } else {
      const std::size_t before = at_;
      at_ = std::min(text_.find_first_of(",:]} \n\r\t\"{[", at_), text_.size());
      if (at_ == before) refuse("a value");
    }
  } while (!closers.empty());
  return text_.substr(begin, at_ - begin);
}

}  // namespace sightline::text
