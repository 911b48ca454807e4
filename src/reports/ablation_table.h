// What a picture changes, as a table: a line for each metric, scenario and defence, a column for
// each kind of twin.
#pragma once

#include <string>
#include <vector>

#include "reports/run_report.h"

namespace sightline {

using CellLines = std::vector<std::string>;  // value, interval, counts, difference

struct AblationTable {
  std::vector<CellLines> header;
  std::vector<std::vector<CellLines>> rows;  // none: the run had no twins
};

AblationTable ablation_table(const BenchmarkReport& benchmark);

// Above it, and below it.
inline constexpr const char* kAblationTitle = "What the picture changes";
inline constexpr const char* kAblationNote =
    "Differences are picture − twin, over pairs of answers; p is not corrected for their number.";

}  // namespace sightline
