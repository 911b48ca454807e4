#include "reports/comparison.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/near.h"
#include "evals/paired_difference.h"
#include "reports/defence_names.h"
#include "reports/significance.h"
#include "runs/run_rows.h"

namespace sightline {
namespace {

using Answers = std::vector<ScoredAnswer>;

const RunReport& report_of(std::span<const RunReport> reports, std::int64_t run) {
  return *std::find_if(reports.begin(), reports.end(),
                       [&](const RunReport& report) { return report.run.id == run; });
}

const BenchmarkReport* benchmark_named(const RunReport& report, const std::string& name) {
  for (const BenchmarkReport& one : report.benchmarks) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

std::vector<std::string> defences_of(const RunReport& report) {
  return report.benchmarks.empty() ? std::vector<std::string>() : report.benchmarks[0].defences;
}

std::vector<Side> sides_of(std::span<const RunReport> reports) {
  std::vector<Side> sides;
  for (const RunReport& report : reports) {
    for (const std::string& defence : defences_of(report))
      sides.push_back({report.run.id, defence});
  }
  return sides;
}

Side base_of(std::span<const RunReport> reports, const std::string& given) {
  const RunReport* report = &reports.front();
  std::string defence = given;
  for (const RunReport& one : reports) {
    const std::string prefix = std::to_string(one.run.id) + ":";
    if (!given.starts_with(prefix)) continue;
    report = &one;
    defence = given.substr(prefix.size());
  }
  const std::vector<std::string> known = defences_of(*report);
  if (known.empty()) fail(ErrorKind::kUsage, "run {} asked nothing", report->run.id);
  return {report->run.id, defence.empty() ? known.front() : defence_named(known, defence)};
}

std::set<std::string> ids_of(const BenchmarkReport& benchmark) {
  std::set<std::string> ids;
  for (const SampleReport& one : benchmark.samples) ids.insert(one.sample.id);
  return ids;
}

std::set<std::string> answered(const Answers& answers) {
  std::set<std::string> ids;
  for (const ScoredAnswer& answer : answers) ids.insert(answer.sample->id);
  return ids;
}

std::vector<std::string> without(const std::set<std::string>& all,
                                 const std::set<std::string>& taken) {
  std::vector<std::string> out;
  std::set_difference(all.begin(), all.end(), taken.begin(), taken.end(), std::back_inserter(out));
  return out;
}

// Two runs on one benchmark: equal data, or at least equal sample ids.
void check_data(const RunReport& left, const BenchmarkReport& base, const RunReport& right,
                const BenchmarkReport& other, std::vector<std::string>& notes) {
  if (left.run.id == right.run.id) return;
  const std::string ours = base.facts.value("data_sha256", "");
  const std::string theirs = other.facts.value("data_sha256", "");
  if (ours != theirs) {
    const std::set<std::string> ids = ids_of(base);
    if (ids != ids_of(other)) {
      fail_with_hint(ErrorKind::kUsage, "compare runs on the same data",
                     "runs {} and {} asked different data of {}: {} has data {}, {} has {}, and "
                     "their sample ids differ",
                     left.run.id, right.run.id, base.name, left.run.id, ours.substr(0, 12),
                     right.run.id, theirs.substr(0, 12));
    }
    notes.push_back(
        format("{}: the data of runs {} and {} differ ({}, {}); all {} sample ids are "
               "the same, so items are paired by id",
               base.name, left.run.id, right.run.id, ours.substr(0, 12), theirs.substr(0, 12),
               ids.size()));
  }
  if (base.facts.value("judges", Json()) != other.facts.value("judges", Json())) {
    notes.push_back(format("{}: runs {} and {} were read by different judges", base.name,
                           left.run.id, right.run.id));
  }
}

// The metrics of the family that this benchmark has.
std::vector<MetricRow> family_of(const BenchmarkReport& benchmark,
                                 const std::vector<std::string>& declared) {
  std::vector<MetricRow> out;
  for (const MetricRow& metric : benchmark.metrics) {
    const bool named = std::find(declared.begin(), declared.end(), metric.name) != declared.end();
    if (declared.empty() ? metric.headline : named) out.push_back(metric);
  }
  return out;
}

void expect_known(const RunReport& base, const std::vector<std::string>& declared) {
  std::vector<std::string> known;
  for (const BenchmarkReport& benchmark : base.benchmarks) {
    for (const MetricRow& metric : benchmark.metrics) known.push_back(metric.name);
  }
  for (const std::string& name : declared) index_of_name(name, known, "metric");
}

void adjust(std::span<ComparedRow> rows, AdjustedFamily (&by)(const Family&)) {
  Family family;
  for (const ComparedRow& row : rows) family.push_back(&row.paired);
  const AdjustedFamily adjusted = by(family);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].adjusted = adjusted[i];
}

// Compares one side with the base on one benchmark.
class SideComparer {
 public:
  SideComparer(const Comparison& comparison, const BenchmarkReport& base,
               const BenchmarkReport& other, const Side& side)
      : comparison_(comparison), base_(base), other_(other), side_(side) {
    base_answers_ = base.answers(comparison.base.defence);
    side_answers_ = other.answers(side.defence);
  }

