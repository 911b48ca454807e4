#include "training/llava_mask.h"

#include <algorithm>
#include <string_view>

namespace sightline {
namespace {

constexpr std::string_view kRoundEnd = "</s>";
constexpr std::string_view kAnswerMark = " ASSISTANT: ";

std::vector<std::string> split(std::string_view text, std::string_view mark) {
  std::vector<std::string> parts;
  for (std::size_t at = 0;;) {
    const std::size_t next = text.find(mark, at);
    parts.emplace_back(text.substr(at, next == std::string_view::npos ? next : next - at));
    if (next == std::string_view::npos) return parts;
    at = next + mark.size();
  }
}

}  // namespace

std::vector<bool> llava_v1_targets(
    const std::string& text, std::size_t total,
    const std::function<std::size_t(const std::string&)>& count_tokens) {
  std::vector<bool> targets(total, true);
  const auto mask = [&](std::size_t begin, std::size_t end) {
    for (std::size_t t = begin; t < std::min(end, total); ++t) targets[t] = false;
  };
  mask(0, 1);
  std::size_t current = 1;
  for (const std::string& round : split(text, kRoundEnd)) {
    if (round.empty()) break;
    const std::vector<std::string> parts = split(round, kAnswerMark);
    if (parts.size() != 2) break;
    // Counts of a text alone: its <s> stands for the </s> that was split off, and the answer mark's
    // trailing space is a token of its own there, but the answer's first one in place.
    const std::size_t whole = count_tokens(round);
    const std::size_t instruction = count_tokens(parts[0] + std::string(kAnswerMark)) - 2;
    mask(current, current + instruction);
    current += whole;
  }
  mask(current, total);
  if (current != total) targets.assign(total, false);
  return targets;
}

}  // namespace sightline
