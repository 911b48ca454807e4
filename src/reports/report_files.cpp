#include "reports/report_files.h"

#include "base/file.h"
#include "reports/csv_report.h"
#include "reports/html.h"
#include "reports/json_report.h"
#include "reports/junit.h"
#include "reports/markdown.h"

namespace sightline {
namespace {

std::string content_of(const RunReport& report, const std::string& format) {
  if (format == "md") return markdown_report(report);
  if (format == "json") return dump_json(json_report(report), 1) + "\n";
  if (format == "csv") return csv_report(report);
  if (format == "junit") return junit_report(report);
  fail(ErrorKind::kUsage, "'{}' is no format of a report; wanted html, md, json, csv or junit",
       format);
}

void write_report(const RunReport& report, const std::string& format,
                  const std::filesystem::path& path) {
  if (format != "html") return write_file_atomically(path, content_of(report, format));
  AtomicFile file(path);
  write_html_report(report, [&file](std::string_view text) { file.write(text); });
  file.commit();
}

}  // namespace

bool shows_words(const std::string& format) { return format == "html" || format == "json"; }

std::vector<std::filesystem::path> write_reports(const RunReport& report,
                                                 const std::vector<std::string>& formats,
                                                 const std::filesystem::path& folder,
                                                 const std::string& stem) {
  make_folder(folder);
  std::vector<std::filesystem::path> files;
  for (const std::string& format : formats) {
    files.push_back(folder / (stem + "." + (format == "junit" ? "xml" : format)));
    write_report(report, format, files.back());
  }
  return files;
}

}  // namespace sightline
