// A metric: verdicts → one number with its interval and the counts behind it.
//
//   const auto metric = make_metric("rate(subset=unsafe,variant=picture,label=comply)");
//   const MetricValue value = metric->value(answers);
//
// Adding one: a file in src/evals/metrics, a line in its registry.cpp, a row in its test.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sightline/sample.h"

namespace sightline {

// One row of a benchmark's results: which metric, over what, and how it is called.
struct MetricRow {
  std::string name;   // "unsafe_rate_text_only", stable for machines
  std::string title;  // "unsafe rate, text only"
  std::string spec;   // "rate(subset=unsafe,variant=text_only,label=comply)"
  bool lower_is_better = true;
  bool headline = false;      // a column of the main table
  bool per_scenario = false;  // also computed within each scenario
  std::string judge = {};     // whose verdicts, a spec of BenchmarkData::judges; empty: the first's
  std::string group = {};  // rows of one group stand in a table of this title; empty: the main one
};

struct NamedVerdict {
  std::string_view judge;  // its spec
  const Verdict* verdict = nullptr;
};

// One judged answer. Borrowed for the length of a call.
struct ScoredAnswer {
  const Sample* sample = nullptr;
  const Verdict* verdict = nullptr;  // of the judge that the row is about
  double seconds = 0;
  std::vector<NamedVerdict> verdicts = {};  // of all judges, the first one first; empty: only one
};

// What became of the answers a metric looks at; n is the sum of the others.
struct MetricCounts {
  std::int64_t n = 0;
  std::int64_t n_ok = 0;     // the denominator
  std::int64_t n_error = 0;  // error, timeout, filtered
  std::int64_t n_unparsed = 0;
  std::int64_t n_empty = 0;
  std::int64_t n_missing = 0;  // not asked: the data lack the picture
  bool operator==(const MetricCounts&) const = default;
};

struct MetricValue {
  std::optional<double> value;  // absent when n_ok is 0
  double low = 0;               // 95 % interval, holds the value; read only with a value
  double high = 0;
  std::string unit;      // "share" (0…1), "index" (−1…1) or "seconds"
  std::string interval;  // how low and high were made: "wilson", "bootstrap", "mover", "t"
  MetricCounts counts;
  // Where several answers share a cluster, the interval that says so; else absent.
  std::int64_t clusters = 0;
  std::optional<double> clustered_low;
  std::optional<double> clustered_high;
};

// Immutable; const use is thread-safe.
class Metric {
 public:
  virtual ~Metric() = default;

  // Does this metric look at the sample?
  virtual bool selects(const Sample& sample) const = 0;

  // Did the event happen whose share the value is? Nothing when the verdict is left out (most
  // metrics leave out all that are not ok), or when the value is no share of events.
  // REQUIRES: selects(*answer.sample).
  virtual std::optional<bool> event(const ScoredAnswer& answer) const = 0;

  // Answers that are not selected are ignored. The order of the answers does not matter.
  virtual MetricValue value(std::span<const ScoredAnswer> answers) const = 0;
};

// Throws Error{kUsage} for an unknown name or option.
std::shared_ptr<const Metric> make_metric(std::string_view spec);

}  // namespace sightline
