// A finished run in a store, read back as a report.
#pragma once

#include <string>
#include <string_view>

#include "reports/html.h"
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

inline std::string html_of(const RunReport& report) {
  std::string out;
  write_html_report(report, [&out](std::string_view text) { out += text; });
  return out;
}

}  // namespace sightline
