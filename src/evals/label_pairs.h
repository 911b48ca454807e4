// What two judges said of the same answers, as the measures of agreement take it.
//
//   LabelPairs pairs;
//   pairs.add("comply", "unsafe");                      // they agree: harm was done
//   cohen_kappa(pairs.table());
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "evals/statistics/agreement.h"

namespace sightline {

// One rule for every pair of judges: the two words for harm are one label and so are the two for
// none (common_label); any other label, such as "partial", agrees with itself alone.
class LabelPairs {
 public:
  void add(const std::string& one, const std::string& other, std::int64_t answers = 1);

  std::int64_t n() const;
  std::int64_t agreed() const;

  // [label of the one][label of the other], over the labels that either gave.
  RatingTable table() const;

 private:
  std::map<std::pair<std::string, std::string>, std::int64_t> counts_;
};

}  // namespace sightline
