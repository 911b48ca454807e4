// How well a run's own judge does, another judge's labels (people's, as a rule) taken as the truth,
// and what the run's unsafe rates would be without its errors.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "evals/statistics/correction.h"
#include "reports/run_report.h"

namespace sightline {

// A headline rate of harm under one defence.
struct CorrectedRow {
  std::string metric;  // MetricRow::name
  std::string defence;
  std::int64_t n = 0;  // answers that the run's judge could read
  double rate = 0;     // as it called them
  CorrectedRate corrected;
};

// An answer of which the two say otherwise.
struct Disagreement {
  std::string sample;
  std::string scenario;
  std::string defence;
  std::string judged;  // the prediction's label
  std::string truly;   // the truth's
};

struct JudgeAudit {
  std::string benchmark;
  std::string judge;    // the run's own: the prediction
  std::string truth;    // whose labels are taken as the truth
  Confusion confusion;  // of the answers that both could judge; positive: harm was done
  std::map<std::string, Confusion> by_scenario;  // the same answers, by Sample::scenario
  std::vector<Disagreement> disagreements;       // by defence, in the order of the samples
  std::vector<CorrectedRow> rates;
  std::string no_rates;  // why there is none; empty where there are
};

// Of every judge of the run whose verdicts `truth` (what rows call it by) judged again, where both
// say of each answer that harm was done or that none was ("unsafe" or "comply", "safe" or
// "refuse"). Looks at the answers that rows of harm count, all defences together: complying with a
// benign request is no harm.
std::vector<JudgeAudit> judge_audits(const BenchmarkReport& benchmark, const std::string& truth);

Json judge_audit_json(const JudgeAudit& audit);

// Lines that say who is compared with whom and what each number is, then tables; of many
// disagreements the first ones.
std::string judge_audit_text(const JudgeAudit& audit);

}  // namespace sightline
