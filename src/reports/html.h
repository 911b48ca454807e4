// The run as one HTML page that needs nothing else: no network, no other file.
#pragma once

#include "reports/json_report.h"

namespace sightline {

// The page of web/ with json_report() in it, and each distinct picture once. Nothing from outside
// is markup: all of it is inside data blocks, and the page's own policy lets no script run but its
// own. Written in pieces: nothing holds the page, or more than one picture.
void write_html_report(const RunReport& report, const TextSink& write);

}  // namespace sightline
