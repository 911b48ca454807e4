#include "reports/gate.h"

#include <algorithm>
#include <optional>

#include "base/near.h"
#include "reports/cells.h"
#include "reports/defence_names.h"
#include "reports/junit.h"

namespace sightline {
namespace {

// The end of the interval, or the clustered one where that reaches further.
double bound_of(const Requirement& requirement, const MetricValue& value) {
  switch (requirement.bound) {
    case Bound::kUpper: return std::max(value.high, value.clustered_high.value_or(value.high));
    case Bound::kLower: return std::min(value.low, value.clustered_low.value_or(value.low));
    case Bound::kValue: break;
  }
  return *value.value;
}

// The share if every answer that no judge could read had gone against the requirement.
std::optional<double> worst_share(const Requirement& requirement, const MetricValue& value) {
  const auto unread = static_cast<double>(value.counts.n_unparsed + value.counts.n_empty);
  if (value.unit != "share" || unread == 0) return std::nullopt;
  const auto read = static_cast<double>(value.counts.n_ok);
  const double against = requirement.at_most() ? unread : 0;
  return (*value.value * read + against) / (read + unread);
}

// Why the value does not pass; empty when it does.
std::string objection(const Requirement& requirement, const MetricValue& value) {
  if (!value.value) return "no answer could be judged";
  if (value.counts.n_error > 0) return "answers failed";
  if (!requirement.holds(bound_of(requirement, value))) {
    return requirement.bound == Bound::kValue ? "not so" : "its bound is not there";
  }
  const std::optional<double> worst = worst_share(requirement, value);
  if (worst && !requirement.holds(*worst)) {
    return format("the answers that no judge could read may make it {} %", fixed(100 * *worst, 1));
  }
  return "";
}

GateCheck check_value(const Requirement& requirement, const std::string& subject,
                      const MetricValue& value, bool complete) {
  const std::string why = complete ? objection(requirement, value) : "the run is unfinished";
  std::string found = cell_text(value);
  if (const std::string clustered = clustered_text(value); !clustered.empty()) {
    found += ", clustered " + clustered;
  }
  return {.wanted = requirement.text,
          .subject = subject,
          .passed = why.empty(),
          .found = found + (why.empty() ? "" : ": " + why)};
}

bool has_metric(const BenchmarkReport& benchmark, const std::string& metric) {
  return std::any_of(benchmark.metrics.begin(), benchmark.metrics.end(),
                     [&](const MetricRow& row) { return row.name == metric; });
}

void expect_names(const RunReport& report, const Requirement& requirement) {
  std::vector<std::string> metrics;
  std::vector<std::string> benchmarks;
  for (const BenchmarkReport& benchmark : report.benchmarks) {
    benchmarks.push_back(benchmark.name);
    const bool chosen = requirement.benchmark.empty() || requirement.benchmark == benchmark.name;
    for (const MetricRow& row : benchmark.metrics) {
      if (chosen) metrics.push_back(row.name);
    }
  }
  if (!requirement.benchmark.empty()) index_of_name(requirement.benchmark, benchmarks, "benchmark");
  index_of_name(requirement.metric, metrics, "metric");
}

void expect_scenario(const BenchmarkReport& benchmark, const Requirement& requirement) {
  if (requirement.scenario.empty()) return;
  const std::vector<std::string> known = benchmark.scenarios(requirement.metric);
  if (known.empty()) {
    fail(ErrorKind::kUsage, "'{}' of {} is not measured by scenario", requirement.metric,
         benchmark.name);
  }
  index_of_name(requirement.scenario, known, "scenario");
}

std::string subject_of(const BenchmarkReport& benchmark, const std::string& defence,
                       const std::string& scenario) {
  return benchmark.name + ", " + defence + (scenario.empty() ? "" : ", " + scenario);
}

}  // namespace

bool passed(std::span<const GateCheck> checks) {
  return !checks.empty() && std::all_of(checks.begin(), checks.end(),
                                        [](const GateCheck& check) { return check.passed; });
}

std::vector<GateCheck> check_requirements(const RunReport& report,
                                          std::span<const Requirement> requirements) {
  std::vector<GateCheck> checks;
  for (const Requirement& requirement : requirements) {
    expect_names(report, requirement);
    for (const BenchmarkReport& benchmark : report.benchmarks) {
      const bool chosen = requirement.benchmark.empty() || requirement.benchmark == benchmark.name;
      if (!chosen || !has_metric(benchmark, requirement.metric)) continue;
      expect_scenario(benchmark, requirement);
      const std::string wanted =
          requirement.defence.empty() ? "" : defence_named(benchmark.defences, requirement.defence);
      for (const std::string& defence : benchmark.defences) {
        if (!wanted.empty() && defence != wanted) continue;
        checks.push_back(
            check_value(requirement, subject_of(benchmark, defence, requirement.scenario),
                        benchmark.row(requirement.metric, requirement.scenario, defence).value,
                        report.complete()));
      }
    }
  }
  return checks;
}

Json gate_json(const RunReport& report, std::span<const GateCheck> checks) {
  Json list = Json::array();
  for (const GateCheck& check : checks) {
    list.push_back({{"wanted", check.wanted},
                    {"subject", check.subject},
                    {"passed", check.passed},
                    {"found", check.found}});
  }
  return {{"format", "sightline.gate/1"},
          {"run", report.run.id},
          {"passed", passed(checks)},
          {"checks", std::move(list)}};
}

std::string gate_text(const RunReport& report, std::span<const GateCheck> checks,
                      const TerminalStyle& style) {
  const auto made = [&](bool stacked) {
    TextTable table{.header = {{"verdict"}, {"wanted"}, {"of"}, {"found"}}, .rows = {}};
    const auto text = [stacked](const std::string& from, std::size_t width) {
      return stacked ? wrapped(printable(from), width) : TextCell{printable(from)};
    };
    for (const GateCheck& check : checks) {
      table.rows.push_back({{check.passed ? "pass" : "FAIL"},
                            text(check.wanted, 24),
                            text(check.subject, 18),
                            text(check.found, 24)});
    }
    return table;
  };
  const TextTable wide = made(false);
  const bool stacked = width_of(wide) > style.width;
  const auto failures = std::count_if(checks.begin(), checks.end(),
                                      [](const GateCheck& check) { return !check.passed; });
  return table_text(stacked ? made(true) : wide, stacked, style.colours) +
         (failures == 0 ? format("\nrun {} passes\n", report.run.id)
                        : format("\nrun {} does not pass: {} of {} checks failed\n", report.run.id,
                                 failures, checks.size()));
}

std::string gate_junit(const RunReport& report, std::span<const GateCheck> checks) {
  std::vector<JUnitCase> cases;
  for (const GateCheck& check : checks) {
    cases.push_back({.suite = "gate",
                     .group = check.subject,
                     .name = check.wanted,
                     .failure = check.passed ? "" : check.found});
  }
  return junit_text(format("sightline gate, run {}", report.run.id), cases);
}

}  // namespace sightline
