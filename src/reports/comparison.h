// Runs and defences compared on the items they share.
//
//   const Comparison found = compare(reports, {.metrics = {"unsafe_rate_picture"}});
//   for (const ComparedRow& row : found.rows) … row.paired->difference, *row.adjusted …
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "reports/run_report.h"

namespace sightline {

struct Side {
  std::int64_t run = 0;
  std::string defence;
  bool operator==(const Side&) const = default;
};

struct ComparePlan {
  // The declared family: these metrics under every other side. Empty: the headline shares.
  std::vector<std::string> metrics;
  std::string base;        // "DEFENCE" or "RUN:DEFENCE"; empty: the first of the first run
  bool scenarios = false;  // also within each scenario, where the benchmark has such rows
};

struct ComparedRow {
  std::string benchmark;
  MetricRow metric;
  std::string scenario;  // empty: all of them
  Side side;
  MetricValue base;
  MetricValue value;
  // Nothing without pairs, or where the value is no share of events.
  std::optional<PairedDifference> paired;
  // p within the family by Holm; in a scenario table q by Benjamini and Hochberg. Absent as above.
  std::optional<double> adjusted;

  bool marked() const;    // adjusted below .05 over at least 30 pairs
  double spread() const;  // standard deviation of the paired differences: what `power` calls omega
};

// Samples that one side answered and the other did not.
struct Unpaired {
  std::string benchmark;
  Side side;
  std::vector<std::string> only_base;
  std::vector<std::string> only_side;
};

struct Comparison {
  Side base;
  std::vector<Side> sides;
  std::vector<ComparedRow> rows;
  std::vector<ComparedRow> scenario_rows;  // table after table: benchmark, metric, side
  std::vector<Unpaired> unpaired;          // those that have any
  std::vector<std::string> notes;          // what else to know before reading

  bool several_runs() const;
  std::string name_of(const Side& side) const;  // "cmrm", or "run 2, cmrm" with several runs
};

// Throws Error{kUsage}: nothing to compare, unknown metric or side, runs on different data whose
// sample ids differ too. Reports read without words will do. REQUIRES: not empty.
Comparison compare(std::span<const RunReport> reports, const ComparePlan& plan);

// {"format": "sightline.comparison/1", "base", "sides", "rows", "scenario_rows", "unpaired",
// "notes"}
Json comparison_json(const Comparison& comparison);

}  // namespace sightline
