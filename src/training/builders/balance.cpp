#include "training/builders/balance.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace sightline {

double mutual_information_bits(const std::vector<std::pair<std::string, bool>>& labelled) {
  std::map<std::string, std::array<double, 2>> joint;
  std::array<double, 2> labels = {0, 0};
  for (const auto& [value, label] : labelled) {
    joint[value][label ? 1 : 0] += 1;
    labels[label ? 1 : 0] += 1;
  }
  const auto n = static_cast<double>(labelled.size());
  double bits = 0;
  for (const auto& [value, counts] : joint) {
    const double value_count = counts[0] + counts[1];
    for (std::size_t label = 0; label < 2; ++label) {
      if (counts[label] == 0) continue;
      bits += counts[label] / n * std::log2(counts[label] * n / (value_count * labels[label]));
    }
  }
  return std::max(bits, 0.0);
}

}  // namespace sightline
