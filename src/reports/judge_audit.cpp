#include "reports/judge_audit.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>

#include "base/random.h"
#include "evals/labels.h"
#include "evals/one_spec.h"
#include "reports/cells.h"
#include "reports/text_table.h"
#include "runs/run_rows.h"
#include "sightline/error.h"

namespace sightline {
namespace {

constexpr std::size_t kDisagreementsShown = 20;

// A row that counts harm, by the verdicts of the subsets' own judges.
struct HarmRow {
  const MetricRow* row = nullptr;
  std::shared_ptr<const Metric> metric;
};

std::vector<HarmRow> harm_rows(const BenchmarkReport& benchmark) {
  std::vector<HarmRow> out;
  for (const MetricRow& row : benchmark.metrics) {
    if (!row.judge.empty()) continue;
    const Json options = one_spec(row.spec, "metric").options;
    if (says_harm(options.value("label", std::string()))) {
      out.push_back({&row, make_metric(row.spec)});
    }
  }
  return out;
}

// What `judge` made of an answer; null where it was not asked.
const Verdict* verdict_by(const std::string& judge, const ScoredAnswer& answer) {
  for (const NamedVerdict& one : answer.verdicts) {
    if (one.judge == judge) return one.verdict;
  }
  return nullptr;
}

bool is_judge_of(const std::string& judge, const ScoredAnswer& answer) {
  return !answer.verdicts.empty() && answer.verdicts.front().judge == judge;
}

void count(bool predicted, bool is, Confusion& confusion) {
  std::int64_t& cell =
      predicted ? (is ? confusion.tp : confusion.fp) : (is ? confusion.fn : confusion.tn);
  ++cell;
}

void compare(const ScoredAnswer& answer, const Verdict& is, const std::string& defence,
             JudgeAudit& audit) {
  const Sample& sample = *answer.sample;
  const bool predicted = says_harm(answer.verdict->label);
  const bool harm = says_harm(is.label);
  count(predicted, harm, audit.confusion);
  count(predicted, harm, audit.by_scenario[sample.scenario]);
  if (predicted == harm) return;
  audit.disagreements.push_back(
      {sample.id, sample.scenario, defence, answer.verdict->label, is.label});
}

// Nothing where they met on no answer, or where a label tells neither of harm nor of none.
std::optional<JudgeAudit> audit_of(const BenchmarkReport& benchmark,
                                   const std::vector<HarmRow>& rows, const std::string& judge,
                                   const std::string& truth) {
  JudgeAudit out;
  out.benchmark = benchmark.name;
  out.judge = judge;
  out.truth = truth;
  for (const std::string& defence : benchmark.defences) {
    for (const ScoredAnswer& answer : benchmark.answers(defence)) {
      const Verdict* is = verdict_by(truth, answer);
      const bool counted = std::any_of(rows.begin(), rows.end(), [&](const HarmRow& row) {
        return row.metric->selects(*answer.sample);
      });
      if (is == nullptr || !counted || !is_judge_of(judge, answer)) continue;
      for (const Verdict* verdict : {answer.verdict, is}) {
        const bool tells = says_harm(verdict->label) || says_no_harm(verdict->label);
        if (verdict->status == Status::kOk && !tells) return std::nullopt;
      }
      if (answer.verdict->status != Status::kOk || is->status != Status::kOk) continue;
      compare(answer, *is, defence, out);
    }
  }
  return out.confusion.n() == 0 ? std::nullopt : std::optional(std::move(out));
}

// The row under one defence; nothing where another judge has a part in it or nobody could be read.
std::optional<CorrectedRow> corrected_row(const HarmRow& row, const std::string& defence,
                                          const BenchmarkReport& benchmark,
                                          const JudgeAudit& audit) {
  std::vector<double> harm;
  std::vector<std::string> clusters;
  for (const ScoredAnswer& answer : benchmark.answers(defence)) {
    if (!row.metric->selects(*answer.sample)) continue;
    if (!is_judge_of(audit.judge, answer)) return std::nullopt;
    const std::optional<bool> event = row.metric->event(answer);
    if (!event) continue;
    harm.push_back(*event ? 1 : 0);
    clusters.push_back(answer.sample->cluster);
  }
  if (harm.empty()) return std::nullopt;
  const ClusterSums judged = cluster_sums(harm, clusters);
  return CorrectedRow{
      .metric = row.row->name,
      .defence = defence,
      .n = static_cast<std::int64_t>(harm.size()),
      .rate = judged.total().mean(),
      .corrected = corrected_rate(judged, audit.confusion, derive_seed(0, "corrected_rate"))};
}

void correct(const BenchmarkReport& benchmark, const std::vector<HarmRow>& rows,
             JudgeAudit& audit) {
  try {
    for (const HarmRow& row : rows) {
      if (!row.row->headline) continue;
      for (const std::string& defence : benchmark.defences) {
        auto corrected = corrected_row(row, defence, benchmark, audit);
        if (corrected) audit.rates.push_back(std::move(*corrected));
      }
    }
    if (audit.rates.empty()) audit.no_rates = "no corrected rate: no headline rate is this judge's";
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kUsage) throw;  // what was audited does not bear a correction
    audit.no_rates = error.message() + "; " + error.hint();
  }
}

std::string percent(double share) { return fixed(100 * share, 1) + " %"; }

std::string rate_line(const CorrectedRow& row) {
  const Interval& interval = row.corrected.interval;
  return format("    {}, {}: {} of {} called harm, {} [{}, {}] corrected\n", row.metric,
                row.defence, percent(row.rate), row.n, percent(row.corrected.value),
                fixed(100 * interval.low, 1), fixed(100 * interval.high, 1));
}

std::string rates_text(const JudgeAudit& audit) {
  if (!audit.no_rates.empty()) return "  " + audit.no_rates + "\n";
  std::string out = "  rates without these errors (Rogan-Gladen, 95 % bootstrap interval):\n";
  for (const CorrectedRow& row : audit.rates) out += rate_line(row);
  return out;
}

// Empty where all answers are of one scenario.
std::string scenarios_text(const JudgeAudit& audit) {
  if (audit.by_scenario.size() < 2) return "";
  TextTable table{
      .header = {{"scenario"}, {"harmful"}, {"sensitivity"}, {"harmless"}, {"specificity"}},
      .rows = {}};
  for (const auto& [scenario, seen] : audit.by_scenario) {
    table.rows.push_back({{printable(scenario)},
                          {to_text(seen.tp + seen.fn)},
                          {measure_text(seen.recall())},
                          {to_text(seen.tn + seen.fp)},
                          {measure_text(seen.specificity())}});
  }
  return "\n" + table_text(table, false, false);
}

std::string disagreements_text(const JudgeAudit& audit) {
  if (audit.disagreements.empty()) return "";
  const std::size_t shown = std::min(audit.disagreements.size(), kDisagreementsShown);
  TextTable table{.header = {{"sample"}, {"scenario"}, {"defence"}, {"prediction"}, {"truth"}},
                  .rows = {}};
  for (const Disagreement& one : std::span(audit.disagreements).first(shown)) {
    table.rows.push_back({{printable(one.sample)},
                          {printable(one.scenario)},
                          {printable(one.defence)},
                          {printable(one.judged)},
                          {printable(one.truly)}});
  }
  const std::size_t left = audit.disagreements.size() - shown;
  return format("\n  {} disagreements:\n\n", audit.disagreements.size()) +
         table_text(table, false, false) +
         (left == 0 ? "" : format("  and {} more, all of them with --json\n", left));
}

Json confusion_json(const Confusion& seen) {
  return {{"tp", seen.tp},
          {"fp", seen.fp},
          {"fn", seen.fn},
          {"tn", seen.tn},
          {"precision", optional_number(seen.precision())},
          {"recall", optional_number(seen.recall())},
          {"specificity", optional_number(seen.specificity())},
          {"false_positive_rate", optional_number(seen.false_positive_rate())},
          {"f1", optional_number(seen.f1())},
          {"balanced_accuracy", optional_number(seen.balanced_accuracy())},
          {"mcc", optional_number(seen.mcc())}};
}

}  // namespace

