#include "base/options.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "base/near.h"

namespace sightline {
namespace {

constexpr double kLargestExactInteger = 9007199254740992.0;  // 2^53: beyond, doubles skip some

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && std::isfinite(value) ? std::optional<double>(value) : std::nullopt;
}

[[noreturn]] void refuse(const OptionSpec& spec, const Json& given, std::string_view owner,
                         std::string_view wanted) {
  fail_with_hint(ErrorKind::kUsage, spec.name + ": " + spec.help,
                 "{}: option '{}' should be {}, found {}", owner, spec.name, wanted,
                 dump_json(given));
}

// `given` in the JSON type of the default, or nothing.
std::optional<Json> converted(const OptionSpec& spec, const Json& given) {
  const Json& wanted = spec.default_value;
  if (wanted.is_null()) return given;
  if (wanted.is_boolean()) {
    if (given.is_boolean()) return given;
    if (given == "true" || given == "false") return Json(given == "true");
    return std::nullopt;
  }
  if (wanted.is_number()) {
    std::optional<double> value;
    if (given.is_number()) value = given.get<double>();
    if (given.is_string()) value = number_of(given.get_ref<const std::string&>());
    if (!value) return std::nullopt;
    if (!wanted.is_number_integer()) return Json(*value);
    if (std::abs(*value) > kLargestExactInteger) return std::nullopt;
    const auto whole = static_cast<std::int64_t>(*value);
    return static_cast<double>(whole) == *value ? std::optional<Json>(whole) : std::nullopt;
  }
  if (wanted.is_string()) {
    return given.is_string() ? given : Json(dump_json(given));
  }
  return given.type() == wanted.type() ? std::optional<Json>(given) : std::nullopt;
}

Json checked(const OptionSpec& spec, const Json& given, std::string_view owner) {
  const std::optional<Json> value = converted(spec, given);
  if (!value) refuse(spec, given, owner, "of type " + std::string(spec.default_value.type_name()));
  if (value->is_number()) {
    const double number = value->get<double>();
    if (spec.minimum && !(number >= *spec.minimum)) {
      refuse(spec, given, owner, format("at least {}", *spec.minimum));
    }
    if (spec.maximum && !(number <= *spec.maximum)) {
      refuse(spec, given, owner, format("at most {}", *spec.maximum));
    }
  }
  if (value->is_string() && !spec.choices.empty() &&
      std::find(spec.choices.begin(), spec.choices.end(), *value) == spec.choices.end()) {
    refuse(spec, given, owner, "one of " + to_text(spec.choices));
  }
  return *value;
}

// Cursor over "name(key=value,…)+…".
class SpecReader {
 public:
  explicit SpecReader(std::string_view text) : text_(text) {}

  std::vector<NamedSpec> read() {
    std::vector<NamedSpec> specs;
    do {
      specs.push_back(read_one());
    } while (accept('+'));
    if (at_ < text_.size()) complain("'+' or the end");
    return specs;
  }

 private:
  NamedSpec read_one() {
    NamedSpec spec{.name = read_name()};
    if (!accept('(') || accept(')')) return spec;
    if (holds_one_bare_value()) {
      spec.options[""] = read_value();
      if (!accept(')')) complain("')'");
      return spec;
    }
    do {
      const std::string key = read_name();
      if (!accept('=')) complain("'=' after option '" + key + "'");
      if (!spec.options.emplace(key, read_value()).second) complain("each option once");
    } while (accept(','));
    if (!accept(')')) complain("',' or ')'");
    return spec;
  }

  // name(value): the value of its first option.
  bool holds_one_bare_value() const {
    const std::size_t end = text_.find_first_of("=,)", at_);
    return end != std::string_view::npos && text_[end] == ')';
  }

  std::string read_name() {
    skip_space();
    const std::size_t start = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 ||
                                  text_[at_] == '_' || text_[at_] == '-')) {
      ++at_;
    }
    if (at_ == start) complain("a name");
    return std::string(text_.substr(start, at_ - start));
  }

  std::string read_value() {
    skip_space();
    if (accept('"')) {
      const std::size_t end = text_.find('"', at_);
      if (end == std::string_view::npos) complain("a closing quote");
      std::string value(text_.substr(at_, end - at_));
      at_ = end + 1;
      return value;
    }
    const std::size_t end = std::min(text_.find_first_of(",)+", at_), text_.size());
    std::string value(text_.substr(at_, end - at_));
    at_ = end;
    while (!value.empty() && value.back() == ' ') value.pop_back();
    return value;
  }

  void skip_space() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  bool accept(char c) {
    skip_space();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  [[noreturn]] void complain(const std::string& wanted) {
    fail_with_hint(ErrorKind::kUsage,
                   "write name(key=value,key=value)+name, quotes around odd values",
                   "'{}', column {}: wanted {}", text_, at_ + 1, wanted);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Json complete_options(const OptionTable& table, const Json& all, std::string_view owner) {
  Json given = all;
  if (const auto bare = given.find(""); bare != given.end() && !table.empty()) {
    given[table.front().name] = *bare;
    given.erase("");
  }
  Json out = Json::object();
  std::vector<std::string> names;
  for (const OptionSpec& spec : table) {
    names.push_back(spec.name);
    out[spec.name] =
        given.contains(spec.name) ? checked(spec, given.at(spec.name), owner) : spec.default_value;
  }
  for (const auto& [key, value] : given.items()) {
    if (out.contains(key)) continue;
    const std::string hint =
        names.empty() ? std::string(owner) + " takes no options" : near_names_hint(key, names);
    fail_with_hint(ErrorKind::kUsage, hint, "{}: unknown option '{}'", owner, key);
  }
  return out;
}

std::vector<NamedSpec> parse_specs(std::string_view text) { return SpecReader(text).read(); }

std::string spec_text(const NamedSpec& spec) {
  if (spec.options.empty()) return spec.name;
  std::string out = spec.name + "(";
  for (const auto& [key, value] : spec.options.items()) {
    const std::string text = value.is_string() ? value.get<std::string>() : dump_json(value);
    const bool plain = text.find_first_of(",)+ ") == std::string::npos && !text.starts_with('"');
    if (out.back() != '(') out += ",";
    out += (key.empty() ? "" : key + "=") + (plain ? text : "\"" + text + "\"");
  }
  return out + ")";
}

std::vector<int> parse_index_list(std::string_view text, int count, std::string_view what) {
  const auto refuse_list = [&]() {
    fail_with_hint(ErrorKind::kUsage, "write all, 20, -1, 4:8 or a comma list of them",
                   "{}: '{}' does not name indices below {}", what, text, count);
  };
  const auto index_of = [&](std::string_view part, int empty_value) {
    if (part.empty()) return empty_value;
    int value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (error != std::errc() || end != part.data() + part.size()) refuse_list();
    return value < 0 ? value + count : value;
  };
  std::set<int> indices;
  std::size_t start = 0;
  while (start <= text.size()) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    const std::string_view part = text.substr(start, end - start);
    start = end + 1;
    const std::size_t colon = part.find(':');
    const bool every = part == "all" || part == "*";
    if (part.empty()) refuse_list();
    const int first = every ? 0 : index_of(part.substr(0, colon), 0);
    const int last = every                             ? count
                     : colon == std::string_view::npos ? first + 1
                                                       : index_of(part.substr(colon + 1), count);
    if (first < 0 || last > count || first >= last) refuse_list();
    for (int i = first; i < last; ++i) indices.insert(i);
  }
  return {indices.begin(), indices.end()};
}

}  // namespace sightline
