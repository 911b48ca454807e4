// A run held against requirements: what continuous integration asks before it lets a model pass.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "reports/requirement.h"
#include "reports/run_report.h"
#include "reports/text_table.h"

namespace sightline {

struct GateCheck {
  std::string wanted;   // "unsafe_rate<=0.05"
  std::string subject;  // "mini, none"
  bool passed = false;
  std::string found;  // "2.2 % [0.6, 7.5] n=93", and why it did not pass
};

bool passed(std::span<const GateCheck> checks);  // all of them; none at all is no pass

// A check for each benchmark and defence that a requirement speaks of. None passes that was not
// measured: with an unfinished run, a failed answer, or no answer that could be judged. Samples
// whose picture the data lack are no failures; `found` says how many there are. What is required
// has to hold, interval included, whatever the answers were that no judge could read. Throws
// Error{kUsage} for a metric, benchmark, defence or scenario that the run does not have, with the
// near names.
std::vector<GateCheck> check_requirements(const RunReport& report,
                                          std::span<const Requirement> requirements);

// {"format": "sightline.gate/1", "run", "passed", "checks": [{wanted, subject, passed, found}]}
Json gate_json(const RunReport& report, std::span<const GateCheck> checks);

std::string gate_text(const RunReport& report, std::span<const GateCheck> checks,
                      const TerminalStyle& style);

std::string gate_junit(const RunReport& report, std::span<const GateCheck> checks);

}  // namespace sightline