  ComparedRow row(const MetricRow& metric, const std::string& scenario) const {
    ComparedRow out{.benchmark = base_.name, .metric = metric, .scenario = scenario, .side = side_};
    const SummaryRow* base = find(base_, metric, scenario, comparison_.base.defence);
    const SummaryRow* side = find(other_, metric, scenario, side_.defence);
    if (base != nullptr) out.base = base->value;
    if (side != nullptr) out.value = side->value;
    // Summaries compare with the first defence already.
    const bool known =
        &base_ == &other_ && comparison_.base.defence == base_.defences.front() && side != nullptr;
    out.paired = known ? side->paired : paired(metric, scenario);
    if (out.paired) out.paired->against = comparison_.name_of(comparison_.base);
    return out;
  }

  Unpaired unpaired() const {
    const std::set<std::string> base = answered(base_answers_);
    const std::set<std::string> side = answered(side_answers_);
    return {base_.name, side_, without(base, side), without(side, base)};
  }

  bool has(const MetricRow& metric) const {
    return std::any_of(other_.metrics.begin(), other_.metrics.end(), [&](const MetricRow& one) {
      return one.name == metric.name && one.spec == metric.spec && one.judge == metric.judge;
    });
  }

 private:
  static const SummaryRow* find(const BenchmarkReport& benchmark, const MetricRow& metric,
                                const std::string& scenario, const std::string& defence) {
    for (const SummaryRow& row : benchmark.rows) {
      const bool wanted =
          row.metric == metric.name && row.scenario == scenario && row.defence == defence;
      if (wanted) return &row;
    }
    return nullptr;  // this run has no such samples
  }

  std::optional<PairedDifference> paired(const MetricRow& metric,
                                         const std::string& scenario) const {
    const auto within = [&](const Answers& answers) {
      return judged_by(metric.judge, of_scenario(scenario, answers));
    };
    return paired_difference(
        paired_items(*make_metric(metric.spec), within(base_answers_), within(side_answers_)), "");
  }

