// JUnit XML, which every continuous integration shows.
#pragma once

#include <span>
#include <string>

#include "reports/run_report.h"

namespace sightline {

struct JUnitCase {
  std::string suite;  // cases of one suite follow each other
  std::string group;  // its classname
  std::string name;
  std::string failure;  // what happened instead; empty: it passed
  std::string error;    // why it could not be told; empty: it could
  double seconds = 0;
};

// Any text may be in a case: what XML cannot hold becomes U+FFFD.
std::string junit_text(const std::string& title, std::span<const JUnitCase> cases);

// A suite for each benchmark and defence, a case for each sample: it fails where a metric's event
// is the bad one, and is an error where no verdict is there. Questions and answers are left out.
std::string junit_report(const RunReport& report);

}  // namespace sightline
