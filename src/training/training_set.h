// All samples of a run in memory: read, encoded, checked, and what was left out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/bundle.h"
#include "training/recipe.h"
#include "training/record.h"
#include "training/sample.h"

namespace sightline {

struct TrainingSet {
  std::vector<TrainingSample> samples;
  std::int64_t group = 1;  // samples of one item: dpo has the chosen and the rejected one
  std::vector<std::int64_t> lengths;  // of each item, for the sampler: words, negative without
                                      // picture
  RejectedRecords rejected;
  std::string data_sha256;  // of the data files

  std::int64_t items() const { return static_cast<std::int64_t>(samples.size()) / group; }
};

// Throws Error: as read_training_records; kBadFile when more than the recipe's share of the records
// cannot be used, with the reasons, or none can.
TrainingSet load_training_set(const Recipe& recipe, const Bundle& bundle);

}  // namespace sightline