  const Comparison& comparison_;
  const BenchmarkReport& base_;
  const BenchmarkReport& other_;
  const Side& side_;
  Answers base_answers_;
  Answers side_answers_;
};

void add_side(const ComparePlan& plan, const BenchmarkReport& base, const BenchmarkReport& other,
              const Side& side, Comparison& out) {
  const SideComparer comparer(out, base, other, side);
  Unpaired unpaired = comparer.unpaired();
  if (!unpaired.only_base.empty() || !unpaired.only_side.empty()) {
    out.unpaired.push_back(std::move(unpaired));
  }
  for (const MetricRow& metric : family_of(base, plan.metrics)) {
    if (!comparer.has(metric)) {
      out.notes.push_back(format("{}: run {} does not measure '{}' in the same way", base.name,
                                 side.run, metric.name));
      continue;
    }
    out.rows.push_back(comparer.row(metric, ""));
    if (!plan.scenarios || !metric.per_scenario) continue;
    const std::size_t start = out.scenario_rows.size();
    for (const std::string& scenario : base.scenarios(metric.name)) {
      out.scenario_rows.push_back(comparer.row(metric, scenario));
    }
    adjust(std::span(out.scenario_rows).subspan(start), explored);
  }
}

Json side_json(const Side& side) { return {{"run", side.run}, {"defence", side.defence}}; }

Json rows_json(std::span<const ComparedRow> rows, const char* adjusted) {
  Json out = Json::array();
  for (const ComparedRow& row : rows) {
    Json& one = out.emplace_back(Json{{"benchmark", row.benchmark},
                                      {"metric", row.metric.name},
                                      {"scenario", row.scenario},
                                      {"side", side_json(row.side)},
                                      {"base_value", value_json(row.base)},
                                      {"side_value", value_json(row.value)}});
    if (!row.paired) continue;
    one["paired"] = paired_json(*row.paired);
    one["paired"]["spread"] = row.spread();
    one[adjusted] = *row.adjusted;
    one["marked"] = row.marked();
  }
  return out;
}

}  // namespace

bool ComparedRow::marked() const { return adjusted && is_significant(*adjusted, paired->n); }

double ComparedRow::spread() const {
  const double moved = static_cast<double>(paired->gained + paired->lost);
  const double mean = paired->difference;
  return std::sqrt(std::max(0.0, moved / static_cast<double>(paired->n) - mean * mean));
}

bool Comparison::several_runs() const {
  return std::any_of(sides.begin(), sides.end(),
                     [&](const Side& side) { return side.run != base.run; });
}

std::string Comparison::name_of(const Side& side) const {
  return several_runs() ? format("run {}, {}", side.run, side.defence) : side.defence;
}

Comparison compare(std::span<const RunReport> reports, const ComparePlan& plan) {
  Comparison out{.base = base_of(reports, plan.base)};
  out.sides = sides_of(reports);
  std::erase(out.sides, out.base);
  const RunReport& base_report = report_of(reports, out.base.run);
  expect_known(base_report, plan.metrics);
  bool compared = false;
  for (const BenchmarkReport& base : base_report.benchmarks) {
    std::set<std::int64_t> checked;
    for (const Side& side : out.sides) {
      const RunReport& report = report_of(reports, side.run);
      const BenchmarkReport* other = benchmark_named(report, base.name);
      if (checked.insert(side.run).second) {
        if (other == nullptr)
          out.notes.push_back(format("run {} did not ask {}", side.run, base.name));
        else
          check_data(base_report, base, report, *other, out.notes);
      }
      if (other == nullptr) continue;
      compared = true;
      add_side(plan, base, *other, side, out);
    }
  }
  if (!compared) {
    fail_with_hint(ErrorKind::kUsage, "name a second run, or one with several defences",
                   "nothing to compare with run {}, {}", out.base.run, out.base.defence);
  }
  adjust(std::span(out.rows), claimed);
  return out;
}

Json comparison_json(const Comparison& comparison) {
  Json sides = Json::array();
  for (const Side& side : comparison.sides) sides.push_back(side_json(side));
  Json unpaired = Json::array();
  for (const Unpaired& one : comparison.unpaired) {
    unpaired.push_back({{"benchmark", one.benchmark},
                        {"side", side_json(one.side)},
                        {"only_base", one.only_base},
                        {"only_side", one.only_side}});
  }
  return {{"format", "sightline.comparison/1"},
          {"base", side_json(comparison.base)},
          {"sides", std::move(sides)},
          {"rows", rows_json(comparison.rows, "holm_p")},
          {"scenario_rows", rows_json(comparison.scenario_rows, "bh_q")},
          {"unpaired", std::move(unpaired)},
          {"notes", comparison.notes}};
}

}  // namespace sightline
