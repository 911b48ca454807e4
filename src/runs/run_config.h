// What reproduces a run, as the JSON of runs.config:
//
//   {"asks": {…},        what decides the answers: model, data, defences, judges, sampling
//    "metrics": {…},     benchmark → its rows: how the answers are summed up and called
//    "judged": {…},      benchmark → judges that judged the run again, and their rows; may be
//    absent "sessions": [{…}]}  one for each time the run was worked on: command, versions,
//    machine, time
//
// A run is resumed only with equal `asks`.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "evals/runner.h"

namespace sightline {

struct RunConfig {
  Json asks;
  Json metrics;
  Json session;
};

// Everything but what only the caller knows: limit, seed and artefacts (asks), command, device and
// threads (session).
RunConfig describe_run(const EvalPlan& plan, const ModelInfo& model);

// Of ids and conversations, in their order: equal hashes ask the same, word for word.
std::string samples_sha256(std::span<const Sample> samples);

// What any session records: time, versions, machine.
Json session_facts();

// `asks.model.family` of a run that another tool made. Its judges are that tool's, unknown here.
inline constexpr const char* kImportedFamily = "imported";

// The row of a run of which nothing is known but its labels: how often one was given.
MetricRow label_row(const std::string& label);

// As they stand in `config` and in reports; metric_rows() reads them.
Json metric_rows_json(const std::vector<MetricRow>& rows);

// The metric rows of a benchmark in `config`; throws kBadFile.
std::vector<MetricRow> metric_rows(const Json& config, const std::string& benchmark,
                                   const std::string& origin);

// A judge of a run: what rows call it by, and what its verdicts are kept under.
struct RunJudge {
  std::string spec;  // empty in runs of versions that knew one judge for each subset
  std::string identity;
};
using RunJudges = std::map<std::string, std::vector<RunJudge>>;  // by subset, the first one first

// Of one of `asks.benchmarks`; throws kBadFile.
RunJudges judges_of_run(const Json& facts, const std::string& origin);

// Adds the judges that judged the run again, and the rows that count their verdicts, from
// `config.judged`; throws kBadFile.
void add_judged_again(const Json& config, const std::string& benchmark, const std::string& origin,
                      RunJudges& judges, std::vector<MetricRow>& rows);

// Of one of `asks.benchmarks`; throws kBadFile.
std::vector<Baseline> baselines_of_run(const Json& facts, const std::string& origin);

// "sampling/seed: 1, now 2": one line for each value that differs.
std::vector<std::string> config_differences(const Json& before, const Json& now);

// Now, as "2025-01-31T12:00:00Z".
std::string utc_now();

}  // namespace sightline
