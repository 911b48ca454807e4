// sightline gate: does a run hold what is required? Exit code 0 or 1, for continuous integration.
#include <unistd.h>

#include <iostream>

#include "base/file.h"
#include "reports/repair_gate.h"
#include "run_verbs.h"

namespace sightline::cli {

int run_gate_verb(const Json& options) {
  std::vector<Requirement> requirements;
  for (const Json& text : options.at("require")) {
    requirements.push_back(parse_requirement(text.get<std::string>()));
  }
  const bool repairs = !options.at("repair").is_null();
  if (requirements.empty() && !repairs) {
    fail_with_hint(ErrorKind::kUsage, "give --require 'METRIC<=VALUE' or --repair DEFENCE",
                   "gate: nothing is required");
  }
  RunStore store(options.at("store").get<std::string>(), RunStore::Mode::kRead);
  const RunReport report =
      read_report(store, store.run(options.at("run").get<std::string>()), RunDetail::kWithoutWords);
  std::vector<GateCheck> checks = check_requirements(report, requirements);
  if (repairs) {
    for (GateCheck& check :
         check_repair(report, {.base = options.at("repair").get<std::string>(),
                              .defences = options.at("defence").get<std::vector<std::string>>(),
                              .tolerance = options.at("tolerance").get<double>()})) {
      checks.push_back(std::move(check));
    }
  }
  if (!options.at("junit").is_null()) {
    write_file_atomically(options.at("junit").get<std::string>(), gate_junit(report, checks));
  }
  if (options.at("json").get<bool>())
    std::cout << dump_json(gate_json(report, checks)) << "\n";
  else
    std::cout << gate_text(report, checks, terminal_style(STDOUT_FILENO));
  return passed(checks) ? 0 : 1;
}

}  // namespace sightline::cli
