#include "evals/judges/reply_parser.h"

#include <algorithm>
#include <charconv>

#include "evals/plain_text.h"
#include "text/unicode.h"

namespace sightline {
namespace {

constexpr std::size_t kMaxReplyBytes = std::size_t{1} << 20;

std::string one_of(const Json& policy, const char* key, const std::string& origin,
                   std::initializer_list<const char*> choices) {
  const auto value = json_get_or<std::string>(policy, key, origin, *choices.begin());
  if (std::find(choices.begin(), choices.end(), value) == choices.end()) {
    detail::json_wrong(origin, key, value, "one of the documented words");
  }
  return value;
}

std::optional<double> number_of(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? std::optional(value) : std::nullopt;
}

std::string plain(std::string_view text) {
  return text::normalise(text::repair_utf8(text), text::NormalForm::kNfkc);
}

}  // namespace

std::string reply_form(std::string_view text) {
  return std::string(trimmed(lower_case(plain(text))));
}

ReplyField::ReplyField(const Json& policy, const std::string& origin) {
  const Json pattern = json_get<Json>(policy, "pattern", origin);
  for (const Json& one : pattern.is_array() ? pattern : Json::array({pattern})) {
    if (!one.is_string()) detail::json_wrong(origin, "pattern", one, "a text or a list of texts");
    patterns_.emplace_back(one.get<std::string>());
  }
  first_ = one_of(policy, "pick", origin, {"last", "first"}) == "first";
  refuse_multiple_ = one_of(policy, "on_multiple", origin, {"pick", "ambiguous"}) == "ambiguous";
  clamp_ = one_of(policy, "on_out_of_range", origin, {"ambiguous", "clamp"}) == "clamp";
  if (policy.contains("range")) {
    const Json& range = policy.at("range");
    if (!range.is_array() || range.size() != 2 || !range[0].is_number() || !range[1].is_number()) {
      detail::json_wrong(origin, "range", range, "two numbers");
    }
    range_ = {range[0].get<double>(), range[1].get<double>()};
  }
  const Json values = json_get_or<Json>(policy, "values", origin, Json::object());
  for (const auto& [word, value] : values.items()) {
    if (!value.is_string()) detail::json_wrong(origin, "values", value, "texts");
    values_[word] = value.get<std::string>();
  }
  const auto missing = json_get_or<std::string>(policy, "on_missing", origin, "ambiguous");
  if (missing != "ambiguous") missing_ = missing;
}

ReplyValue ReplyField::read(std::string_view reply) const {
  // A judge's words end long before; what goes on and on is not searched for ever.
  const std::string text = plain(reply.substr(0, kMaxReplyBytes));
  for (const text::Regex& pattern : patterns_) {
    std::vector<std::string> found;
    pattern.for_each_group(text, [&](text::Span span) {
      found.push_back(reply_form(std::string_view(text).substr(span.begin, span.end - span.begin)));
    });
    if (found.empty()) continue;
    const bool differ = std::any_of(found.begin(), found.end(),
                                    [&](const std::string& one) { return one != found.front(); });
    if (refuse_multiple_ && differ) {
      return {.problem = "says '" + found.front() + "' and '" + found.back() + "'", .text = ""};
    }
    return value_of(first_ ? found.front() : found.back());
  }
  if (missing_) return value_of(*missing_);
  return {.problem = "holds no verdict in the wanted form", .text = ""};
}

ReplyValue ReplyField::value_of(std::string text) const {
  if (!values_.empty()) {
    const auto known = values_.find(text);
    if (known == values_.end()) return {.problem = "says '" + text + "'", .text = ""};
    text = known->second;
  }
  ReplyValue out{.problem = "", .text = text, .number = number_of(text)};
  if (!range_) return out;
  const auto [low, high] = *range_;
  const bool inside = out.number && *out.number >= low && *out.number <= high;
  if (inside) return out;
  if (!out.number || !clamp_) {
    return {.problem = format("says '{}', wanted {} to {}", text, low, high), .text = ""};
  }
  out.number = std::clamp(*out.number, low, high);
  out.text = to_text(*out.number);
  return out;
}

}  // namespace sightline
