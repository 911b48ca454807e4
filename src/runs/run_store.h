// The run store: one SQLite file with any number of runs.
//
//   RunStore store("sightline-out/runs.db", RunStore::Mode::kWrite);
//   const auto run = store.start(describe_run(plan, model));   // a RunSink for run_eval()
//   …
//   for (const RecordedAnswer& answer : store.answers(run->id())) …
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "evals/run_sink.h"
#include "runs/run_config.h"
#include "runs/sqlite.h"

namespace sightline {

enum class RunKind { kEval, kTrain };

struct RunInfo {
  std::int64_t id = 0;
  RunKind kind = RunKind::kEval;
  std::string created;   // UTC, ISO 8601
  std::string finished;  // empty until done
  RunState state = RunState::kRunning;
  Json config;  // see run_config.h
};

// A sample as it was asked, with the benchmark it belongs to.
struct StoredSample {
  std::string benchmark;
  Sample sample;
};

// How much of a run is read. Without words: no conversations and pictures, no answer texts, token
// ids and judges' words; reading a large run then takes a fraction of a second.
enum class RunDetail { kAll, kWithoutWords };

// A run being written.
class RunWriter : public RunSink {
 public:
  virtual std::int64_t id() const = 0;

  // Takes these answers and their verdicts out of the run, all or none, so that they are asked
  // again. Those that are not there are passed over.
  virtual void forget(std::span<const AnswerKey> keys) = 0;
};

// Not thread-safe; the writers it makes are, and have connections of their own.
class RunStore {
 public:
  using Mode = Database::Mode;

  // Throws Error: kNotFound, kBadFile, kUnsupported (a newer format).
  RunStore(const std::filesystem::path& file, Mode mode);

  std::vector<RunInfo> runs();  // oldest first

  // "3", or "last" for the newest evaluation. Throws kNotFound naming the runs there are.
  RunInfo run(std::string_view name);

  // Of one run, in the order in which the samples were added. Their pictures are read from the file
  // when their bytes are asked for.
  std::vector<StoredSample> samples(std::int64_t run, RunDetail detail = RunDetail::kAll);
  std::vector<RecordedAnswer> answers(std::int64_t run, RunDetail detail = RunDetail::kAll);
  std::vector<SummaryRow> summaries(std::int64_t run);

  // A new run. REQUIRES: kWrite.
  std::unique_ptr<RunWriter> start(const RunConfig& config);

  // Goes on with a run. Throws Error{kUsage} with a line for each value in which `asks` differs
  // from what the run was started with. REQUIRES: kWrite.
  std::unique_ptr<RunWriter> resume(std::int64_t run, const RunConfig& config);

  // Goes on with a run to judge its answers once more: `judged` becomes config.judged (see
  // judge_again.h). REQUIRES: kWrite.
  std::unique_ptr<RunWriter> judge(std::int64_t run, const Json& judged);

  // A training run: `facts` becomes config.train; or, to `resume`, one more session of the newest
  // training run there is. Returns its id. REQUIRES: kWrite.
  std::int64_t start_training(const Json& facts, const Json& session, bool resume);

  // `result` becomes config.result. REQUIRES: kWrite.
  void end_training(std::int64_t run, const Json& result, RunState state);

 private:
  std::int64_t add_run(RunKind kind, const Json& config);
  void set_config(std::int64_t run, const Json& config);

  std::filesystem::path file_;
  Database database_;
};

}  // namespace sightline
