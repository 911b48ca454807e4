// Text on its way through a tokenizer: cut into pieces, rewritten, some of them already tokens.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "text/regex.h"

namespace sightline::text {

// A view into the input or into a TextArena.
struct Piece {
  std::string_view text;
  std::int32_t token = -1;  // ≥ 0: an added token, not to be cut further
  // How many leading bytes stem from the very first character of the input. "prepend_scheme: first"
  // asks for it: a piece that has lost them does not count as the first one.
  std::size_t origin = 0;

  // REQUIRES: begin ≤ end ≤ text.size().
  Piece part(std::size_t begin, std::size_t end) const {
    return {text.substr(begin, end - begin), -1, origin > begin ? origin - begin : 0};
  }
};

// Owns rewritten texts for the length of one encode call; views stay valid.
class TextArena {
 public:
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

 private:
  std::deque<std::string> texts_;
};

// What becomes of the matches when a piece is split at them.
enum class SplitBehavior { kRemoved, kIsolated, kMergedWithPrevious, kMergedWithNext, kContiguous };

// Cuts `piece` at `matches` (ascending, disjoint) and appends what is not empty to `out`.
void split_at(const Piece& piece, const std::vector<Span>& matches, SplitBehavior behavior,
              bool invert, std::vector<Piece>& out);

}  // namespace sightline::text
