// One run, gathered from the store and summed up: what every format shows.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "evals/ablation.h"
#include "evals/summary.h"
#include "runs/run_store.h"

namespace sightline {

struct AnswerReport {
  std::size_t defence = 0;  // index into BenchmarkReport::defences
  Answer answer;
  // One of each of the subset's judges, the headline judge's first; status unparsed with a reason
  // where a judge has not judged it.
  std::vector<Verdict> verdicts;
};

// Metrics that stand side by side.
struct MetricTable {
  std::string title;  // MetricRow::group
  std::vector<MetricRow> columns;
};

struct SampleReport {
  Sample sample;
  std::vector<AnswerReport> answers;  // in the order of the defences; missing ones are not there
};

struct BenchmarkReport {
  std::string name;
  Json facts;  // of the run's config: spec, licence, data_sha256, judges, missing, notes
  RunJudges judges;
  std::vector<Baseline> baselines;
  std::vector<MetricRow> metrics;  // in the order in which they are shown
  std::vector<std::string> defences;
  std::vector<SampleReport> samples;
  std::vector<SummaryRow> rows;
  std::vector<AblationRow> ablation;  // empty unless it was run with twins

  const MetricRow* metric(std::string_view name) const;  // null: it has none of that name
  const SummaryRow& row(std::string_view metric, std::string_view scenario,
                        std::string_view defence) const;
  std::vector<std::string> scenarios(std::string_view metric) const;  // empty: none
  std::vector<MetricTable> tables(bool headline) const;  // in the order of their first metric
  std::vector<std::string> lines() const;  // of a table: the defences, then the baselines
  std::vector<std::string> notes() const;  // what is odd about the data
  // What this defence made of the samples; borrowed from the report.
  std::vector<ScoredAnswer> answers(std::string_view defence) const;
};

struct RunReport {
  RunInfo run;
  std::vector<BenchmarkReport> benchmarks;
  std::size_t answered = 0;
  std::size_t wanted = 0;  // samples × defences

  bool complete() const { return answered == wanted; }
  std::string model() const;
};

// Tables, CSV, JUnit, comparisons and gates do without words; the other formats show them. Throws
// Error: kUsage for a training run, kBadFile for a run whose config or rows are damaged.
RunReport read_report(RunStore& store, const RunInfo& run, RunDetail detail = RunDetail::kAll);

}  // namespace sightline
