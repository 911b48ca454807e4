#include "interchange/python_values.h"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace sightline {
namespace {

constexpr std::size_t kMaxLineBytes = std::size_t{128} << 20;

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// The bare constant that `text` starts with; empty when there is none.
std::string_view constant_at(std::string_view text) {
  for (const std::string_view name : {"NaN", "Infinity", "-Infinity"}) {
    if (text.starts_with(name) && (text.size() == name.size() || !is_word(text[name.size()]))) {
      return name;
    }
  }
  return {};
}

std::string without_constants(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\' && i + 1 < text.size()) {
      out += text.substr(i++, 2);
      continue;
    }
    if (c == '"') quoted = !quoted;
    const bool may_start = !quoted && (c == 'N' || c == 'I' || c == '-');
    const std::string_view constant = may_start ? constant_at(text.substr(i)) : "";
    if (constant.empty()) {
      out += c;
    } else {
      out += "null";
      i += constant.size() - 1;
    }
  }
  return out;
}

void skip_spaces(std::string_view text, std::size_t& at) {
  while (at < text.size() && std::string_view(" \t\r\n").find(text[at]) != std::string_view::npos) {
    ++at;
  }
}

// A quoted text that starts at `at`, which moves behind it.
std::optional<std::string> quoted_text(std::string_view text, std::size_t& at) {
  if (at >= text.size() || (text[at] != '\'' && text[at] != '"')) return std::nullopt;
  const char quote = text[at++];
  std::string out;
  for (; at < text.size() && text[at] != quote; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) {
      ++at;
      out += text[at] == 'n' ? '\n' : text[at] == 't' ? '\t' : text[at];
    } else {
      out += text[at];
    }
  }
  if (at >= text.size()) return std::nullopt;
  ++at;
  return out;
}

}  // namespace

Json parse_python_json(std::string_view text, std::string_view origin) {
  const bool plain =
      text.find("NaN") == std::string_view::npos && text.find("Infinity") == std::string_view::npos;
  return plain ? parse_json(text, origin) : parse_json(without_constants(text), origin);
}

void for_each_python_json_line(
    const std::filesystem::path& file,
    const std::function<void(const Json& json, const std::string& origin)>& take) {
  std::ifstream in(file, std::ios::binary);
  if (!in) fail(ErrorKind::kNotFound, "cannot open '{}': {}", file.string(), std::strerror(errno));
  std::string line;
  for (std::size_t number = 1;; ++number) {
    line.clear();
    for (int c = in.get(); c != std::ifstream::traits_type::eof() && c != '\n'; c = in.get()) {
      if (line.size() >= kMaxLineBytes) {
        fail(ErrorKind::kBadFile, "{}, line {} is longer than {} bytes", file.string(), number,
             kMaxLineBytes);
      }
      line += static_cast<char>(c);
    }
    if (line.find_first_not_of(" \t\r\xEF\xBB\xBF") != std::string::npos) {
      const std::string origin = format("{}, line {}", file.string(), number);
      const Json json = parse_python_json(line, origin);
      if (!json.is_object()) fail(ErrorKind::kBadFile, "{}: no JSON object", origin);
      take(json, origin);
    }
    if (!in) return;
  }
}

std::optional<std::vector<std::string>> python_list(std::string_view text) {
  std::size_t at = 0;
  skip_spaces(text, at);
  if (at >= text.size() || text[at] != '[') return std::nullopt;
  ++at;
  std::vector<std::string> out;
  for (skip_spaces(text, at); at < text.size() && text[at] != ']'; skip_spaces(text, at)) {
    auto element = quoted_text(text, at);
    if (!element) return std::nullopt;
    out.push_back(std::move(*element));
    skip_spaces(text, at);
    if (at < text.size() && text[at] == ',') {
      ++at;
    } else if (at >= text.size() || text[at] != ']') {
      return std::nullopt;
    }
  }
  if (at >= text.size()) return std::nullopt;
  ++at;
  skip_spaces(text, at);
  if (at != text.size()) return std::nullopt;
  return out;
}

std::string scalar_text(const Json& value) {
  if (value.is_null()) return "";
  return value.is_string() ? value.get<std::string>() : dump_json(value);
}

std::string text_at(const Json& object, const char* key) {
  if (!object.is_object()) return "";
  const auto found = object.find(key);
  return found == object.end() ? "" : scalar_text(*found);
}

}  // namespace sightline
