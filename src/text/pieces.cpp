#include "text/pieces.h"

#include <algorithm>

namespace sightline::text {
namespace {

struct Cut {
  Span span;
  bool match;
};

// Matches and the stretches between them, in order.
std::vector<Cut> cuts_of(std::size_t size, const std::vector<Span>& matches, bool invert) {
  std::vector<Cut> cuts;
  cuts.reserve(matches.size() * 2 + 1);
  std::size_t at = 0;
  for (const Span& match : matches) {
    if (match.begin > at) cuts.push_back({{at, match.begin}, invert});
    cuts.push_back({match, !invert});
    at = match.end;
  }
  if (at < size) cuts.push_back({{at, size}, invert});
  return cuts;
}

// Joins a cut to the one before it where `join(cut, match before it)` says so.
template <class Join>
std::vector<Cut> join_cuts(const std::vector<Cut>& cuts, const Join& join) {
  std::vector<Cut> out;
  bool match_before = false;
  for (const Cut& cut : cuts) {
    if (join(cut.match, match_before) && !out.empty()) {
      out.back().span = {std::min(out.back().span.begin, cut.span.begin),
                         std::max(out.back().span.end, cut.span.end)};
    } else {
      out.push_back(cut);
    }
    match_before = cut.match;
  }
  return out;
}

}  // namespace

void split_at(const Piece& piece, const std::vector<Span>& matches, SplitBehavior behavior,
              bool invert, std::vector<Piece>& out) {
  std::vector<Cut> cuts = cuts_of(piece.text.size(), matches, invert);
  const auto lone_match = [](bool match, bool before) { return match && !before; };
  switch (behavior) {
    case SplitBehavior::kRemoved:
      std::erase_if(cuts, [](const Cut& cut) { return cut.match; });
      break;
    case SplitBehavior::kIsolated: break;
    case SplitBehavior::kContiguous:
      cuts = join_cuts(cuts, [](bool match, bool before) { return match == before; });
      break;
    case SplitBehavior::kMergedWithPrevious: cuts = join_cuts(cuts, lone_match); break;
    case SplitBehavior::kMergedWithNext:
      std::reverse(cuts.begin(), cuts.end());
      cuts = join_cuts(cuts, lone_match);
      std::reverse(cuts.begin(), cuts.end());
      break;
  }
  for (const Cut& cut : cuts) {
    if (cut.span.begin < cut.span.end) out.push_back(piece.part(cut.span.begin, cut.span.end));
  }
}

}  // namespace sightline::text
