// sightline compare: runs and defences on the items they share.
#include <unistd.h>

#include <iostream>

#include "reports/comparison_text.h"
#include "run_verbs.h"

namespace sightline::cli {

int run_compare_verb(const Json& options) {
  RunStore store(options.at("store").get<std::string>(), RunStore::Mode::kRead);
  auto names = options.at("runs").get<std::vector<std::string>>();
  if (names.empty()) names = {"last"};
  std::vector<RunReport> reports;
  for (const std::string& name : names) {
    const RunInfo run = store.run(name);
    for (const RunReport& known : reports) {
      if (known.run.id == run.id) fail(ErrorKind::kUsage, "run {} is named twice", run.id);
    }
    reports.push_back(read_report(store, run, RunDetail::kWithoutWords));
  }
  const Comparison comparison = compare(
      reports,
      {.metrics = options.at("metric").get<std::vector<std::string>>(),
       .base = options.at("base").is_null() ? std::string() : options.at("base").get<std::string>(),
       .scenarios = options.at("scenarios").get<bool>()});
  if (options.at("json").get<bool>())
    std::cout << dump_json(comparison_json(comparison)) << "\n";
  else
    std::cout << comparison_text(comparison, terminal_style(STDOUT_FILENO));
  return 0;
}

}  // namespace sightline::cli
