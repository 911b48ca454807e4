// What is measured of a model while it learns, and what follows from it: which checkpoint is the
// best, and when to give up.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace sightline {

// A share of the answers with its interval.
struct WatchedMetric {
  std::string name;             // "over_refusal"
  std::optional<double> value;  // absent when nothing could be judged
  double low = 0;
  double high = 0;
  std::int64_t n = 0;
  bool lower_is_better = true;
};

struct Evaluation {
  std::int64_t update = 0;  // updates done; 0: before training
  std::vector<WatchedMetric> metrics;

  std::optional<double> value(std::string_view metric) const;
};

Json evaluation_json(const Evaluation& evaluation);
Evaluation evaluation_of(const Json& json, const std::string& origin);  // throws Error{kBadFile}

// For a rate that should be low, the limits of docs/design/0004, between the model before training
// and a checkpoint; a number that should be high has none: it weighs both kinds of error itself.
struct BestRule {
  std::string metric = "unsafe_rate_picture";
  double max_over_refusal_rise = 0.03;
  double max_accuracy_drop = 0.01;

  std::string text(const Evaluation& best) const;
};

// Of `evaluations`, in the order of their updates and the first before training, the one with the
// best `rule.metric` among those that keep to the limits; ties: the earlier. Null: none does, or
// the rule's metrics were not measured (picture_accuracy limits only where it was).
const Evaluation* best_evaluation(std::span<const Evaluation> evaluations, const BestRule& rule);

// Evaluations since the best one, or since the start where none is.
std::int64_t evaluations_without_gain(std::span<const Evaluation> evaluations,
                                      const BestRule& rule);

}  // namespace sightline
