#include "evals/label_pairs.h"

#include <iterator>
#include <set>

#include "evals/labels.h"

namespace sightline {

void LabelPairs::add(const std::string& one, const std::string& other, std::int64_t answers) {
  if (answers > 0) counts_[{common_label(one), common_label(other)}] += answers;
}

std::int64_t LabelPairs::n() const {
  std::int64_t sum = 0;
  for (const auto& [pair, count] : counts_) sum += count;
  return sum;
}

std::int64_t LabelPairs::agreed() const {
  std::int64_t sum = 0;
  for (const auto& [pair, count] : counts_) sum += pair.first == pair.second ? count : 0;
  return sum;
}

RatingTable LabelPairs::table() const {
  std::set<std::string> labels;
  for (const auto& [pair, count] : counts_) labels.insert({pair.first, pair.second});
  const auto place = [&labels](const std::string& label) {
    return static_cast<std::size_t>(std::distance(labels.begin(), labels.find(label)));
  };
  RatingTable table(labels.size(), std::vector<std::int64_t>(labels.size()));
  for (const auto& [pair, count] : counts_) table[place(pair.first)][place(pair.second)] = count;
  return table;
}

}  // namespace sightline
