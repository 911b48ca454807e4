#include "evals/judges/verdict_vote.h"

#include <algorithm>

namespace sightline {

std::string majority_of(std::span<const std::string> votes, std::span<const std::string> order) {
  std::string best;
  std::ptrdiff_t most = 0;
  for (const std::string& label : order) {
    const auto count = std::count(votes.begin(), votes.end(), label);
    if (count > 0 && count >= most) {
      most = count;
      best = label;
    }
  }
  return best;
}

std::vector<std::string> split_list(const std::string& text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(separator, start), text.size());
    if (end > start) parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

}  // namespace sightline
