// The run for machines.
#pragma once

#include <functional>
#include <string_view>

#include "base/json.h"
#include "reports/run_report.h"

namespace sightline {

// {"format": "sightline.report/1", "run", "config", "benchmarks": [{"name", "metrics", "rows",
// "samples"}]}: everything the HTML shows but the pictures, which are named by their SHA-256.
// docs/formats/report-json.md says it all, web/src/data/report.ts in types.
Json json_report(const RunReport& report);

// dump_json(json_report(report)), in pieces: the samples are many, and no document holds them all.
using TextSink = std::function<void(std::string_view)>;
void write_json_report(const RunReport& report, const TextSink& write);

// The same without the samples.
Json json_summary(const RunReport& report);

}  // namespace sightline
