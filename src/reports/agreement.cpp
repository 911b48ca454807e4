#include "reports/agreement.h"

#include <map>
#include <tuple>
#include <utility>

#include "evals/label_pairs.h"

namespace sightline {

std::vector<JudgeAgreement> judge_agreement(const BenchmarkReport& benchmark) {
  using Key = std::tuple<std::string, std::string, std::string>;
  std::map<Key, JudgeAgreement> rows;
  std::map<Key, LabelPairs> pairs;
  const auto compare = [&](const std::string& subset, const NamedVerdict& one,
                           const NamedVerdict& two) {
    const Key key(subset, one.judge, two.judge);
    JudgeAgreement& row = rows[key];
    row.subset = subset;
    row.judge = one.judge;
    row.other = two.judge;
    if (one.verdict->status != Status::kOk || two.verdict->status != Status::kOk) return;
    pairs[key].add(one.verdict->label, two.verdict->label);
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
  for (auto& [key, row] : rows) {
    row.n = pairs[key].n();
    row.agreed = pairs[key].agreed();
    const RatingTable table = pairs[key].table();
    row.kappa = cohen_kappa(table);
    row.ac1 = gwet_ac1(table);
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace sightline
