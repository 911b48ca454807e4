#include "base/alternatives.h"

namespace sightline {
namespace {

struct Braces {
  std::size_t open = std::string_view::npos;
  std::size_t close = std::string_view::npos;
};

// The first pair that holds a comma.
Braces first_braces(std::string_view text) {
  Braces found;
  bool quoted = false;
  bool comma = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (quoted) continue;
    if (text[i] == '{') {
      found.open = i;
      comma = false;
    }
    comma = comma || text[i] == ',';
    if (text[i] != '}' || found.open == std::string_view::npos) continue;
    if (comma) return {.open = found.open, .close = i};
    found.open = std::string_view::npos;
  }
  return {};
}

}  // namespace

std::vector<std::string> alternatives(std::string_view text) {
  const Braces braces = first_braces(text);
  if (braces.close == std::string_view::npos) return {std::string(text)};
  const std::string head(text.substr(0, braces.open));
  const std::vector<std::string> tails = alternatives(text.substr(braces.close + 1));
  std::vector<std::string> out;
  std::string one;
  bool quoted = false;
  for (std::size_t i = braces.open + 1; i <= braces.close; ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (i < braces.close && (quoted || text[i] != ',')) {
      one += text[i];
      continue;
    }
    for (const std::string& tail : tails) out.push_back(head + one + tail);
    one.clear();
  }
  return out;
}

}  // namespace sightline
