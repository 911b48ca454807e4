// The eval loop: benchmark → defence → generator → judge → metric → run sink.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "evals/run_sink.h"
#include "sightline/benchmark.h"
#include "sightline/defence.h"
#include "sightline/generator.h"
#include "sightline/judge.h"

namespace sightline {

struct EvalDefence {
  std::string name;  // canonical spec
  std::shared_ptr<const Defence> defence;
};

// The samples number part, part + parts, … of all: what one process of several asks.
struct EvalShare {
  std::size_t part = 0;
  std::size_t parts = 1;
};

struct EvalPlan {
  std::vector<BenchmarkData> benchmarks;
  std::vector<EvalDefence>
      defences;       // all asked the same items; the first is the one compared with
  Sampling sampling;  // max_new_tokens 0: the benchmark's own
  int workers = 1;    // requests in flight; a local engine batches them together
  EvalShare share = {};
  // The model with a defence's adapters on it; needed where a defence has some.
  std::function<std::unique_ptr<Generator>(const std::vector<std::string>& adapters)> adapted = {};
  JudgeContext judging = {};  // for judges that ask a model
  // What is recorded is judged again where a judge failed or could not be read.
  bool retry_judgements = false;
  std::stop_token stop = {};  // answers in flight are finished, then the run ends
  bool show_progress = true;
};

struct EvalOutcome {
  std::size_t total = 0;                   // answers the plan's share wants
  std::size_t found = 0;                   // of those, recorded before
  std::size_t asked = 0;                   // recorded now
  bool complete = false;                   // found + asked == total, every judge has judged them
  std::size_t failed_answers = 0;          // of those recorded; see failed_answers()
  std::size_t failed_judgements = 0;       // of all judges; see failed_judgement()
  std::vector<SummaryRow> summaries = {};  // of all answers recorded, also when incomplete
};

// Replaces the first judge of the subsets where it speaks the same labels as `spec`; further judges
// stay. Throws Error{kUsage} when no subset has one.
void override_judge(BenchmarkData& data, const std::string& spec);

// Answers that failed or came too late, of samples that could be asked: worth another try.
std::vector<AnswerKey> failed_answers(const EvalPlan& plan,
                                      std::span<const RecordedAnswer> recorded);

// A judge failed on what the model did answer, as when its server was away.
bool failed_judgement(const Answer& answer, const Verdict& verdict);

// The same, or its judge could not be read: with a judge that asks a model, worth another try too.
bool failed_or_unread(const Answer& answer, const Verdict& verdict);

// Asks what the sink has no answer to, judges what has no verdict, and summarises everything. The
// defences of one sample are asked one after the other, so that they share what the engine caches;
// those with adapters come after all others, each set of adapters by itself.
// What goes wrong with one sample is that sample's answer (status error); what goes wrong with the
// sink ends the run with its exception after the answers in flight. A share of several leaves the
// run's summaries and its end to who has all of it.
EvalOutcome run_eval(const EvalPlan& plan, Generator& generator, RunSink& sink);

}  // namespace sightline
