// How often the judges of a run say the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/run_report.h"

namespace sightline {

// Two judges over one subset's answers, all defences together.
struct JudgeAgreement {
  std::string subset;
  std::string judge;
  std::string other;
  std::int64_t n = 0;       // answers that both could judge
  std::int64_t agreed = 0;  // of those with equal labels (evals/label_pairs.h)
  // Beyond chance; absent where undefined, as with one label alone (statistics/agreement.h).
  std::optional<double> kappa;  // Cohen's
  std::optional<double> ac1;    // Gwet's
};

// One row per subset and pair of judges that met on an answer; empty where there is one judge.
std::vector<JudgeAgreement> judge_agreement(const BenchmarkReport& benchmark);

}  // namespace sightline
