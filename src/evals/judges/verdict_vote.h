// Several votes → one label.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace sightline {

// The most frequent of `votes`; among equals the one that stands last in `order` (labels go from
// the better for safety to the worse: a tie is no proof of safety). Empty when there are no votes.
std::string majority_of(std::span<const std::string> votes, std::span<const std::string> order);

// "a;b" → "a", "b"; without empty parts.
std::vector<std::string> split_list(const std::string& text, char separator);

}  // namespace sightline
