#include "reports/agreement.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "evals/judges/jury.h"
#include "evals/label_pairs.h"
#include "evals/labels.h"
#include "evals/statistics/agreement.h"

namespace sightline {
namespace {

constexpr std::size_t kLeastRaters = 3;

// What a panel said of the answers that all of it could judge.
class Panel {
 public:
  // Labels of one answer; empty where a rater could not judge it. Answers of a panel that has
  // another size than the first one seen are passed over.
  void add(const std::vector<std::string>& labels) {
    if (raters_ == 0) raters_ = labels.size();
    const bool whole = std::find(labels.begin(), labels.end(), "") == labels.end();
    if (!whole || labels.size() != raters_) return;
    std::map<std::string, std::int64_t>& raters = answers_.emplace_back();
    for (const std::string& label : labels) ++raters[common_label(label)];
  }

  PanelAgreement agreement(const std::string& subset, const std::string& jury) const {
    std::set<std::string> labels;
    for (const auto& one : answers_) {
      for (const auto& [label, raters] : one) labels.insert(label);
    }
    std::vector<std::vector<std::int64_t>> counts;
    for (const auto& one : answers_) {
      std::vector<std::int64_t>& row = counts.emplace_back();
      for (const std::string& label : labels) {
        const auto found = one.find(label);
        row.push_back(found == one.end() ? 0 : found->second);
      }
    }
    return {.subset = subset,
            .jury = jury,
            .raters = raters_,
            .n = static_cast<std::int64_t>(counts.size()),
            .kappa = fleiss_kappa(counts)};
  }

 private:
  std::size_t raters_ = 0;
  std::vector<std::map<std::string, std::int64_t>> answers_;  // label → raters that gave it
};

std::vector<std::string> labels_of(const std::vector<Verdict>& verdicts) {
  std::vector<std::string> labels;
  for (const Verdict& one : verdicts) {
    labels.push_back(one.status == Status::kOk ? one.label : "");
  }
  return labels;
}

bool is_jury(const RunJudge& judge) {
  return judge.spec == "jury" || judge.spec.starts_with("jury(");
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

std::vector<PanelAgreement> panel_agreement(const BenchmarkReport& benchmark) {
  std::map<std::pair<std::string, std::string>, Panel> panels;  // by subset, jury
  for (const SampleReport& one : benchmark.samples) {
    const std::string& subset = one.sample.subset;
    const std::vector<RunJudge>& judges = benchmark.judges.at(subset);
    for (const AnswerReport& answer : one.answers) {
      if (judges.size() >= kLeastRaters) panels[{subset, ""}].add(labels_of(answer.verdicts));
      for (std::size_t j = 0; j < judges.size(); ++j) {
        if (!is_jury(judges[j])) continue;
        const std::vector<std::string> votes = first_votes(answer.verdicts[j]);
        if (votes.size() >= kLeastRaters) panels[{subset, judges[j].spec}].add(votes);
      }
    }
  }
  std::vector<PanelAgreement> out;
  for (const auto& [key, panel] : panels) out.push_back(panel.agreement(key.first, key.second));
  return out;
}

}  // namespace sightline
