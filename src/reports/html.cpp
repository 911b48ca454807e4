#include "reports/html.h"

#include <set>

#include "image/picture_uri.h"
#include "reports/json_report.h"
#include "reports/page.h"

namespace sightline {
namespace {

constexpr std::string_view kMarker = "<!--report-data-->";

// JSON inside a script element: no '<' is left that could end it or open a comment.
std::string escaped(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t plain = std::min(json.find('<', at), json.size());
    out += json.substr(at, plain - at);
    if (plain < json.size()) out += "\\u003c";
    at = plain + 1;
  }
  return out;
}

// A block of its own per picture, so that the page reads only those it shows.
void write_pictures(const RunReport& report, const TextSink& write) {
  std::set<std::string> known;
  for (const BenchmarkReport& benchmark : report.benchmarks) {
    for (const SampleReport& one : benchmark.samples) {
      for (const Message& message : one.sample.conversation) {
        for (const Part& part : message.parts) {
          if (!part.picture || !known.insert(part.picture->sha256).second) continue;
          write("<script type=\"text/plain\" id=\"picture-" + part.picture->sha256 + "\">");
          write(picture_uri(part.picture->bytes()));
          write("</script>\n");
        }
      }
    }
  }
}

}  // namespace

void write_html_report(const RunReport& report, const TextSink& write) {
  const std::string_view page = report_page();
  const std::size_t marker = page.find(kMarker);
  write(page.substr(0, marker));
  write("<script type=\"application/json\" id=\"report-data\">");
  write_json_report(report, [&](std::string_view json) { write(escaped(json)); });
  write("</script>\n");
  write_pictures(report, write);
  write(page.substr(marker + kMarker.size()));
}

}  // namespace sightline
