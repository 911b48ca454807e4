#include "reports/ablation_table.h"

#include <algorithm>

#include "reports/cells.h"

namespace sightline {
namespace {

std::vector<std::string> kinds_of(const BenchmarkReport& benchmark) {
  std::vector<std::string> kinds;
  for (const AblationRow& row : benchmark.ablation) {
    if (std::ranges::find(kinds, row.kind) == kinds.end()) kinds.push_back(row.kind);
  }
  return kinds;
}

CellLines value_lines(const MetricValue& value) {
  return {value_text(value), interval_text(value), counts_text(value.counts)};
}

CellLines twin_lines(const AblationRow& row) {
  CellLines lines = value_lines(row.twin.value);
  if (row.picture.paired) lines.push_back(paired_text(row.picture));
  return lines;
}

}  // namespace

AblationTable ablation_table(const BenchmarkReport& benchmark) {
  AblationTable table;
  const std::vector<std::string> kinds = kinds_of(benchmark);
  table.header = {{"metric"}, {"scenario"}, {"defence"}, {"picture"}};
  for (const std::string& kind : kinds) table.header.push_back({kind});
  const AblationRow* last = nullptr;
  for (const AblationRow& row : benchmark.ablation) {
    const auto same = [&row](const AblationRow& other) {
      return other.picture.metric == row.picture.metric &&
             other.picture.scenario == row.picture.scenario &&
             other.picture.defence == row.picture.defence;
    };
    if (last == nullptr || !same(*last)) {
      const auto metric =
          std::ranges::find(benchmark.metrics, row.picture.metric, &MetricRow::name);
      table.rows.push_back({{metric->title},
                            {row.picture.scenario.empty() ? "all" : row.picture.scenario},
                            {row.picture.defence},
                            value_lines(row.picture.value)});
      table.rows.back().resize(table.header.size());
    }
    last = &row;
    const auto column = std::ranges::find(kinds, row.kind) - kinds.begin();
    table.rows.back()[static_cast<std::size_t>(4 + column)] = twin_lines(row);
  }
  return table;
}

}  // namespace sightline
