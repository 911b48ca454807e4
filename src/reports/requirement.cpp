#include "reports/requirement.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

#include "base/near.h"
#include "evals/plain_text.h"
#include "sightline/error.h"
#include "text/unicode.h"

namespace sightline {
namespace {

constexpr std::array<std::string_view, 4> kComparisons = {"<=", ">=", "<", ">"};

class RequirementReader {
 public:
  explicit RequirementReader(std::string_view text) : text_(text) { out_.text = text; }

  Requirement read() {
    read_bound();
    out_.metric = take_name();
    if (accept("[")) read_selectors();
    if (out_.bound != Bound::kValue && !accept(")")) complain("')'");
    read_comparison();
    read_limit();
    return std::move(out_);
  }

 private:
  void read_bound() {
    if (accept("upper(")) out_.bound = Bound::kUpper;
    if (accept("lower(")) out_.bound = Bound::kLower;
  }

  std::string take_name() {
    const std::size_t end = name_end();
    const std::string_view name = trimmed(text_.substr(at_, end - at_));
    if (name.empty()) complain("the name of a metric");
    at_ = end;
    return std::string(name);
  }

  // A metric of a run that was judged again is called METRIC@JUDGE: the judge's options stand in
  // parentheses, and what is inside those ends no name.
  std::size_t name_end() const {
    const std::size_t plain = std::min(text_.find_first_of("@[]()<>=", at_), text_.size());
    if (plain == text_.size() || text_[plain] != '@') return plain;
    int depth = 0;
    bool quoted = false;
    for (std::size_t end = plain; end < text_.size(); ++end) {
      const char c = text_[end];
      const bool ends = std::string_view("[])<>=").find(c) != std::string_view::npos;
      if (depth == 0 && ends) return end;
      if (depth > 0 && c == '"') quoted = !quoted;
      if (!quoted && (c == '(' || c == ')')) depth += c == '(' ? 1 : -1;
    }
    if (depth != 0) complain("')' behind the judge's options");
    return text_.size();
  }

  void read_selectors() {
    const std::map<std::string, std::string*> selectors = {
        {"benchmark", &out_.benchmark}, {"defence", &out_.defence}, {"scenario", &out_.scenario}};
    do {
      const std::size_t equals = text_.find('=', at_);
      if (equals == std::string_view::npos) complain("key=value");
      const std::string key(trimmed(text_.substr(at_, equals - at_)));
      const auto found = selectors.find(key);
      if (found == selectors.end()) {
        fail_with_hint(ErrorKind::kUsage, "select by benchmark, defence or scenario",
                       "requirement '{}': unknown selector '{}'", text_, key);
      }
      at_ = equals + 1;
      *found->second = take_value();
    } while (accept(","));
    if (!accept("]")) complain("',' or ']'");
  }

  // Up to a comma or bracket outside quotes and parentheses: defences have both.
  std::string take_value() {
    if (accept("\"")) {
      const std::size_t end = text_.find('"', at_);
      if (end == std::string_view::npos) complain("a closing quote");
      const std::string value(text_.substr(at_, end - at_));
      at_ = end + 1;
      return value;
    }
    int depth = 0;
    std::size_t end = at_;
    for (; end < text_.size(); ++end) {
      const char c = text_[end];
      if (depth == 0 && (c == ',' || c == ']')) break;
      if (c == '(' || c == ')') depth += c == '(' ? 1 : -1;
    }
    const std::string value(trimmed(text_.substr(at_, end - at_)));
    if (value.empty()) complain("a value");
    at_ = end;
    return value;
  }

  void read_comparison() {
    for (const std::string_view comparison : kComparisons) {
      if (!accept(comparison)) continue;
      out_.comparison = comparison;
      return;
    }
    complain("<=, <, >= or >");
  }

  void read_limit() {
    std::string_view number = trimmed(text_.substr(at_));
    const bool percent = number.ends_with('%');
    if (percent) number = trimmed(number.substr(0, number.size() - 1));
    const auto [end, error] =
        std::from_chars(number.data(), number.data() + number.size(), out_.limit);
    const bool whole = error == std::errc() && end == number.data() + number.size();
    if (number.empty() || !whole || !std::isfinite(out_.limit)) complain("a number");
    if (percent) out_.limit /= 100;
  }

  bool accept(std::string_view token) {
    const std::string_view rest = trimmed(text_.substr(at_));
    if (!rest.starts_with(token)) return false;
    at_ = static_cast<std::size_t>(rest.data() - text_.data()) + token.size();
    return true;
  }

  [[noreturn]] void complain(const std::string& wanted) const {
    fail_with_hint(ErrorKind::kUsage,
                   "write METRIC[defence=…,scenario=…] OP VALUE, such as 'unsafe_rate<=0.05'",
                   "requirement '{}': wanted {} at column {}", text_, wanted, at_ + 1);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Requirement out_;
};

}  // namespace

bool Requirement::holds(double value) const {
  if (comparison == "<=") return value <= limit;
  if (comparison == "<") return value < limit;
  if (comparison == ">=") return value >= limit;
  return value > limit;
}

Requirement parse_requirement(std::string_view text) {
  return RequirementReader(text::repair_utf8(text)).read();
}

}  // namespace sightline
