#include "reports/agreement.h"

#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "evals/labels.h"
#include "evals/statistics/agreement.h"

namespace sightline {
namespace {

// Judges of safety and judges of refusal speak of the same harm by other words.
std::string common_word(const std::string& label) {
  if (says_harm(label)) return "harm";
  return says_no_harm(label) ? "no harm" : label;
}

using LabelPairs = std::map<std::pair<std::string, std::string>, std::int64_t>;

// [label of the one][label of the other], over all labels that either said.
RatingTable table_of(const LabelPairs& pairs) {
  std::set<std::string> labels;
  for (const auto& [pair, count] : pairs) labels.insert({pair.first, pair.second});
  const auto place = [&labels](const std::string& label) {
    return static_cast<std::size_t>(std::distance(labels.begin(), labels.find(label)));
  };
  RatingTable table(labels.size(), std::vector<std::int64_t>(labels.size()));
  for (const auto& [pair, count] : pairs) table[place(pair.first)][place(pair.second)] += count;
  return table;
}

}  // namespace

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
    ++row.n;
    const std::pair<std::string, std::string> said(common_word(one.verdict->label),
                                                   common_word(two.verdict->label));
    ++pairs[key][said];
    if (said.first == said.second) ++row.agreed;
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
    const RatingTable table = table_of(pairs[key]);
    row.kappa = cohen_kappa(table);
    row.ac1 = gwet_ac1(table);
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace sightline
