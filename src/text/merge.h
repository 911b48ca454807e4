// The merge loop shared by all subword models.
#pragma once

#include <algorithm>

#include "text/subwords.h"

namespace sightline::text {

inline void add_symbol(MergeScratch& scratch, std::int32_t id, std::size_t begin,
                       std::size_t size) {
  const auto index = static_cast<std::int32_t>(scratch.symbols.size());
  if (index > 0) scratch.symbols.back().next = index;
  scratch.symbols.push_back(
      {id, index - 1, -1, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(size)});
}

// Merges neighbours while `find(left, right)` → MergeTable::Merge knows a merge for some pair:
// the lowest rank first, the leftmost of equals. O(n log n).
template <class Find>
void merge_symbols(MergeScratch& scratch, const Find& find) {
  auto& symbols = scratch.symbols;
  auto& queue = scratch.queue;
  const auto later = [](const Candidate& a, const Candidate& b) {
    return a.rank != b.rank ? a.rank > b.rank : a.position > b.position;
  };
  const auto at = [&](std::int32_t i) -> Symbol& { return symbols[static_cast<std::size_t>(i)]; };
  const auto consider = [&](std::int32_t left) {
    const auto merge = find(at(left), at(at(left).next));
    if (merge.id < 0) return false;
    queue.push_back({merge.rank, left, merge.id});
    return true;
  };
  queue.clear();
  const auto count = static_cast<std::int32_t>(symbols.size());
  for (std::int32_t left = 0; left + 1 < count; ++left) consider(left);
  std::make_heap(queue.begin(), queue.end(), later);
  while (!queue.empty()) {
    const Candidate top = queue.front();
    std::pop_heap(queue.begin(), queue.end(), later);
    queue.pop_back();
    Symbol& left = at(top.position);
    if (left.size == 0 || left.next < 0) continue;
    Symbol& right = at(left.next);
    if (find(left, right).id != top.id) continue;  // one of the two has changed since
    left.id = top.id;
    left.size += right.size;
    right.size = 0;
    left.next = right.next;
    if (left.next >= 0) {
      at(left.next).previous = top.position;
      if (consider(top.position)) std::push_heap(queue.begin(), queue.end(), later);
    }
    if (left.previous >= 0 && consider(left.previous)) {
      std::push_heap(queue.begin(), queue.end(), later);
    }
  }
}

}  // namespace sightline::text
