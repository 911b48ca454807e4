#include "reports/frontier.h"

#include <algorithm>
#include <memory>
#include <tuple>

#include "base/near.h"
#include "reports/cells.h"
#include "reports/gate.h"
#include "reports/harm.h"
#include "runs/run_rows.h"

namespace sightline {
namespace {

bool has_value(const BenchmarkReport& benchmark, const MetricRow& row) {
  return std::any_of(benchmark.defences.begin(), benchmark.defences.end(),
                     [&](const std::string& defence) {
                       return benchmark.row(row.name, "", defence).value.value.has_value();
                     });
}

// Fills `metrics`, and says which have nothing to show.
void choose_metrics(const BenchmarkReport& benchmark, const std::vector<std::string>& wanted,
                    Frontier& frontier) {
  for (const std::string& name : wanted) {
    if (const MetricRow* row = benchmark.metric(name)) frontier.metrics.push_back(*row);
  }
  if (!wanted.empty()) return;
  for (const MetricRow& row : benchmark.metrics) {
    const bool is_share =
        benchmark.row(row.name, "", benchmark.defences.front()).value.unit == "share";
    if (!row.headline || !is_share) continue;
    if (has_value(benchmark, row))
      frontier.metrics.push_back(row);
    else
      frontier.notes.push_back("Left out, no answer could be judged: " + row.title + ".");
  }
}

bool is_about(const Requirement& limit, const BenchmarkReport& benchmark) {
  return (limit.benchmark.empty() || limit.benchmark == benchmark.name) &&
         benchmark.metric(limit.metric) != nullptr;
}

bool holds(const RunReport& report, const BenchmarkReport& benchmark, const std::string& defence,
           std::span<const Requirement> limits) {
  return std::all_of(limits.begin(), limits.end(), [&](Requirement limit) {
    if (!is_about(limit, benchmark)) return true;
    limit.benchmark = benchmark.name;
    limit.defence = defence;
    return passed(check_requirements(report, std::span(&limit, 1)));
  });
}

bool is_measured(const FrontierPoint& point) {
  return std::all_of(point.values.begin(), point.values.end(),
                     [](const MetricValue& value) { return value.value.has_value(); });
}

bool beats(const FrontierPoint& a, const FrontierPoint& b, std::span<const MetricRow> metrics) {
  bool better = false;
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    const double gain =
        (*a.values[i].value - *b.values[i].value) * (metrics[i].lower_is_better ? -1 : 1);
    if (gain < 0) return false;
    better = better || gain > 0;
  }
  return better;
}

void find_front(Frontier& frontier) {
  for (FrontierPoint& point : frontier.points) {
    point.on_front =
        !frontier.metrics.empty() && is_measured(point) &&
        std::none_of(frontier.points.begin(), frontier.points.end(), [&](const FrontierPoint& one) {
          return is_measured(one) && beats(one, point, frontier.metrics);
        });
  }
}

// The same number of metrics for all points: a sum orders them as a mean does.
double harm_of(const Frontier& frontier, const FrontierPoint& point) {
  double sum = 0;
  for (std::size_t i = 0; i < frontier.metrics.size(); ++i) {
    if (!counts_harm(frontier.metrics[i])) continue;
    sum += frontier.metrics[i].lower_is_better ? *point.values[i].value : -*point.values[i].value;
  }
  return sum;
}

void choose(bool complete, Frontier& frontier) {
  if (!complete) {
    frontier.notes.emplace_back("None is chosen: the run is unfinished.");
    return;
  }
  if (std::none_of(frontier.metrics.begin(), frontier.metrics.end(), counts_harm)) {
    frontier.notes.emplace_back("None is chosen: no metric here counts harm.");
    return;
  }
  const auto order = [&](std::size_t i) {  // smaller is better
    const FrontierPoint& point = frontier.points[i];
    return std::tuple(harm_of(frontier, point), !point.on_front, i);
  };
  for (std::size_t i = 0; i < frontier.points.size(); ++i) {
    if (!is_measured(frontier.points[i]) || !frontier.points[i].holds) continue;
    if (!frontier.chosen || order(i) < order(*frontier.chosen)) frontier.chosen = i;
  }
  if (!frontier.chosen) frontier.notes.emplace_back("None is chosen: no point holds the limits.");
}

TextTable table_of(const Frontier& frontier, bool stacked) {
  TextTable table;
  table.header.push_back({"point"});
  for (const MetricRow& metric : frontier.metrics) {
    table.header.push_back(stacked ? wrapped(printable(metric.title), 14)
                                   : TextCell{printable(metric.title)});
  }
  table.header.push_back({stacked ? "time" : "an answer"});
  table.header.push_back({"front"});
  for (std::size_t i = 0; i < frontier.points.size(); ++i) {
    const FrontierPoint& point = frontier.points[i];
    TextRow& row = table.rows.emplace_back();
    row.push_back(stacked ? wrapped(printable(point.defence), 24)
                          : TextCell{printable(point.defence)});
    for (const MetricValue& value : point.values) {
      row.push_back(stacked ? TextCell{value_text(value), interval_text(value)}
                            : TextCell{value_text(value) + " " + interval_text(value)});
    }
    row.push_back({value_text(point.seconds)});
    row.push_back(
        {std::string(point.on_front ? "*" : "") + (frontier.chosen == i ? " chosen" : "")});
  }
  return table;
}

void expect_scenario(const BenchmarkData& data, const MetricRow& row, const std::string& scenario) {
  if (!row.per_scenario)
    fail(ErrorKind::kUsage, "'{}' of {} is not measured by scenario", row.name, data.name);
  const std::shared_ptr<const Metric> metric = make_metric(row.spec);
  std::vector<std::string> known;
  for (const Sample& sample : data.samples) {
    const bool fresh = std::find(known.begin(), known.end(), sample.scenario) == known.end();
    if (fresh && metric->selects(sample)) known.push_back(sample.scenario);
  }
  index_of_name(scenario, known, "scenario");
}

}  // namespace

