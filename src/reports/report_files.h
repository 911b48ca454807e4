// A report written to a folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "reports/run_report.h"

namespace sightline {

// Writes STEM.html, STEM.md, STEM.json as `formats` ("html", "md", "json") ask, each whole or not
// at all, and returns their paths. Throws Error{kBadFile} when the folder cannot be written.
std::vector<std::filesystem::path> write_reports(const RunReport& report,
                                                 const std::vector<std::string>& formats,
                                                 const std::filesystem::path& folder,
                                                 const std::string& stem = "report");

}  // namespace sightline
