#include "reports/markdown.h"

#include "reports/ablation_table.h"
#include "reports/cells.h"
#include "reports/terminal_table.h"

namespace sightline {
namespace {

// Text from outside inside a table cell: one line, no markup, no HTML.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (std::string_view("\\`*_{}[]<>()#+!|~&").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string line_of(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const std::string& cell : cells) out += " " + cell + " |";
  return out + "\n";
}

std::string head_of(const std::vector<std::string>& cells) {
  return line_of(cells) + line_of(std::vector<std::string>(cells.size(), "---"));
}

std::string metric_table(const BenchmarkReport& benchmark, const MetricTable& metrics) {
  std::vector<std::string> head = {"defence"};
  for (const MetricRow& metric : metrics.columns) head.push_back(plain(metric.title));
  std::string out = metrics.title.empty() ? "" : "### " + plain(metrics.title) + "\n\n";
  out += head_of(head);
  for (const std::string& defence : benchmark.lines()) {
    std::vector<std::string> cells = {plain(defence)};
    for (const MetricRow& metric : metrics.columns) {
      cells.push_back(cell_text(benchmark.row(metric.name, "", defence).value));
    }
    out += line_of(cells);
  }
  return out + "\n";
}

std::string metric_tables(const BenchmarkReport& benchmark, bool headline) {
  std::string out;
  for (const MetricTable& table : benchmark.tables(headline)) out += metric_table(benchmark, table);
  return out;
}

std::string notes(const BenchmarkReport& benchmark) {
  std::string out;
  for (const std::string& note : benchmark.notes()) out += "- " + plain(note) + "\n";
  return out.empty() ? "" : "### About the data\n\n" + out + "\n";
}

std::string difference_table(const BenchmarkReport& benchmark) {
  std::string rows;
  for (const SummaryRow& row : benchmark.rows) {
    if (!row.paired || !row.scenario.empty()) continue;
    rows += line_of({plain(row.defence), plain(row.metric), plain(paired_text(row)),
                     std::to_string(row.paired->gained), std::to_string(row.paired->lost),
                     std::to_string(row.paired->n), row.paired->test});
  }
  if (rows.empty()) return "";
  return "### Paired differences\n\nThe same items under both; gained and lost count the items on "
         "which the event happens only here, or only there.\n\n" +
         head_of({"defence", "metric", "difference", "gained", "lost", "pairs", "test"}) + rows +
         "\n";
}

std::string scenario_table(const BenchmarkReport& benchmark, const MetricRow& metric) {
  std::vector<std::string> head = {"scenario"};
  for (const std::string& defence : benchmark.defences) head.push_back(plain(defence));
  std::string out = "### " + plain(metric.title) + ", by scenario\n\n" + head_of(head);
  for (const std::string& scenario : benchmark.scenarios(metric.name)) {
    std::vector<std::string> cells = {plain(scenario)};
    for (const std::string& defence : benchmark.defences) {
      cells.push_back(cell_text(benchmark.row(metric.name, scenario, defence).value));
    }
    out += line_of(cells);
  }
  return out + "\n";
}

std::string ablation_section(const BenchmarkReport& benchmark) {
  if (benchmark.ablation.empty()) return "";
  const auto line = [](const std::vector<CellLines>& row) {
    std::vector<std::string> cells;
    for (const CellLines& lines : row) {
      std::string& cell = cells.emplace_back();
      for (const std::string& one : lines) cell += (cell.empty() ? "" : " ") + plain(one);
    }
    return cells;
  };
  const AblationTable table = ablation_table(benchmark);
  std::string out =
      format("### {}\n\n{}\n\n", kAblationTitle, kAblationNote) + head_of(line(table.header));
  for (const auto& row : table.rows) out += line_of(line(row));
  return out + "\n";
}

std::string cluster_note(const BenchmarkReport& benchmark) {
  std::string out;
  for (const SummaryRow& row : benchmark.rows) {
    const std::string clustered = clustered_text(row.value);
    if (clustered.empty() || !row.scenario.empty() || row.baseline) continue;
    out += line_of({plain(row.metric), plain(row.defence), std::to_string(row.value.clusters),
                    interval_text(row.value), clustered});
  }
  if (out.empty()) return "";
  return "### Where answers share a picture or a question\n\nThe intervals above take answers as "
         "independent. Clustered by what they share:\n\n" +
         head_of({"metric", "defence", "clusters", "interval above", "clustered"}) + out + "\n";
}

}  // namespace

std::string markdown_report(const RunReport& report) {
  std::string out = format("# Sightline, run {}\n\n{} · {}\n\n", report.run.id,
                           plain(report.model()), report.run.created);
  if (!report.complete()) {
    out += format("**Unfinished: {} of {} answers.**\n\n", report.answered, report.wanted);
  }
  for (const BenchmarkReport& benchmark : report.benchmarks) {
    out += format("## {}, {} samples\n\n", plain(benchmark.name), benchmark.samples.size());
    out += metric_tables(benchmark, true);
    out += "Each with its 95 % interval; n counts the answers that could be judged.\n\n";
    out += notes(benchmark) + metric_tables(benchmark, false) + difference_table(benchmark) +
           ablation_section(benchmark) + cluster_note(benchmark);
    for (const MetricRow& metric : benchmark.metrics) {
      if (metric.per_scenario) out += scenario_table(benchmark, metric);
    }
  }
  return out + "## What reproduces it\n\n```json\n" + dump_json(report.run.config, 2) + "\n```\n";
}

}  // namespace sightline
