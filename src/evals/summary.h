// Verdicts → the rows of a report. The same rows come from a live run and from a stored one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evals/paired_difference.h"
#include "sightline/benchmark.h"
#include "sightline/metric.h"

namespace sightline {

struct SummaryRow {
  std::string benchmark;
  std::string defence;
  std::string metric;    // MetricRow::name
  std::string scenario;  // empty: all of them
  MetricValue value;
  // Difference to the first defence; absent for that and for what is no share of events.
  std::optional<PairedDifference> paired;
  bool baseline = false;  // `defence` is the name of a Baseline
};

struct DefenceAnswers {
  std::string defence;
  std::vector<ScoredAnswer> answers;
};

// The answers with the verdicts that a row is about (MetricRow::judge; empty: the first judge's);
// answers its judge was not asked about are none of its business.
std::vector<ScoredAnswer> judged_by(const std::string& judge,
                                    std::span<const ScoredAnswer> answers);

// Those of one scenario; empty: all.
std::vector<ScoredAnswer> of_scenario(const std::string& scenario,
                                      std::span<const ScoredAnswer> answers);

// Rows in the order metric, scenario, defence; baselines come after the defences, on the samples of
// the first of them and over all scenarios. Scenarios of a metric are those of the samples it
// selects, in alphabetical order. REQUIRES: at least one defence; with baselines, samples that have
// expected answers.
std::vector<SummaryRow> summarise(const std::string& benchmark, std::span<const MetricRow> metrics,
                                  std::span<const DefenceAnswers> defences,
                                  std::span<const Baseline> baselines = {});

}  // namespace sightline
