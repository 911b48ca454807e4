#include "reports/terminal_table.h"

#include <algorithm>
#include <functional>

#include "reports/ablation_table.h"
#include "reports/cells.h"

namespace sightline {
namespace {

TextTable table_of(const BenchmarkReport& benchmark, const std::vector<MetricRow>& columns,
                   bool stacked) {
  TextTable table;
  table.header.push_back({"defence"});
  for (const MetricRow& metric : columns) {
    table.header.push_back(stacked ? wrapped(printable(metric.title), 14)
                                   : TextCell{printable(metric.title)});
  }
  for (const std::string& defence : benchmark.lines()) {
    TextRow& row = table.rows.emplace_back();
    row.push_back(stacked ? wrapped(printable(defence), 20) : TextCell{printable(defence)});
    for (const MetricRow& metric : columns) {
      const MetricValue& value = benchmark.row(metric.name, "", defence).value;
      row.push_back(
          stacked ? TextCell{value_text(value), interval_text(value), counts_text(value.counts)}
                  : TextCell{cell_text(value)});
    }
  }
  return table;
}

bool has_clusters(const RunReport& report) {
  const auto clustered = [](const SummaryRow& row) { return row.value.clustered_low.has_value(); };
  return std::any_of(report.benchmarks.begin(), report.benchmarks.end(),
                     [&](const auto& benchmark) {
                       return std::any_of(benchmark.rows.begin(), benchmark.rows.end(), clustered);
                     });
}

// On one line what is shorter so, every line of a cell on its own where the terminal is narrow.
TextTable table_of(const AblationTable& ablation, bool stacked) {
  const auto cell = [stacked](const CellLines& lines) {
    if (stacked) return TextCell(lines);
    std::string joined;
    for (const std::string& line : lines) joined += (joined.empty() ? "" : " ") + printable(line);
    return TextCell{joined};
  };
  TextTable table;
  for (const CellLines& lines : ablation.header) table.header.push_back(cell(lines));
  for (const auto& row : ablation.rows) {
    TextRow& cells = table.rows.emplace_back();
    for (const CellLines& lines : row) cells.push_back(cell(lines));
    if (!stacked) continue;
    for (std::size_t c = 0; c < 3; ++c) cells[c] = wrapped(printable(row[c].front()), 14);
  }
  return table;
}

// `table_of`: the table with the lines of a cell below one another (true) or on one.
std::string fitted(const std::function<TextTable(bool stacked)>& table_of,
                   const TerminalStyle& style) {
  const TextTable wide = table_of(false);
  const bool stacked = width_of(wide) > style.width;
  return table_text(stacked ? table_of(true) : wide, stacked, style.colours);
}

}  // namespace

std::string terminal_table(const RunReport& report, const TerminalStyle& style) {
  std::string out;
  for (const BenchmarkReport& benchmark : report.benchmarks) {
    if (!out.empty()) out += "\n";
    std::string title =
        format("run {} · {} · {} · {} samples", report.run.id, printable(report.model()),
               printable(benchmark.name), benchmark.samples.size());
    if (!report.complete()) title += format(" · {} of {} answers", report.answered, report.wanted);
    out += styled(title, "1", style.colours) + "\n\n";
    for (const MetricTable& metrics : benchmark.tables(true)) {
      if (!metrics.title.empty()) out += "\n" + printable(metrics.title) + "\n\n";
      out += fitted([&](bool stacked) { return table_of(benchmark, metrics.columns, stacked); },
                    style);
    }
    for (const std::string& note : benchmark.notes()) out += "\n" + printable(note);
    if (!benchmark.notes().empty()) out += "\n";
    if (benchmark.ablation.empty()) continue;
    const AblationTable ablation = ablation_table(benchmark);
    out += "\n" + styled(kAblationTitle, "1", style.colours) + "\n\n" +
           fitted([&](bool stacked) { return table_of(ablation, stacked); }, style) +
           kAblationNote + "\n";
  }
  out += "\nEach with its 95 % interval; n counts the answers that could be judged.\n";
  if (has_clusters(report)) {
    out +=
        "Some answers share a picture or a sentence: the reports have clustered intervals too.\n";
  }
  return out;
}

}  // namespace sightline
