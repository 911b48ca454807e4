// The eval loop in a process that tests can kill: a scripted generator, two defences, the run
// store.
//
//   run_tool STORE LOG SAMPLES DELAY_MICROSECONDS
//
// Goes on with the store's last run when it is unfinished, else starts one. Prints the totals. Exit
// code 0 when complete, 130 when stopped by a signal, 4 when the store could not be written.
#include <iostream>

#include "../../../apps/cli/interrupt.h"
#include "runs/run_store.h"
#include "support/eval_fixture.h"

namespace sightline {
namespace {

int run(const std::string& file, const std::string& log, int count, int delay) {
  FakeGenerator generator(small_script);
  generator.log = log;
  generator.delay = std::chrono::microseconds(delay);
  EvalPlan plan = small_plan(count, 8);
  plan.stop = cli::interrupt_token();
  RunStore store(file, RunStore::Mode::kWrite);
  const RunConfig config = describe_run(plan, generator.info());
  const std::vector<RunInfo> runs = store.runs();
  const bool goes_on = !runs.empty() && runs.back().state != RunState::kDone;
  const auto run = goes_on ? store.resume(runs.back().id, config) : store.start(config);
  const EvalOutcome outcome = run_eval(plan, generator, *run);
  for (const SummaryRow& row : outcome.summaries) {
    if (row.metric == "seconds_per_answer") continue;
    std::cout << row.defence << " " << row.scenario << " " << row.value.value.value_or(-1) << " ["
              << row.value.low << ", " << row.value.high << "] " << row.value.counts.n_ok << " of "
              << row.value.counts.n << " p " << (row.paired ? row.paired->p : 1) << "\n";
  }
  return outcome.complete ? 0 : exit_code_of(ErrorKind::kInterrupted);
}

}  // namespace
}  // namespace sightline

int main(int count, char** arguments) {
  if (count != 5) return 2;
  try {
    return sightline::run(arguments[1], arguments[2], std::stoi(arguments[3]),
                          std::stoi(arguments[4]));
  } catch (const sightline::Error& error) {
    std::cerr << error.message() << "\n";
    return sightline::exit_code_of(error.kind());
  }
}
