// What every metric shares: which samples it looks at (never the twins of an ablation), and what
// became of their answers.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/options.h"
#include "evals/statistics.h"
#include "sightline/metric.h"

namespace sightline {

struct Selection {
  std::string subset;   // empty: every subset
  std::string variant;  // empty: every variant

  explicit Selection(const Json& options);
  bool holds(const Sample& sample) const;
};

// The two options of a selection, for a metric's table.
OptionTable selection_options();

// Adds an answer that is in no denominator to what it is left out as. REQUIRES: its verdict is not
// ok.
void count_left_out(const ScoredAnswer& answer, MetricCounts& counts);

// Counts of the selected answers, and those of them whose verdict is ok.
struct Selected {
  MetricCounts counts;
  std::vector<const ScoredAnswer*> ok;
};
Selected select(const Selection& selection, std::span<const ScoredAnswer> answers);

// A value with its unit, interval and counts; clusters are filled when the samples share some.
MetricValue metric_value(const Selected& selected, const std::string& unit);

// Value and Wilson interval of a share of events (1: it happened), by cluster. Wilson takes events
// as independent; where they share pictures or words, the clustered interval says what that hides.
// REQUIRES: `events` is not empty.
void set_share(const ClusterSums& events, MetricValue& out);

// One score per ok answer, grouped by the samples' clusters.
ClusterSums cluster_scores(std::span<const ScoredAnswer* const> answers,
                           std::span<const double> scores);

}  // namespace sightline