std::vector<JudgeAudit> judge_audits(const BenchmarkReport& benchmark, const std::string& truth) {
  const std::vector<HarmRow> rows = harm_rows(benchmark);
  std::vector<JudgeAudit> out;
  for (const auto& [subset, judges] : benchmark.judges) {
    const std::string& judge = judges.front().spec;
    const bool done = std::any_of(out.begin(), out.end(),
                                  [&](const JudgeAudit& one) { return one.judge == judge; });
    if (judge == truth || done) continue;
    std::optional<JudgeAudit> found = audit_of(benchmark, rows, judge, truth);
    if (!found) continue;
    JudgeAudit& audit = out.emplace_back(std::move(*found));
    correct(benchmark, rows, audit);
    if (judge.empty()) audit.judge = judges.front().identity;  // runs of older versions
  }
  return out;
}

Json judge_audit_json(const JudgeAudit& audit) {
  Json rates = Json::array();
  for (const CorrectedRow& row : audit.rates) {
    rates.push_back({{"metric", row.metric},
                     {"defence", row.defence},
                     {"n", row.n},
                     {"rate", row.rate},
                     {"corrected", row.corrected.value},
                     {"standard_error", row.corrected.standard_error},
                     {"low", row.corrected.interval.low},
                     {"high", row.corrected.interval.high}});
  }
  Json scenarios = Json::array();
  for (const auto& [scenario, confusion] : audit.by_scenario) {
    scenarios.push_back(confusion_json(confusion));
    scenarios.back()["scenario"] = scenario;
  }
  Json disagreements = Json::array();
  for (const Disagreement& one : audit.disagreements) {
    disagreements.push_back({{"sample", one.sample},
                             {"scenario", one.scenario},
                             {"defence", one.defence},
                             {"prediction", one.judged},
                             {"truth", one.truly}});
  }
  Json out = confusion_json(audit.confusion);
  out.update({{"benchmark", audit.benchmark},
              {"prediction", audit.judge},
              {"truth", audit.truth},
              {"scenarios", std::move(scenarios)},
              {"disagreements", std::move(disagreements)},
              {"rates", std::move(rates)},
              {"no_rates", audit.no_rates.empty() ? Json() : Json(audit.no_rates)}});
  return out;
}

std::string judge_audit_text(const JudgeAudit& audit) {
  const Confusion& seen = audit.confusion;
  std::string out = format(
      "{}: audit of {} (the prediction) by {} (taken as the truth); positive: harm was done\n"
      "  {} harmful answers found, {} missed; {} harmless ones called harm, {} left alone\n"
      "  precision {}, recall {}, false positive rate {}, F1 {}, balanced accuracy {}, MCC {}\n",
      audit.benchmark, audit.judge, audit.truth, seen.tp, seen.fn, seen.fp, seen.tn,
      measure_text(seen.precision()), measure_text(seen.recall()),
      measure_text(seen.false_positive_rate()), measure_text(seen.f1()),
      measure_text(seen.balanced_accuracy()), measure_text(seen.mcc()));
  return out + rates_text(audit) + scenarios_text(audit) + disagreements_text(audit);
}

}  // namespace sightline
