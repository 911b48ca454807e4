#include "reports/judge_audit.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "base/random.h"
#include "evals/labels.h"
#include "evals/one_spec.h"
#include "reports/cells.h"
#include "runs/run_rows.h"
#include "sightline/error.h"

namespace sightline {
namespace {

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

// Nothing where they met on no answer, or where a label tells neither of harm nor of none.
std::optional<Confusion> confusion_of(const BenchmarkReport& benchmark,
                                      const std::vector<HarmRow>& rows, const std::string& judge,
                                      const std::string& truth) {
  Confusion out;
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
      count(says_harm(answer.verdict->label), says_harm(is->label), out);
    }
  }
  return out.n() == 0 ? std::nullopt : std::optional(out);
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

}  // namespace

std::vector<JudgeAudit> judge_audits(const BenchmarkReport& benchmark, const std::string& truth) {
  const std::vector<HarmRow> rows = harm_rows(benchmark);
  std::vector<JudgeAudit> out;
  for (const auto& [subset, judges] : benchmark.judges) {
    const std::string& judge = judges.front().spec;
    const bool done = std::any_of(out.begin(), out.end(),
                                  [&](const JudgeAudit& one) { return one.judge == judge; });
    if (judge == truth || done) continue;
    const std::optional<Confusion> confusion = confusion_of(benchmark, rows, judge, truth);
    if (!confusion) continue;
    JudgeAudit& audit = out.emplace_back();
    audit.benchmark = benchmark.name;
    audit.judge = judge;
    audit.truth = truth;
    audit.confusion = *confusion;
    correct(benchmark, rows, audit);
    if (judge.empty()) audit.judge = judges.front().identity;  // runs of older versions
  }
  return out;
}

Json judge_audit_json(const JudgeAudit& audit) {
  const Confusion& seen = audit.confusion;
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
  return {{"benchmark", audit.benchmark},
          {"prediction", audit.judge},
          {"truth", audit.truth},
          {"tp", seen.tp},
          {"fp", seen.fp},
          {"fn", seen.fn},
          {"tn", seen.tn},
          {"precision", optional_number(seen.precision())},
          {"recall", optional_number(seen.recall())},
          {"false_positive_rate", optional_number(seen.false_positive_rate())},
          {"f1", optional_number(seen.f1())},
          {"balanced_accuracy", optional_number(seen.balanced_accuracy())},
          {"mcc", optional_number(seen.mcc())},
          {"rates", rates},
          {"no_rates", audit.no_rates.empty() ? Json() : Json(audit.no_rates)}};
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
  if (!audit.no_rates.empty()) return out + "  " + audit.no_rates + "\n";
  out += "  rates without these errors (Rogan-Gladen, 95 % bootstrap interval):\n";
  for (const CorrectedRow& row : audit.rates) out += rate_line(row);
  return out;
}

}  // namespace sightline
