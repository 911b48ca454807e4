#include "sightline/format.h"

#include <fmt/format.h>

#include "sightline/error.h"

namespace sightline {

std::string to_text(bool value) { return value ? "true" : "false"; }
std::string to_text(std::int64_t value) { return fmt::format("{}", value); }
std::string to_text(std::uint64_t value) { return fmt::format("{}", value); }
std::string to_text(double value) { return fmt::format("{}", value); }

std::string format_texts(std::string_view pattern, std::span<const std::string> texts) {
  std::string out;
  out.reserve(pattern.size() + 16 * texts.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    const bool doubled = i + 1 < pattern.size() && pattern[i + 1] == c;
    if ((c == '{' || c == '}') && doubled) {
      out += c;
      ++i;
    } else if (c == '{' && i + 1 < pattern.size() && pattern[i + 1] == '}') {
      if (next == texts.size()) {
        throw Error(ErrorKind::kInternal, "too few arguments for '" + std::string(pattern) + "'");
      }
      out += texts[next++];
      ++i;
    } else {
      out += c;
    }
  }
  if (next != texts.size()) {
    throw Error(ErrorKind::kInternal, "too many arguments for '" + std::string(pattern) + "'");
  }
  return out;
}

}  // namespace sightline