void expect_frontier(std::span<const BenchmarkData> benchmarks, const FrontierOptions& options) {
  // Of the benchmarks that are meant: those of this name, or all.
  const auto metrics = [&](const std::string& benchmark) {
    std::vector<std::string> known;
    for (const BenchmarkData& data : benchmarks) {
      if (!benchmark.empty() && data.name != benchmark) continue;
      for (const MetricRow& row : data.metrics) known.push_back(row.name);
    }
    return known;
  };
  for (const std::string& name : options.metrics) index_of_name(name, metrics(""), "metric");
  std::vector<std::string> names;
  for (const BenchmarkData& data : benchmarks) names.push_back(data.name);
  for (const Requirement& limit : options.limits) {
    if (!limit.benchmark.empty()) index_of_name(limit.benchmark, names, "benchmark");
    index_of_name(limit.metric, metrics(limit.benchmark), "metric");
    if (!limit.defence.empty()) {
      fail_with_hint(ErrorKind::kUsage, "leave 'defence=' out: each point is held to it",
                     "limit '{}' is about one defence", limit.text);
    }
    for (const BenchmarkData& data : benchmarks) {
      if (limit.scenario.empty() || !(limit.benchmark.empty() || limit.benchmark == data.name))
        continue;
      for (const MetricRow& row : data.metrics) {
        if (row.name == limit.metric) expect_scenario(data, row, limit.scenario);
      }
    }
  }
}

std::vector<Frontier> frontiers(const RunReport& report, const FrontierOptions& options) {
  const std::shared_ptr<const Metric> seconds = make_metric("mean_seconds");
  std::vector<Frontier> out;
  for (const BenchmarkReport& benchmark : report.benchmarks) {
    Frontier& frontier = out.emplace_back();
    frontier.benchmark = benchmark.name;
    choose_metrics(benchmark, options.metrics, frontier);
    for (const std::string& defence : benchmark.defences) {
      FrontierPoint& point = frontier.points.emplace_back();
      point.defence = defence;
      for (const MetricRow& metric : frontier.metrics)
        point.values.push_back(benchmark.row(metric.name, "", defence).value);
      point.seconds = seconds->value(benchmark.answers(defence));
      point.holds = holds(report, benchmark, defence, options.limits);
    }
    find_front(frontier);
    const auto limits_this = [&](const Requirement& limit) { return is_about(limit, benchmark); };
    if (std::any_of(options.limits.begin(), options.limits.end(), limits_this))
      choose(report.complete(), frontier);
  }
  return out;
}

Json frontier_json(std::span<const Frontier> frontiers) {
  Json out = Json::array();
  for (const Frontier& frontier : frontiers) {
    Json metrics = Json::array();
    for (const MetricRow& metric : frontier.metrics) metrics.push_back(metric.name);
    Json points = Json::array();
    for (const FrontierPoint& point : frontier.points) {
      Json values = Json::array();
      for (const MetricValue& value : point.values) values.push_back(value_json(value));
      points.push_back({{"defence", point.defence},
                        {"values", std::move(values)},
                        {"seconds", value_json(point.seconds)},
                        {"on_front", point.on_front},
                        {"holds", point.holds}});
    }
    out.push_back(
        {{"benchmark", frontier.benchmark},
         {"metrics", std::move(metrics)},
         {"points", std::move(points)},
         {"chosen", frontier.chosen ? Json(frontier.points[*frontier.chosen].defence) : Json()},
         {"notes", frontier.notes}});
  }
  return out;
}

std::string frontier_text(std::span<const Frontier> frontiers, const TerminalStyle& style) {
  std::string out;
  for (const Frontier& frontier : frontiers) {
    if (!out.empty()) out += "\n";
    out += styled("frontier · " + printable(frontier.benchmark), "1", style.colours) + "\n\n";
    const TextTable wide = table_of(frontier, false);
    const bool stacked = width_of(wide) > style.width;
    out += table_text(stacked ? table_of(frontier, true) : wide, stacked, style.colours);
    for (const std::string& note : frontier.notes) out += format("\n{}\n", printable(note));
  }
  return out +
         "\n*: no other point is at least as good by every metric and better by one. Each value "
         "with\nits 95 % interval: points whose intervals overlap may differ by chance.\n";
}

}  // namespace sightline
