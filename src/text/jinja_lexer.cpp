#include "text/jinja_lexer.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdio>

#include "sightline/error.h"
#include "text/jinja_text.h"
#include "text/unicode.h"

namespace sightline::jinja {
namespace {

constexpr std::size_t kMaxTokens = 200'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// Line breaks become \n; one at the end is dropped.
std::string normalise_lines(std::string_view source) {
  std::string out;
  out.reserve(source.size());
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (source[i] == '\r') {
      out += '\n';
      if (i + 1 < source.size() && source[i + 1] == '\n') ++i;
    } else {
      out += source[i];
    }
  }
  if (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

class Lexer {
 public:
  Lexer(std::string_view source, std::string_view origin)
      : source_(normalise_lines(source)), in_(source_), origin_(origin) {}

  std::vector<Token> run() {
    while (at_ < in_.size()) outside();
    add(Token::Kind::kEnd, "");
    return std::move(tokens_);
  }

 private:
  [[noreturn]] void refuse(ErrorKind kind, std::string_view what) const {
    fail(kind, "{}, line {}: {}", origin_, line_, what);
  }
  [[noreturn]] void syntax(std::string_view what) const { refuse(ErrorKind::kBadFile, what); }

  bool next_is(std::string_view text) const { return in_.substr(at_, text.size()) == text; }

  void add(Token::Kind kind, std::string text) {
    if (tokens_.size() >= kMaxTokens) {
      refuse(ErrorKind::kUnsupported, format("more than {} tokens", kMaxTokens));
    }
    tokens_.push_back({kind, line_, std::move(text)});
  }

  void advance(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) line_ += in_[at_ + i] == '\n' ? 1 : 0;
    at_ += count;
  }

  void skip_spaces() {
    while (at_ < in_.size() && is_space(text::utf8_step(in_, at_).value)) {
      advance(text::utf8_step(in_, at_).size);
    }
  }

  // Text up to a tag; `sign` is the character after the tag's opening, `trims` false for {{.
  void add_text(std::string_view text, char sign, bool trims) {
    std::string_view kept = text;
    if (sign == '-') {
      kept = strip(text, false, true);
    } else if (sign != '+' && trims) {
      const std::size_t newline = text.rfind('\n');
      const std::size_t line_start = newline == std::string_view::npos ? 0 : newline + 1;
      const bool at_line_start = line_start > 0 || line_starting_;
      if (at_line_start && strip(text.substr(line_start), true, false).empty()) {
        kept = text.substr(0, line_start);
      }
    }
    if (!kept.empty()) add(Token::Kind::kText, std::string(kept));
  }

  char sign_at(std::size_t at) const {
    const char c = at < in_.size() ? in_[at] : '\0';
    return c == '-' || c == '+' ? c : '\0';
  }

  void outside() {
    std::size_t tag = at_;
    while (true) {
      tag = std::min(in_.find('{', tag), in_.size());
      if (tag == in_.size()) break;
      const char next = tag + 1 < in_.size() ? in_[tag + 1] : '\0';
      if (next == '{' || next == '%' || next == '#') break;
      ++tag;
    }
    const std::string_view text = in_.substr(at_, tag - at_);
    if (tag == in_.size()) {
      if (!text.empty()) add(Token::Kind::kText, std::string(text));
      advance(text.size());
      return;
    }
    const char kind = in_[tag + 1];
    const char sign = sign_at(tag + 2);
    add_text(text, sign, kind != '{');
    advance(text.size());
    const std::size_t opening = sign == '\0' ? 2 : 3;
    if (kind == '#') return comment(opening);
    if (kind == '%' && raw_begins(opening)) return raw();
    add(kind == '{' ? Token::Kind::kPrintBegin : Token::Kind::kBlockBegin, "");
    advance(opening);
    inside(kind == '{');
  }

  // After the closing of a tag: where the text starts that follows it.
  void after_closing(char sign, bool trims_newline) {
    const std::size_t before = at_;
    if (sign == '-')
      skip_spaces();
    else if (trims_newline && sign != '+' && next_is("\n"))
      advance(1);
    line_starting_ = at_ > before && in_[at_ - 1] == '\n';
  }

  void comment(std::size_t opening) {
    const std::size_t end = in_.find("#}", at_ + opening);
    if (end == std::string_view::npos) syntax("a comment is not closed");
    const char sign = end > at_ + opening ? sign_at(end - 1) : '\0';
    advance(end + 2 - at_);
    after_closing(sign, true);
  }

  // Steps over white space and `word`; false: something else is there.
  bool take_word(std::string_view word) {
    skip_spaces();
    if (!next_is(word)) return false;
    advance(word.size());
    skip_spaces();
    return true;
  }

  bool raw_begins(std::size_t opening) {
    const std::size_t before = at_;
    const int line = line_;
    advance(opening);
    if (take_word("raw")) {
      const bool trims = next_is("-%}");
      if (trims || next_is("%}")) {
        advance(trims ? 3 : 2);
        after_closing(trims ? '-' : '+', false);
        return true;
      }
    }
    at_ = before;
    line_ = line;
    return false;
  }

  void raw() {
    const std::size_t begin = at_;
    const int line = line_;
    for (std::size_t tag = in_.find("{%", at_); tag != std::string_view::npos;
         tag = in_.find("{%", tag + 1)) {
      advance(tag - at_);
      const char sign = sign_at(tag + 2);
      advance(sign == '\0' ? 2 : 3);
      if (!take_word("endraw")) {
        at_ = tag;
        continue;
      }
      const char closing = sign_at(at_);
      if (!in_.substr(at_ + (closing == '\0' ? 0 : 1)).starts_with("%}")) {
        at_ = tag;
        continue;
      }
      const int end_line = line_;
      line_ = line;
      add_text(in_.substr(begin, tag - begin), sign, true);
      line_ = end_line;
      advance(closing == '\0' ? 2 : 3);
      after_closing(closing, true);
      return;
    }
    syntax("a raw block is not closed");
  }

  // Steps over the end of {{ or {% when it is here.
  bool close(bool print) {
    const std::string_view end = print ? "}}" : "%}";
    char sign = '\0';
    if (!next_is(end)) {
      sign = sign_at(at_);
      if (sign == '\0' || (print && sign == '+')) return false;
      if (in_.substr(at_ + 1, 2) != end) return false;
    }
    add(print ? Token::Kind::kPrintEnd : Token::Kind::kBlockEnd, "");
    advance(sign == '\0' ? 2 : 3);
    after_closing(sign, !print);
    return true;
  }

  void inside(bool print) {
    std::string open;  // brackets: the end of a tag counts only outside of them
    while (true) {
      skip_spaces();
      if (at_ >= in_.size()) syntax("a tag is not closed");
      if (open.empty() && close(print)) return;
      const char c = in_[at_];
      if (is_digit(c))
        number();
      else if (is_name_start(c))
        name();
      else if (c == '\'' || c == '"')
        string(c);
      else
        operation(open);
    }
  }

  void name() {
    std::size_t end = at_;
    while (end < in_.size() && (is_name_start(in_[end]) || is_digit(in_[end]))) ++end;
    add(Token::Kind::kName, std::string(in_.substr(at_, end - at_)));
    advance(end - at_);
  }

  // Digits with single underscores between them, from `at`; the end of them.
  std::size_t digits_end(std::size_t at) const {
    while (at < in_.size() && (is_digit(in_[at]) ||
                               (in_[at] == '_' && at + 1 < in_.size() && is_digit(in_[at + 1])))) {
      ++at;
    }
    return at;
  }

  void number() {
    const bool after_dot = at_ > 0 && in_[at_ - 1] == '.';  // x.0.1 are two items, not a float
    const char marker = static_cast<char>(std::tolower(
        static_cast<unsigned char>(at_ + 1 < in_.size() && in_[at_] == '0' ? in_[at_ + 1] : ' ')));
    if (marker == 'x' || marker == 'o' || marker == 'b') return based(marker);
    std::size_t end = digits_end(at_);
    bool real = false;
    if (!after_dot && end + 1 < in_.size() && in_[end] == '.' && is_digit(in_[end + 1])) {
      end = digits_end(end + 1);
      real = true;
    }
    if (!after_dot && end < in_.size() && (in_[end] == 'e' || in_[end] == 'E')) {
      const std::size_t first = end + (sign_at(end + 1) == '\0' ? 1 : 2);
      if (first < in_.size() && is_digit(in_[first])) {
        end = digits_end(first);
        real = true;
      }
    }
    std::string text(in_.substr(at_, end - at_));
    std::erase(text, '_');
    if (!real && text.size() > 1 && text[0] == '0' &&
        text.find_first_not_of('0') != std::string::npos) {
      syntax("an integer starts with 0");
    }
    add(real ? Token::Kind::kFloat : Token::Kind::kInteger, std::move(text));
    advance(end - at_);
  }

  void based(char marker) {
    const int base = marker == 'x' ? 16 : marker == 'o' ? 8 : 2;
    std::size_t end = at_ + 2;
    while (end < in_.size() &&
           (in_[end] == '_' || std::isalnum(static_cast<unsigned char>(in_[end])))) {
      ++end;
    }
    std::string text(in_.substr(at_ + 2, end - at_ - 2));
    std::erase(text, '_');
    std::int64_t value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (result.ec != std::errc() || result.ptr != text.data() + text.size())
      syntax("a bad integer");
    add(Token::Kind::kInteger, std::to_string(value));
    advance(end - at_);
  }

  void operation(std::string& open) {
    static constexpr std::string_view kDouble[] = {"//", "**", "==", "!=", ">=", "<="};
    static constexpr std::string_view kSingle = "+-/*%~[](){}<>=.:|,;";
    std::string_view text = in_.substr(at_, 2);
    if (std::find(std::begin(kDouble), std::end(kDouble), text) == std::end(kDouble)) {
      text = in_.substr(at_, 1);
      if (kSingle.find(text[0]) == std::string_view::npos) {
        if (static_cast<unsigned char>(text[0]) >= 0x80) {
          refuse(ErrorKind::kUnsupported, "names outside ASCII are not supported");
        }
        syntax(format("unexpected character '{}'", text));
      }
    }
    if (text == "(")
      open += ')';
    else if (text == "[")
      open += ']';
    else if (text == "{")
      open += '}';
    else if (text == ")" || text == "]" || text == "}") {
      if (open.empty()) syntax(format("unexpected '{}'", text));
      if (open.back() != text[0]) {
        syntax(format("unexpected '{}', wanted '{}'", text, std::string(1, open.back())));
      }
      open.pop_back();
    }
    add(Token::Kind::kOperator, std::string(text));
    advance(text.size());
  }

  void string(char quote) {
    std::size_t end = at_ + 1;
    while (end < in_.size() && in_[end] != quote) end += in_[end] == '\\' ? 2 : 1;
    if (end >= in_.size()) syntax("a string is not closed");
    add(Token::Kind::kString, unescape(in_.substr(at_ + 1, end - at_ - 1)));
    advance(end + 1 - at_);
  }

  std::string unescape(std::string_view text) const {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
      if (text[i] == '\\' && i + 1 < text.size())
        i += escape(text.substr(i), out);
      else
        out += text[i++];
    }
    return out;
  }

