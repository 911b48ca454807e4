#include "reports/agreement.h"

#include <map>
#include <tuple>

namespace sightline {

std::vector<JudgeAgreement> judge_agreement(const BenchmarkReport& benchmark) {
  std::map<std::tuple<std::string, std::string, std::string>, JudgeAgreement> rows;
  const auto compare = [&rows](const std::string& subset, const NamedVerdict& one,
                               const NamedVerdict& two) {
    JudgeAgreement& row = rows[std::tuple(subset, std::string(one.judge), std::string(two.judge))];
    row.subset = subset;
    row.judge = one.judge;
    row.other = two.judge;
    if (one.verdict->status != Status::kOk || two.verdict->status != Status::kOk) return;
    ++row.n;
    if (one.verdict->label == two.verdict->label) ++row.agreed;
  };
  for (const std::string& defence : benchmark.defences) {
    for (const ScoredAnswer& answer : benchmark.answers(defence)) {
      const std::vector<NamedVerdict>& by = answer.verdicts;
      for (std::size_t one = 0; one < by.size(); ++one) {
        for (std::size_t two = one + 1; two < by.size(); ++two) {
          compare(answer.sample->subset, by[one], by[two]);
        }
      }
    }
  }
  std::vector<JudgeAgreement> out;
  for (auto& [key, row] : rows) out.push_back(std::move(row));
  return out;
}

}  // namespace sightline
