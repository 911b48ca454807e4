// The part of the HTML page that shows every answer beside its picture.
#pragma once

#include <map>
#include <string>

#include "reports/run_report.h"

namespace sightline {

// CSS class of each distinct picture of the run, by SHA-256: "p0", "p1", …
using PictureClasses = std::map<std::string, std::string>;

// Adds the rules that hold the pictures to `css`.
PictureClasses picture_classes(const RunReport& report, std::string& css);

std::string answers_html(const BenchmarkReport& benchmark, const PictureClasses& pictures);

}  // namespace sightline
