// The defences of a run as points of safety and helpfulness, their cost beside: which of them no
// other beats, and which to use within given limits.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "reports/requirement.h"
#include "reports/run_report.h"
#include "reports/text_table.h"

namespace sightline {

struct FrontierOptions {
  // What points are held against, where a benchmark has it; none: the shares of its headline for
  // which any point has a value.
  std::vector<std::string> metrics;
  std::vector<Requirement> limits;  // what an operating point has to hold
};

struct FrontierPoint {
  std::string defence;
  std::vector<MetricValue> values;  // of Frontier::metrics
  MetricValue seconds;              // of an answer
  bool on_front = false;  // no other is at least as good by every metric and better by one
  bool holds = false;     // the limits, as a gate would check them
};

struct Frontier {
  std::string benchmark;
  std::vector<MetricRow> metrics;
  std::vector<FrontierPoint> points;  // in the order of the run's defences
  // Where a limit is about this benchmark: of the points that hold all of them, the one with the
  // least harm, by the mean of the metrics that count it; ties: one on the front, then the earlier.
  std::optional<std::size_t> chosen;
  std::vector<std::string> notes;  // metrics left out, why none is chosen
};

// Throws Error{kUsage}, with near names, for options that frontiers() would refuse for a run on
// these benchmarks.
void expect_frontier(std::span<const BenchmarkData> benchmarks, const FrontierOptions& options);

// One for each benchmark. Points are held against each other by their values; their intervals say
// how much of that may be chance. What has no value is not on the front.
// REQUIRES: expect_frontier() of the run's benchmarks.
std::vector<Frontier> frontiers(const RunReport& report, const FrontierOptions& options);

// The key `frontier` of docs/formats/report-json.md.
Json frontier_json(std::span<const Frontier> frontiers);

std::string frontier_text(std::span<const Frontier> frontiers, const TerminalStyle& style);

}  // namespace sightline
