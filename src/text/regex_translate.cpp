// Oniguruma's Ruby syntax → PCRE2's, with the characters that only the newer Unicode knows.
#include <cctype>
#include <cstdio>
#include <vector>

#include "sightline/error.h"
#include "text/regex.h"
#include "text/unicode_tables.h"

namespace sightline::text {
namespace {

constexpr std::string_view kSpaces =
    R"(\t-\r \x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000})";

// "\x{897}\x{1B4E}-\x{1B4F}…" of the later characters whose category starts with `name`.
std::string later_ranges(std::string_view name) {
  std::string out;
  for (const CategoryRange& range : kLaterCategories) {
    if (range.category.substr(0, name.size()) != name) continue;
    char text[40];
    std::snprintf(text, sizeof(text), "\\x{%X}-\\x{%X}", static_cast<unsigned>(range.first),
                  static_cast<unsigned>(range.last));
    out += text;
  }
  return out;
}

// Inside of a class that matches one of the shorthands, or "" for others.
std::string members_of(char shorthand) {
  switch (shorthand) {
    case 's': return std::string(kSpaces);
    case 'h': return "0-9a-fA-F";
    case 'd': return "\\p{Nd}" + later_ranges("Nd");
    case 'w':
      return "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}" + later_ranges("L") + later_ranges("M") +
             later_ranges("Nd") + later_ranges("Pc");
    default: return "";
  }
}

class Translator {
 public:
  explicit Translator(std::string_view pattern) : in_(pattern) {}

  std::string run() {
    while (at_ < in_.size()) step();
    return std::move(out_);
  }

 private:
  [[noreturn]] void refuse(std::string_view what) const {
    fail(ErrorKind::kUnsupported, "regular expression '{}': {} at byte {}", in_, what, at_);
  }

  bool next_is(std::string_view text) const { return in_.substr(at_, text.size()) == text; }
  bool in_class() const { return in_class_; }

  void step() {
    const char c = in_[at_];
    if (c == '\\') return escape();
    if (in_class()) return class_member(c);
    if (c == '[') return open_class();
    if (c == '(') return open_group();
    if (c == '{') return interval();
    if (c == ')') {
      atom_ = groups_.empty() ? out_.size() : groups_.back();
      if (!groups_.empty()) groups_.pop_back();
    } else if (std::string_view("*+?|^$").find(c) == std::string_view::npos &&
               (static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      atom_ = out_.size();
    }
    out_ += c;
    ++at_;
  }

  void open_class() {
    atom_ = out_.size();
    in_class_ = true;
    out_ += '[';
    ++at_;
    if (next_is("^")) {
      out_ += '^';
      ++at_;
    }
    if (next_is("]")) {
      out_ += "\\]";
      ++at_;
    }
  }

  void class_member(char c) {
    if (next_is("&&")) refuse("the set operator '&&' is not supported");
    if (c == '[') {
      const std::size_t end = in_.find(":]", at_);
      if (!next_is("[:") || end == std::string_view::npos)
        refuse("a set in a set is not supported");
      out_ += in_.substr(at_, end + 2 - at_);
      at_ = end + 2;
      return;
    }
    if (c == ']') in_class_ = false;
    out_ += c;
    ++at_;
  }

  void emit_members(std::string_view members, bool negated) {
    if (in_class()) {
      if (negated) refuse("a negated shorthand with later characters inside a set");
      out_ += members;
      return;
    }
    out_ += negated ? "[^" : "[";
    out_ += members;
    out_ += ']';
  }

  void escape() {
    if (at_ + 1 >= in_.size()) refuse("a backslash ends the pattern");
    if (!in_class()) atom_ = out_.size();
    const char c = in_[at_ + 1];
    if (c == 'p' || c == 'P') return property(c == 'P');
    const char lower = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const std::string members = members_of(lower);
    if (!members.empty()) {
      const bool negated = c != lower;
      at_ += 2;
      if (in_class() && negated && lower == 's')
        out_ += "\\P{White_Space}";
      else if (in_class() && negated && lower == 'd')
        out_ += "\\P{Nd}";
      else
        emit_members(members, negated);
      return;
    }
    out_ += '\\';
    out_ += c;
    at_ += 2;
  }

  // \p{L}, \p{^L}, \P{L}: with the later characters of the category where there are some.
  void property(bool negated) {
    const std::size_t end = in_.find('}', at_);
    if (in_.substr(at_ + 2, 1) != "{" || end == std::string_view::npos) {
      refuse("a property needs braces");
    }
    std::string_view name = in_.substr(at_ + 3, end - at_ - 3);
    if (name.substr(0, 1) == "^") {
      negated = !negated;
      name.remove_prefix(1);
    }
    at_ = end + 1;
    const std::string later = name.size() <= 2 ? later_ranges(name) : "";
    if (later.empty() || (negated && in_class())) {
      out_ += negated ? "\\P{" : "\\p{";
      out_ += name;
      out_ += '}';
      return;
    }
    emit_members("\\p{" + std::string(name) + "}" + later, negated);
  }

  // "(?m" is Ruby's name of dot-matches-newline.
  void open_group() {
    groups_.push_back(out_.size());
    out_ += '(';
    ++at_;
    if (!next_is("?")) return;
    std::size_t end = at_ + 1;
    while (end < in_.size() &&
           (std::isalpha(static_cast<unsigned char>(in_[end])) || in_[end] == '-')) {
      ++end;
    }
    const bool flags = end < in_.size() && end > at_ + 1 && (in_[end] == ':' || in_[end] == ')');
    if (!flags) return;
    for (; at_ < end; ++at_) out_ += in_[at_] == 'm' ? 's' : in_[at_];
  }

  // "{,n}" means {0,n}; "{n,m}+" repeats the repetition instead of making it possessive.
  void interval() {
    const std::size_t end = in_.find('}', at_);
    const std::string_view inside =
        end == std::string_view::npos ? "" : in_.substr(at_ + 1, end - at_ - 1);
    const bool counts = !inside.empty() && inside != "," &&
                        inside.find_first_not_of("0123456789,") == std::string_view::npos;
    if (!counts) {
      atom_ = out_.size();
      out_ += "\\{";
      ++at_;
      return;
    }
    out_ += inside[0] == ',' ? "{0" : "{";
    out_ += inside;
    out_ += '}';
    at_ = end + 1;
    if (next_is("+")) {
      out_.insert(atom_, "(?:");
      out_ += ")";
    }
  }

  std::string_view in_;
  std::string out_;
  std::size_t at_ = 0;
  std::size_t atom_ = 0;  // where in out_ the thing starts that a repetition would repeat
  std::vector<std::size_t> groups_;
  bool in_class_ = false;
};

}  // namespace

std::string translate_pattern(std::string_view pattern) { return Translator(pattern).run(); }

}  // namespace sightline::text
