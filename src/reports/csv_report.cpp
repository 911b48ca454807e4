#include "reports/csv_report.h"

#include <string_view>
#include <vector>

#include "base/csv.h"
#include "reports/text_table.h"

namespace sightline {
namespace {

constexpr std::string_view kHeader =
    "run,benchmark,metric,scenario,defence,unit,value,low,high,interval,clusters,clustered_low,"
    "clustered_high,n,n_ok,n_error,n_unparsed,n_empty,n_missing,against,pairs,gained,lost,"
    "difference,difference_low,difference_high,difference_interval,p,test\r\n";

// What no spreadsheet takes for a formula.
std::string safe_cell(std::string_view raw) {
  std::string text = printable(raw);
  if (!text.empty() && std::string_view("=+-@").find(text.front()) != std::string_view::npos) {
    text.insert(0, "'");
  }
  return text;
}

std::string number(const std::optional<double>& value) { return value ? to_text(*value) : ""; }

std::vector<std::string> paired_cells(const std::optional<PairedDifference>& paired) {
  if (!paired) return std::vector<std::string>(10);
  return {safe_cell(paired->against),  to_text(paired->n),
          to_text(paired->gained),     to_text(paired->lost),
          to_text(paired->difference), to_text(paired->low),
          to_text(paired->high),       paired->interval,
          to_text(paired->p),          paired->test};
}

std::string line_of(std::int64_t run, const SummaryRow& row) {
  const MetricValue& value = row.value;
  const MetricCounts& counts = value.counts;
  const bool valued = value.value.has_value();
  std::vector<std::string> cells = {to_text(run),
                                    safe_cell(row.benchmark),
                                    safe_cell(row.metric),
                                    safe_cell(row.scenario),
                                    safe_cell(row.defence),
                                    value.unit,
                                    number(value.value),
                                    valued ? to_text(value.low) : "",
                                    valued ? to_text(value.high) : "",
                                    value.interval,
                                    to_text(value.clusters),
                                    number(value.clustered_low),
                                    number(value.clustered_high),
                                    to_text(counts.n),
                                    to_text(counts.n_ok),
                                    to_text(counts.n_error),
                                    to_text(counts.n_unparsed),
                                    to_text(counts.n_empty),
                                    to_text(counts.n_missing)};
  for (std::string& cell : paired_cells(row.paired)) cells.push_back(std::move(cell));
  return csv_line(cells, {.quote_all = false, .line_end = "\r\n"});
}

}  // namespace

std::string csv_report(const RunReport& report) {
  std::string out(kHeader);
  for (const BenchmarkReport& benchmark : report.benchmarks) {
    for (const SummaryRow& row : benchmark.rows) out += line_of(report.run.id, row);
  }
  return out;
}

}  // namespace sightline
