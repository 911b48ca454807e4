#include "reports/gate.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/near.h"
#include "evals/unread.h"
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

// The value furthest from what is required that the answers which no judge could read allow.
MetricValue worst_value(const Requirement& requirement, const MetricRow& row,
                        std::span<const ScoredAnswer> answers, MetricValue worst) {
  const std::shared_ptr<const Metric> metric = make_metric(row.spec);
  for (const Verdict& reading : possible_readings(row.spec)) {
    MetricValue value = metric->value(read_as(reading, answers));
    if (!value.value) continue;
    const double before = bound_of(requirement, worst);
    const double now = bound_of(requirement, value);
    if (requirement.at_most() ? now > before : now < before) worst = std::move(value);
  }
  return worst;
}

// "5.0 %", or with its intervals "5.0 % [0.9, 23.6]", where a bound is required.
std::string worst_text(const Requirement& requirement, const MetricValue& value) {
  std::string text = value_text(value);
  if (requirement.bound == Bound::kValue) return text;
  text += " " + interval_text(value);
  const std::string clustered = clustered_text(value);
  return clustered.empty() ? text : text + ", clustered " + clustered;
}

// One metric of one defence, perhaps within a scenario.
struct Measured {
  const MetricRow& row;
  const MetricValue& value;
  std::vector<ScoredAnswer> answers;  // what the value is of
};

// Why the value does not pass; empty when it does.
std::string objection(const Requirement& requirement, const Measured& measured) {
  const MetricValue& value = measured.value;
  if (!value.value) return "no answer could be judged";
  if (value.counts.n_error > 0) return "answers failed";
  if (!requirement.holds(bound_of(requirement, value))) {
    return requirement.bound == Bound::kValue ? "not so" : "its bound is not there";
  }
  if (value.counts.n_unparsed + value.counts.n_empty == 0) return "";
  const MetricValue worst = worst_value(requirement, measured.row, measured.answers, value);
  if (requirement.holds(bound_of(requirement, worst))) return "";
  return "the answers that no judge could read may make it " + worst_text(requirement, worst);
}

GateCheck check_value(const Requirement& requirement, const std::string& subject,
                      const Measured& measured, bool complete) {
  const std::string why = complete ? objection(requirement, measured) : "the run is unfinished";
  std::string found = cell_text(measured.value);
  if (const std::string clustered = clustered_text(measured.value); !clustered.empty()) {
    found += ", clustered " + clustered;
  }
  return {.wanted = requirement.text,
          .subject = subject,
          .passed = why.empty(),
          .found = found + (why.empty() ? "" : ": " + why)};
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
      const MetricRow* row = benchmark.metric(requirement.metric);
      if (!chosen || row == nullptr) continue;
      expect_scenario(benchmark, requirement);
      const std::string wanted =
          requirement.defence.empty() ? "" : defence_named(benchmark.defences, requirement.defence);
      for (const std::string& defence : benchmark.defences) {
        if (!wanted.empty() && defence != wanted) continue;
        const Measured measured = {
            .row = *row,
            .value = benchmark.row(row->name, requirement.scenario, defence).value,
            .answers = judged_by(row->judge,
                                 of_scenario(requirement.scenario, benchmark.answers(defence)))};
        checks.push_back(check_value(requirement,
                                     subject_of(benchmark, defence, requirement.scenario), measured,
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
