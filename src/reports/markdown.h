// The run as Markdown: headline table, further metrics, differences, scenarios, what was asked.
#pragma once

#include <string>

#include "reports/run_report.h"

namespace sightline {

std::string markdown_report(const RunReport& report);

}  // namespace sightline
