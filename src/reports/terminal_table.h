// The headline table for a terminal.
#pragma once

#include <string>

#include "reports/run_report.h"
#include "reports/text_table.h"

namespace sightline {

// A title line and a table for each benchmark of the run.
std::string terminal_table(const RunReport& report, const TerminalStyle& style);

}  // namespace sightline
