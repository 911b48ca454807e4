// Filters of one value; those over lists are in jinja_list_filters.cpp.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <map>

#include "sightline/format.h"
#include "text/jinja_filter_tables.h"
#include "text/jinja_text.h"

namespace sightline::jinja {
namespace {

// soft_str: text as it is, anything else as str() writes it.
std::string soft(Runtime& runtime, const Value& value, std::string_view what) {
  return value.is(Type::kString) ? runtime.plain(value, what) : runtime.str(value);
}

Value trim(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "trim", arguments, {"chars"});
  const bool given = bound.has(0) && !bound.at(0).is(Type::kNone);
  const std::string characters = given ? bound.text(0, "") : "";
  const std::string text = soft(rt, input, "trim");
  if (given && characters.empty()) return rt.text(text);
  return rt.text(std::string(strip(text, true, true, characters)));
}

Value upper_case(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "upper", arguments, {});
  return rt.text(upper(soft(rt, input, "upper")));
}

Value lower_case(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "lower", arguments, {});
  return rt.text(lower(soft(rt, input, "lower")));
}

Value capital(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "capitalize", arguments, {});
  return rt.text(capitalize(soft(rt, input, "capitalize")));
}

// jinja2's own title: words start after white space, hyphens and opening brackets.
Value title_case(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "title", arguments, {});
  const std::string text = soft(rt, input, "title");
  const auto separates = [](char32_t c) {
    return is_space(c) || c == '-' || c == '(' || c == '{' || c == '[' || c == '<';
  };
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const bool separator = separates(text::utf8_step(text, at).value);
    std::size_t end = at;
    while (end < text.size() && separates(text::utf8_step(text, end).value) == separator) {
      end += text::utf8_step(text, end).size;
    }
    const std::size_t first = text::utf8_step(text, at).size;
    out += upper(std::string_view(text).substr(at, first));
    out += lower(std::string_view(text).substr(at + first, end - at - first));
    at = end;
  }
  return rt.text(std::move(out));
}

Value length(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "length", arguments, {});
  return Value(rt.length(input));
}

Value fallback(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "default", arguments, {"default_value", "boolean"});
  const bool replaced = input.is(Type::kUndefined) || (bound.truth(1, false) && !rt.truth(input));
  if (!replaced) return input;
  return bound.has(0) ? bound.at(0) : Value("");
}

Value to_json(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "tojson", arguments, {"ensure_ascii", "indent", "separators", "sort_keys"});
  JsonStyle style;
  style.ascii = bound.truth(0, false);
  style.sort_keys = bound.truth(3, false);
  const Value indent = bound.or_none(1);
  if (indent.is(Type::kString)) {
    style.indent = indent.text();
  } else if (!indent.is(Type::kNone)) {
    const std::int64_t width = rt.integer(indent, "indent of tojson");
    style.indent =
        std::string(static_cast<std::size_t>(std::clamp<std::int64_t>(width, 0, 64)), ' ');
  }
  if (style.indent) style.between.assign(1, ',');
  if (const Value separators = bound.or_none(2); !separators.is(Type::kNone)) {
    const std::vector<Value> two = rt.items(separators);
    if (two.size() != 2) rt.error("separators of tojson should be two texts");
    style.between = rt.plain(two[0], "separators of tojson");
    style.after_key = rt.plain(two[1], "separators of tojson");
  }
  return Value(rt.json(input, style));
}

Value replace_text(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "replace", arguments, {"old", "new", "count"});
  const Value count = bound.or_none(2);
  const std::int64_t limit = count.is(Type::kNone) ? -1 : rt.integer(count, "count of replace");
  const std::string text = rt.str(input);
  const std::string from = rt.str(bound.at(0));
  const std::string to = rt.str(bound.at(1));
  check_replacement(rt, text, from, to);
  return rt.text(replace(text, from, to, limit));
}

Value indent(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "indent", arguments, {"width", "first", "blank"});
  std::string pad(4, ' ');
  if (bound.has(0) && bound.at(0).is(Type::kString)) {
    pad = bound.text(0, "");
  } else if (bound.has(0)) {
    pad.assign(static_cast<std::size_t>(std::clamp<std::int64_t>(bound.integer(0, 4), 0, 1000)),
               ' ');
  }
  const std::string text = rt.plain(input, "indent") + "\n";
  const bool blank = bound.truth(2, false);
  std::string out = bound.truth(1, false) ? pad : "";
  bool first = true;
  for (const std::string_view line : split_lines(text)) {
    if (!first) out += '\n';
    if (!first && (blank || !line.empty())) {
      rt.budget().step(1 + pad.size() / 64);
      out += pad;
    }
    out += line;
    first = false;
    if (out.size() > Budget::kMaxBytes) break;
  }
  return rt.text(std::move(out));
}

// Digits as Python's int() takes them; nothing when they are none.
std::optional<std::int64_t> parse_integer(Runtime& rt, std::string_view text, std::int64_t base) {
  std::string digits(strip(text, true, true));
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.erase(0, 1);
  if (digits.empty() || digits.front() == '_' || digits.back() == '_' ||
      digits.find("__") != std::string::npos) {
    return std::nullopt;
  }
  std::erase(digits, '_');
  if (base < 2 || base > 36) rt.unsupported(format("integers of base {}", base));
  std::int64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto result = std::from_chars(digits.data(), end, value, static_cast<int>(base));
  if (result.ptr != end || digits.front() == '-') return std::nullopt;
  if (result.ec == std::errc::result_out_of_range)
    rt.unsupported("an integer needs more than 64 bits");
  return negative ? -value : value;
}

