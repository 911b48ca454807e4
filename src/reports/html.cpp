#include "reports/html.h"

#include <set>

#include "image/picture_uri.h"
#include "reports/json_report.h"
#include "reports/page.h"

namespace sightline {
namespace {

constexpr std::string_view kMarker = "<!--report-data-->";

// JSON inside a script element: no '<' is left that could end it or open a comment.
void append_json(std::string_view json, std::string& out) {
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t plain = std::min(json.find('<', at), json.size());
    out += json.substr(at, plain - at);
    if (plain < json.size()) out += "\\u003c";
    at = plain + 1;
  }
}

// A block of its own per picture, so that the page reads only those it shows.
void append_pictures(const RunReport& report, std::string& out) {
  std::set<std::string> known;
  for (const BenchmarkReport& benchmark : report.benchmarks) {
    for (const SampleReport& one : benchmark.samples) {
      for (const Message& message : one.sample.conversation) {
        for (const Part& part : message.parts) {
          if (!part.picture || !known.insert(part.picture->sha256).second) continue;
          out += "<script type=\"text/plain\" id=\"picture-" + part.picture->sha256 + "\">" +
                 picture_uri(part.picture->bytes) + "</script>\n";
        }
      }
    }
  }
}

}  // namespace

std::string html_report(const RunReport& report) {
  const std::string_view page = report_page();
  const std::size_t marker = page.find(kMarker);
  std::string out(page.substr(0, marker));
  out += "<script type=\"application/json\" id=\"report-data\">";
  write_json_report(report, [&](std::string_view json) { append_json(json, out); });
  out += "</script>\n";
  append_pictures(report, out);
  out += page.substr(marker + kMarker.size());
  return out;
}

}  // namespace sightline
