// What the verbs eval, train and data do, for a verb that is made of them: sweep. `options` are the
// named verb's, as its table completes them.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "reports/run_report.h"
#include "reports/text_table.h"
#include "sightline/benchmark.h"
#include "training/builders/build.h"
#include "training/trainer.h"

namespace sightline::cli {

// "a(x=1,y=2),b" → "a(x=1,y=2)", "b": commas outside brackets and quotes separate.
std::vector<std::string> split_specs(const Json& list);

// What is printed of a run.
struct RunView {
  std::function<std::string(const RunReport&, const TerminalStyle&)> text;
  std::function<Json(const RunReport&)> json;
  bool goes_on = false;  // with the unfinished run of the same settings, where there is one
};

// The benchmarks asked for; `warns` of what is odd about their data.
std::vector<BenchmarkData> benchmarks_of(const Json& options, bool warns);

// Measures what the options of `eval` ask, into a run and its report; the exit code. `loaded`:
// their benchmarks, where they are loaded already.
int evaluate(const Json& options, const RunView& view, std::vector<BenchmarkData> loaded = {});

struct Trained {
  TrainingOutcome outcome;
  bool leads = true;  // this process is the first rank
  std::int64_t records = 0;
  std::map<std::string, std::int64_t> left_out;  // reason → records
};

// Trains as the options of `train` say; prints progress on stderr alone.
Trained train_adapter(const Json& options);

// What the options of `data build` ask. Throws Error{kUsage}.
BuildRequest build_request(const Json& options);

}  // namespace sightline::cli
