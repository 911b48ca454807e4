// A finished run in a store, read back as a report.
#pragma once

#include <string>

#include "reports/run_report.h"
#include "support/eval_fixture.h"
#include "support/temporary_folder.h"

namespace sightline {

class StoredReport {
 public:
  explicit StoredReport(const EvalPlan& plan = small_plan(30),
                        FakeGenerator::Script script = small_script) {
    FakeGenerator generator(std::move(script));
    RunStore store(folder_.path() / "runs.db", RunStore::Mode::kWrite);
    const auto run = store.start(describe_run(plan, generator.info()));
    outcome = run_eval(plan, generator, *run);
    report = read_report(store, store.run("last"));
  }

  EvalOutcome outcome;
  RunReport report;

 private:
  TemporaryFolder folder_;
};

}  // namespace sightline
