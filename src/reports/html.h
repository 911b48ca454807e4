// The run as one HTML page that needs nothing else: no script, no network, no other file.
#pragma once

#include <string>

#include "reports/run_report.h"

namespace sightline {

// Every text from outside is escaped, and the page forbids scripts and loads by its own policy.
// Each distinct picture is in it once.
std::string html_report(const RunReport& report);

}  // namespace sightline
