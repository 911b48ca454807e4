#include "text/added_tokens.h"

#include <algorithm>

#include "sightline/error.h"
#include "text/unicode.h"

namespace sightline::text {

AddedTokenFinder::AddedTokenFinder() : nodes_(1), roots_(256, -1) {}

std::int32_t AddedTokenFinder::child_of(std::int32_t node, char byte) const {
  if (node == 0) return roots_[static_cast<unsigned char>(byte)];
  std::int32_t child = nodes_[static_cast<std::size_t>(node)].first_child;
  while (child >= 0 && nodes_[static_cast<std::size_t>(child)].byte != byte) {
    child = nodes_[static_cast<std::size_t>(child)].sibling;
  }
  return child;
}

void AddedTokenFinder::add(std::string_view content, const AddedToken& token,
                           std::string_view origin) {
  if (content.empty()) return;
  if (content.size() > kMaxTokenBytes) {
    fail(ErrorKind::kUnsupported, "{}: added token {} has {} bytes, at most {} are supported",
         origin, token.id, content.size(), kMaxTokenBytes);
  }
  std::int32_t node = 0;
  for (const char byte : content) {
    std::int32_t child = child_of(node, byte);
    if (child < 0) {
      child = static_cast<std::int32_t>(nodes_.size());
      Node fresh;
      fresh.byte = byte;
      if (node == 0) {
        roots_[static_cast<unsigned char>(byte)] = child;
      } else {
        std::int32_t& first = nodes_[static_cast<std::size_t>(node)].first_child;
        fresh.sibling = first;
        first = child;
      }
      nodes_.push_back(fresh);
    }
    node = child;
  }
  std::int32_t& rule = nodes_[static_cast<std::size_t>(node)].rule;
  rule = static_cast<std::int32_t>(rules_.size());
  rules_.push_back({token.id, token.left_strip, token.right_strip, token.single_word});
}

AddedTokenFinder::Match AddedTokenFinder::find_from(std::string_view text, std::size_t at) const {
  for (; at < text.size(); ++at) {
    std::int32_t node = roots_[static_cast<unsigned char>(text[at])];
    Match best{at, at, -1};
    for (std::size_t end = at + 1; node >= 0; ++end) {
      const std::int32_t rule = nodes_[static_cast<std::size_t>(node)].rule;
      if (rule >= 0) best = {at, end, rule};
      if (end == text.size()) break;
      node = child_of(node, text[end]);
    }
    if (best.rule >= 0) return best;
  }
  return {text.size(), text.size(), -1};
}

void AddedTokenFinder::split(const Piece& piece, std::vector<Piece>& out) const {
  const std::string_view text = piece.text;
  std::size_t done = 0;
  const auto add = [&](std::size_t begin, std::size_t end, std::int32_t token) {
    if (begin >= end) return;
    out.push_back(piece.part(begin, end));
    out.back().token = token;
  };
  for (Match match = find_from(text, 0); match.rule >= 0; match = find_from(text, match.end)) {
    const Rule& rule = rules_[static_cast<std::size_t>(match.rule)];
    std::size_t begin = match.begin;
    std::size_t end = match.end;
    if (rule.single_word) {
      const bool word_before =
          begin > 0 && is_word(utf8_step(text, previous_character(text, begin)).value);
      const bool word_after = end < text.size() && is_word(utf8_step(text, end).value);
      if (word_before || word_after) continue;
    }
    while (rule.left_strip && begin > done) {
      const std::size_t before = previous_character(text, begin);
      if (!is_whitespace(utf8_step(text, before).value)) break;
      begin = before;
    }
    while (rule.right_strip && end < text.size() && is_whitespace(utf8_step(text, end).value)) {
      end += utf8_step(text, end).size;
    }
    begin = std::max(begin, rule.left_strip ? done : begin);
    add(done, begin, -1);
    add(begin, end, rule.id);
    done = end;
  }
  add(done, text.size(), -1);
}

}  // namespace sightline::text
