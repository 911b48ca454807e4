// How often the judges of a run say the same, and the jurors of a jury.
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

// Three or more raters of one subset's answers, all defences together.
struct PanelAgreement {
  std::string subset;
  std::string jury;  // whose jurors they are, before they confer; empty: the subset's judges
  std::size_t raters = 0;
  std::int64_t n = 0;           // answers that all of them could judge
  std::optional<double> kappa;  // Fleiss'; absent where all said one thing, or n is 0
};

// The judges of each subset that has three or more, and the jurors of each jury whose votes the
// report holds (one read with words).
std::vector<PanelAgreement> panel_agreement(const BenchmarkReport& benchmark);

}  // namespace sightline
