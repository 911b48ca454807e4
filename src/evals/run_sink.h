// Where the runner leaves what it learns; the run store (src/runs) is one, tests have another.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "evals/summary.h"
#include "sightline/sample.h"

namespace sightline {

// Which answer: unique within a run.
struct AnswerKey {
  std::string benchmark;
  std::string sample;   // Sample::id
  std::string defence;  // canonical spec
  auto operator<=>(const AnswerKey&) const = default;
};

struct RecordedAnswer {
  AnswerKey key;
  Answer answer;
  double latency_seconds = 0;               // from asking to the last token
  std::map<std::string, Verdict> verdicts;  // by Judge::identity()
};

enum class RunState { kRunning, kInterrupted, kDone };

// One run being written. Thread-safe. When a call returns, what it was given survives the end of
// the process. Throws Error{kBadFile} when that is not possible (full disk, read-only folder).
class RunSink {
 public:
  virtual ~RunSink() = default;

  // Samples already there are left alone. Answers need their sample first.
  virtual void add_samples(const std::string& benchmark, std::span<const Sample> samples) = 0;

  // REQUIRES: no answer of this key; a second one is refused (another process is at this run).
  virtual void add_answer(const AnswerKey& key, const Answer& answer, double latency_seconds) = 0;

  // Takes the place of an earlier verdict of this judge.
  virtual void add_verdict(const AnswerKey& key, const std::string& judge,
                           const Verdict& verdict) = 0;

  // Takes the place of the summaries there were.
  virtual void set_summaries(std::span<const SummaryRow> rows) = 0;

  virtual void set_state(RunState state) = 0;

  // Everything answered so far, in no particular order.
  virtual std::vector<RecordedAnswer> recorded() = 0;
};

}  // namespace sightline
