// A report written to a folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "reports/run_report.h"

namespace sightline {

// Does this format show questions and answers, and so need a report with words?
bool shows_words(const std::string& format);

// Writes STEM.html, STEM.md, STEM.json, STEM.csv, STEM.xml as `formats` ("html", "md", "json",
// "csv", "junit") ask, each whole or not at all, and returns their paths. Throws Error{kBadFile}
// when the folder cannot be written.
std::vector<std::filesystem::path> write_reports(const RunReport& report,
                                                 const std::vector<std::string>& formats,
                                                 const std::filesystem::path& folder,
                                                 const std::string& stem = "report");

}  // namespace sightline