  // One escape sequence as in Python; returns how many bytes it takes.
  std::size_t escape(std::string_view text, std::string& out) const {
    constexpr std::string_view kNames = "\\'\"abfnrtv";
    constexpr std::string_view kValues = "\\'\"\a\b\f\n\r\t\v";
    const char c = text[1];
    if (c == '\n') return 2;
    const std::size_t simple = kNames.find(c);
    if (simple != std::string_view::npos) {
      out += kValues[simple];
      return 2;
    }
    if (c >= '0' && c <= '7') {
      std::size_t size = 1;
      while (size < 4 && size < text.size() && text[size] >= '0' && text[size] <= '7') ++size;
      append_code(text.substr(1, size - 1), 8, out);
      return size;
    }
    const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits > 0) {
      if (text.size() < 2 + digits) syntax("an escape sequence is cut short");
      append_code(text.substr(2, digits), 16, out);
      return 2 + digits;
    }
    if (c == 'N')
      refuse(ErrorKind::kUnsupported, "escapes by character name (\\N) are not supported");
    out += '\\';
    if (static_cast<unsigned char>(c) < 0x80) {
      out += c;
      return 2;
    }
    return 1 + escaped_character(text, out);
  }

  // A backslash before a character outside ASCII leaves that character's own escape: a quirk of
  // jinja2.
  static std::size_t escaped_character(std::string_view text, std::string& out) {
    const text::Utf8Step step = text::utf8_step(text, 1);
    const auto value = static_cast<unsigned>(step.value);
    char code[12];
    std::snprintf(code, sizeof(code),
                  value < 0x100     ? "x%02x"
                  : value < 0x10000 ? "u%04x"
                                    : "U%08x",
                  value);
    out += code;
    return step.size;
  }

  void append_code(std::string_view digits, int base, std::string& out) const {
    std::uint32_t value = 0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (result.ec != std::errc() || result.ptr != digits.data() + digits.size() ||
        value > 0x10FFFF) {
      syntax("a bad escape sequence");
    }
    if (value >= 0xD800 && value < 0xE000) {
      refuse(ErrorKind::kUnsupported, "surrogates in escape sequences are not supported");
    }
    text::append_utf8(value, out);
  }

  std::string source_;
  std::string_view in_;
  std::string_view origin_;
  std::size_t at_ = 0;
  int line_ = 1;
  bool line_starting_ = true;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view source, std::string_view origin) {
  return Lexer(source, origin).run();
}

}  // namespace sightline::jinja
