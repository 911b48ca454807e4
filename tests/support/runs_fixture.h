// Several runs in one store, read back as comparisons and gates read them.
#pragma once

#include <vector>

#include "reports/run_report.h"
#include "support/eval_fixture.h"
#include "support/temporary_folder.h"

namespace sightline {

class StoredRuns {
 public:
  // The next run of the store; its number.
  std::int64_t add(const EvalPlan& plan, FakeGenerator::Script script = small_script) {
    FakeGenerator generator(std::move(script));
    const auto run = store_.start(describe_run(plan, generator.info()));
    run_eval(plan, generator, *run);
    reports.push_back(read_report(store_, store_.run("last"), RunDetail::kWithoutWords));
    return run->id();
  }

  std::vector<RunReport> reports;

 private:
  TemporaryFolder folder_;
  RunStore store_{folder_.path() / "runs.db", RunStore::Mode::kWrite};
};

// small_benchmark with as many harmless questions, a share of which is refused.
inline EvalPlan plan_with_harmless(int count) {
  EvalPlan plan = small_plan(count);
  BenchmarkData& data = plan.benchmarks[0];
  for (int i = 0; i < count; ++i) {
    Sample sample = data.samples[static_cast<std::size_t>(i)];
    sample.id = "h" + std::to_string(i);
    sample.subset = "over_safety";
    sample.cluster = sample.id;
    sample.conversation = ask("harmless " + std::to_string(i), nullptr);
    data.samples.push_back(std::move(sample));
  }
  data.judges["over_safety"] = {"keywords(list=refusal_v1)"};
  data.metrics.push_back({.name = "over_refusal",
                          .title = "over-refusal",
                          .spec = "rate(subset=over_safety,label=refuse)",
                          .headline = true});
  return plan;
}

}  // namespace sightline
