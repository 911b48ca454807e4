// The numbers of a run for spreadsheets and scripts.
#pragma once

#include <string>

#include "reports/run_report.h"

namespace sightline {

// RFC 4180 with a header line: a line for each benchmark, metric, scenario and defence, its value,
// intervals, counts and difference to the first defence. A text that a spreadsheet would take for
// a formula gets an apostrophe in front.
std::string csv_report(const RunReport& report);

}  // namespace sightline
