#include "evals/summary.h"

#include <algorithm>
#include <set>

#include "evals/judges/gold.h"
#include "evals/plain_text.h"

namespace sightline {
namespace {

std::set<std::string> scenarios_of(const Metric& metric, std::span<const DefenceAnswers> defences) {
  std::set<std::string> scenarios;
  for (const DefenceAnswers& one : defences) {
    for (const ScoredAnswer& answer : one.answers) {
      if (metric.selects(*answer.sample) && !answer.sample->scenario.empty()) {
        scenarios.insert(answer.sample->scenario);
      }
    }
  }
  return scenarios;
}

std::vector<DefenceAnswers> judged_by(const std::string& judge,
                                      std::span<const DefenceAnswers> defences) {
  std::vector<DefenceAnswers> out;
  for (const DefenceAnswers& one : defences) {
    out.push_back({one.defence, judged_by(judge, one.answers)});
  }
  return out;
}

// What an answer that is always the same is worth on the samples of `answers`.
std::vector<Verdict> constant_verdicts(std::span<const ScoredAnswer> answers,
                                       const Baseline& baseline) {
  std::vector<Verdict> verdicts;
  const std::string said = lower_case(baseline.answer);
  for (const ScoredAnswer& answer : answers) {
    const std::vector<std::string> accepted = accepted_answers(*answer.sample);
    const bool right = std::any_of(accepted.begin(), accepted.end(),
                                   [&said](const auto& one) { return lower_case(one) == said; });
    verdicts.push_back({.label = right ? "correct" : "wrong", .score = 1, .reason = "", .raw = ""});
  }
  return verdicts;
}

// Over all samples, also those that nobody could be asked. An answer nobody gave took no time.
SummaryRow baseline_row(const Metric& metric, std::span<const ScoredAnswer> answers,
                        const Baseline& baseline) {
  const std::vector<Verdict> verdicts = constant_verdicts(answers, baseline);
  std::vector<ScoredAnswer> constant;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    constant.push_back({answers[i].sample, &verdicts[i], 0});
  }
  SummaryRow row;
  row.defence = baseline.name;
  row.value = metric.value(constant);
  row.baseline = true;
  if (row.value.unit == "seconds") row.value.value.reset();
  return row;
}

}  // namespace

std::vector<ScoredAnswer> judged_by(const std::string& judge,
                                    std::span<const ScoredAnswer> answers) {
  std::vector<ScoredAnswer> out;
  out.reserve(answers.size());
  for (const ScoredAnswer& answer : answers) {
    const Verdict* verdict = judge.empty() ? answer.verdict : nullptr;
    for (const NamedVerdict& by : answer.verdicts) {
      if (by.judge == judge) verdict = by.verdict;
    }
    if (verdict != nullptr)
      out.push_back({answer.sample, verdict, answer.seconds, answer.verdicts});
  }
  return out;
}

std::vector<ScoredAnswer> of_scenario(const std::string& scenario,
                                      std::span<const ScoredAnswer> answers) {
  std::vector<ScoredAnswer> out;
  for (const ScoredAnswer& answer : answers) {
    if (scenario.empty() || answer.sample->scenario == scenario) out.push_back(answer);
  }
  return out;
}

std::vector<SummaryRow> summarise(const std::string& benchmark, std::span<const MetricRow> metrics,
                                  std::span<const DefenceAnswers> all,
                                  std::span<const Baseline> baselines) {
  std::vector<SummaryRow> rows;
  for (const MetricRow& row : metrics) {
    const std::shared_ptr<const Metric> metric = make_metric(row.spec);
    const std::vector<DefenceAnswers> defences = judged_by(row.judge, all);
    const auto add = [&](const std::string& scenario, std::span<const DefenceAnswers> parts) {
      for (const DefenceAnswers& one : parts) {
        SummaryRow summary{.benchmark = benchmark,
                           .defence = one.defence,
                           .metric = row.name,
                           .scenario = scenario,
                           .value = metric->value(one.answers),
                           .paired = std::nullopt};
        if (&one != &parts.front()) {
          const DefenceAnswers& base = parts.front();
          summary.paired =
              paired_difference(paired_items(*metric, base.answers, one.answers), base.defence);
        }
        rows.push_back(std::move(summary));
      }
    };
    add("", defences);
    for (const Baseline& baseline : baselines) {
      SummaryRow constant = baseline_row(*metric, defences.front().answers, baseline);
      constant.benchmark = benchmark;
      constant.metric = row.name;
      rows.push_back(std::move(constant));
    }
    if (!row.per_scenario) continue;
    for (const std::string& scenario : scenarios_of(*metric, defences)) {
      std::vector<DefenceAnswers> parts;
      for (const DefenceAnswers& one : defences) {
        parts.push_back({one.defence, of_scenario(scenario, one.answers)});
      }
      add(scenario, parts);
    }
  }
  return rows;
}

}  // namespace sightline