std::optional<double> parse_real(std::string_view text) {
  std::string digits = lower(strip(text, true, true));
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.erase(0, 1);
  std::erase(digits, '_');
  if (digits.empty() || digits.front() == '-') return std::nullopt;
  double value = 0;
  const char* end = digits.data() + digits.size();
  const auto result = std::from_chars(digits.data(), end, value);
  if (result.ec == std::errc::invalid_argument || result.ptr != end) return std::nullopt;
  if (result.ec == std::errc::result_out_of_range)
    value = digits.find("e-") != std::string::npos ? 0 : HUGE_VAL;
  return negative ? -value : value;
}

Value whole(Runtime& rt, double value, const Value& otherwise) {
  if (!std::isfinite(value)) return otherwise;
  if (std::fabs(value) >= 0x1p63) rt.unsupported("an integer needs more than 64 bits");
  return Value(static_cast<std::int64_t>(value));
}

Value to_integer(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "int", arguments, {"default", "base"});
  const Value otherwise = bound.has(0) ? bound.at(0) : Value(std::int64_t{0});
  if (input.is_integral()) return Value(input.as_integer());
  if (input.is(Type::kFloat)) return whole(rt, input.real(), otherwise);
  if (input.is(Type::kUndefined)) rt.error("an undefined value is no integer");
  if (!input.is(Type::kString)) return otherwise;
  if (const auto value = parse_integer(rt, input.text(), bound.integer(1, 10)))
    return Value(*value);
  const std::optional<double> real = parse_real(input.text());
  return real ? whole(rt, *real, otherwise) : otherwise;
}

Value to_real(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "float", arguments, {"default"});
  const Value otherwise = bound.has(0) ? bound.at(0) : Value(0.0);
  if (input.is_number()) return Value(input.as_real());
  if (input.is(Type::kUndefined)) rt.error("an undefined value is no number");
  if (!input.is(Type::kString)) return otherwise;
  const std::optional<double> value = parse_real(input.text());
  return value ? Value(*value) : otherwise;
}

Value round_number(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "round", arguments, {"precision", "method"});
  const std::int64_t precision = bound.integer(0, 0);
  const std::string method = bound.text(1, "common");
  if (!input.is_number()) rt.error(format("round needs a number, found '{}'", name_of(input)));
  if (precision < 0 || precision > 15) rt.unsupported(format("rounding to {} digits", precision));
  if (method == "common") {
    if (input.is_integral()) return Value(input.as_integer());
    char buffer[400];
    std::snprintf(buffer, sizeof(buffer), "%.*f", static_cast<int>(precision), input.real());
    return Value(parse_real(buffer).value_or(input.real()));
  }
  if (method != "ceil" && method != "floor") rt.error(format("round has no method '{}'", method));
  const double scale = std::pow(10.0, static_cast<double>(precision));
  const double scaled = input.as_real() * scale;
  return Value((method == "ceil" ? std::ceil(scaled) : std::floor(scaled)) / scale);
}

Value absolute(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "abs", arguments, {});
  if (!input.is_number()) rt.error(format("abs needs a number, found '{}'", name_of(input)));
  if (input.is(Type::kFloat)) return Value(std::fabs(input.real()));
  return input.as_integer() < 0 ? rt.unary("-", input) : Value(input.as_integer());
}

Value mark_safe(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "safe", arguments, {});
  String text{std::make_shared<const std::string>(rt.str(input)), true};
  return Value(std::move(text));
}

Value as_text(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "string", arguments, {});
  return input.is(Type::kString) ? input : rt.text(rt.str(input));
}

const FilterTable kValueFilters = {{"abs", absolute},
                                   {"capitalize", capital},
                                   {"count", length},
                                   {"d", fallback},
                                   {"default", fallback},
                                   {"float", to_real},
                                   {"indent", indent},
                                   {"int", to_integer},
                                   {"length", length},
                                   {"lower", lower_case},
                                   {"replace", replace_text},
                                   {"round", round_number},
                                   {"safe", mark_safe},
                                   {"string", as_text},
                                   {"title", title_case},
                                   {"tojson", to_json},
                                   {"trim", trim},
                                   {"upper", upper_case}};

}  // namespace

void check_replacement(Runtime& runtime, const std::string& text, const std::string& from,
                       const std::string& to) {
  runtime.budget().step(1 + text.size() / 64);
  if (to.size() <= from.size()) return;
  const auto found = static_cast<std::uint64_t>(count(text, from));
  if (to.size() > Budget::kMaxBytes / (found + 1)) runtime.budget().allocate(Budget::kMaxBytes + 1);
}

Value apply_filter(Runtime& runtime, const std::string& name, const Value& input,
                   const Arguments& arguments) {
  for (const FilterTable* table : {&kValueFilters, &kListFilters}) {
    const auto found = table->find(name);
    if (found != table->end()) return found->second(runtime, input, arguments);
  }
  runtime.unsupported(format("the filter '{}' is not supported", name));
}

}  // namespace sightline::jinja
