#include "evals/plain_text.h"

#include <algorithm>
#include <array>

#include "text/unicode.h"

namespace sightline {
namespace {

char32_t straight_quote(char32_t c) {
  if (c == 0x2018 || c == 0x2019) return U'\'';
  if (c == 0x201C || c == 0x201D) return U'"';
  return c;
}

bool starts_blank(std::string_view text) {
  return !text.empty() && text::is_whitespace(text::utf8_step(text, 0).value);
}

}  // namespace

bool is_blank(std::string_view text) { return trimmed(text).empty(); }

std::string_view trimmed(std::string_view text) {
  while (starts_blank(text)) text.remove_prefix(text::utf8_step(text, 0).size);
  while (!text.empty()) {
    const std::size_t last = text::previous_character(text, text.size());
    if (!starts_blank(text.substr(last))) break;
    text = text.substr(0, last);
  }
  return text;
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  for (std::size_t n = 0; n < count && end < text.size(); ++n) {
    end += text::utf8_step(text, end).size;
  }
  return text.substr(0, end);
}

bool reasons_in_tags(std::string_view answer) {
  constexpr std::array kSteps = {"<image_reading>", "<text_reading>", "<joint>"};
  return std::ranges::any_of(
      kSteps, [start = trimmed(answer)](const char* step) { return start.starts_with(step); });
}

std::string_view conclusion(std::string_view answer) {
  constexpr std::string_view kOpen = "<verdict>";
  const std::size_t open = answer.rfind(kOpen);
  if (open == std::string_view::npos) return reasons_in_tags(answer) ? "" : answer;
  answer.remove_prefix(open + kOpen.size());
  return answer.substr(0, answer.find("</verdict>"));
}

std::string lower_case(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const text::Utf8Step step = text::utf8_step(text, at);
    text::append_lower(step.value, out);
    at += step.size;
  }
  return out;
}

std::string normalise_basic(std::string_view text) {
  const std::string composed = text::normalise(text, text::NormalForm::kNfkc);
  std::string out;
  out.reserve(composed.size());
  bool after_space = false;
  for (std::size_t at = 0; at < composed.size();) {
    const text::Utf8Step step = text::utf8_step(composed, at);
    const bool space = text::is_whitespace(step.value);
    if (!space) text::append_utf8(straight_quote(step.value), out);
    if (space && !after_space) out += ' ';
    after_space = space;
    at += step.size;
  }
  return out;
}

}  // namespace sightline
