#include "reports/json_report.h"

#include <map>

#include "reports/agreement.h"
#include "reports/outcome.h"
#include "reports/significance.h"
#include "runs/run_rows.h"
#include "text/unicode.h"

namespace sightline {
namespace {

// Holm's p by row. The family is that of `compare`: the headline of all benchmarks.
using AdjustedRows = std::map<const SummaryRow*, double>;

AdjustedRows adjusted_rows(const RunReport& report) {
  std::vector<const SummaryRow*> rows;
  Family family;
  for (const BenchmarkReport& benchmark : report.benchmarks) {
    for (const SummaryRow& row : benchmark.rows) {
      if (!row.scenario.empty() || !benchmark.metric(row.metric)->headline) continue;
      rows.push_back(&row);
      family.push_back(&row.paired);
    }
  }
  const AdjustedFamily adjusted = claimed(family);
  AdjustedRows out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (adjusted[i]) out.emplace(rows[i], *adjusted[i]);
  }
  return out;
}

Json row_json(const SummaryRow& row) {
  Json out = parse_json(summary_details_text(row), "summary");
  out.update(value_json(row.value));
  out.update({{"defence", row.defence},
              {"baseline", row.baseline},
              {"metric", row.metric},
              {"scenario", row.scenario}});
  return out;
}

Json verdict_json(const Verdict& verdict) {
  return {{"status", name_of(verdict.status)},
          {"label", verdict.label},
          {"reason", text::repair_utf8(verdict.reason)}};
}

// Of every judge, where there are several.
Json verdicts_json(const AnswerReport& answer, const std::vector<RunJudge>& judges) {
  Json verdicts = Json::array();
  for (std::size_t j = 0; j < judges.size(); ++j) {
    verdicts.push_back(verdict_json(answer.verdicts[j]));
    verdicts.back()["judge"] = judges[j].spec;
  }
  return verdicts;
}

Json answer_json(const AnswerReport& answer, const std::string& defence, std::string_view outcome,
                 const std::vector<RunJudge>& judges) {
  Json out = {{"defence", defence},
              {"status", name_of(answer.answer.status)},
              {"text", text::repair_utf8(answer.answer.text)},
              {"error", text::repair_utf8(answer.answer.error)},
              {"finish", name_of(answer.answer.finish)},
              {"first_token_scores", answer.answer.first_token_scores},
              {"seconds", answer.answer.seconds},
              {"prompt_tokens", answer.answer.usage.prompt_tokens},
              {"completion_tokens", answer.answer.usage.completion_tokens},
              {"verdict", verdict_json(answer.verdicts.front())},
              {"outcome", outcome}};
  if (judges.size() > 1) out["verdicts"] = verdicts_json(answer, judges);
  return out;
}

Json sample_json(const SampleReport& one, const BenchmarkReport& benchmark,
                 const Outcomes& outcomes) {
  Json answers = Json::array();
  for (const AnswerReport& answer : one.answers) {
    answers.push_back(answer_json(answer, benchmark.defences[answer.defence],
                                  outcomes.of(one.sample, answer.verdicts.front()),
                                  benchmark.judges.at(one.sample.subset)));
  }
  return {{"id", one.sample.id},
          {"subset", one.sample.subset},
          {"scenario", one.sample.scenario},
          {"variant", one.sample.variant},
          {"cluster", one.sample.cluster},
          {"conversation", conversation_json(one.sample.conversation)},
          {"expected", parse_json(one.sample.expected_json, one.sample.id)},
          {"answers", std::move(answers)}};
}

Json agreement_json(const std::vector<JudgeAgreement>& rows) {
  Json out = Json::array();
  for (const JudgeAgreement& row : rows) {
    out.push_back({{"subset", row.subset},
                   {"judges", {row.judge, row.other}},
                   {"n", row.n},
                   {"agreed", row.agreed},
                   {"kappa", optional_number(row.kappa)},
                   {"ac1", optional_number(row.ac1)}});
  }
  return out;
}

Json panels_json(const std::vector<PanelAgreement>& panels) {
  Json out = Json::array();
  for (const PanelAgreement& one : panels) {
    out.push_back({{"subset", one.subset},
                   {"jury", one.jury},
                   {"raters", one.raters},
                   {"n", one.n},
                   {"kappa", optional_number(one.kappa)}});
  }
  return out;
}

Json rows_json(const BenchmarkReport& benchmark, const AdjustedRows& adjusted) {
  Json rows = Json::array();
  for (const SummaryRow& row : benchmark.rows) {
    Json& one = rows.emplace_back(row_json(row));
    const auto found = adjusted.find(&row);
    if (found == adjusted.end()) continue;
    one["paired"]["holm_p"] = found->second;
    one["paired"]["marked"] = is_significant(found->second, row.paired->n);
  }
  return rows;
}

Json benchmark_json(const BenchmarkReport& benchmark, const AdjustedRows& adjusted) {
  Json metrics = metric_rows_json(benchmark.metrics);
  Json baselines = Json::array();
  for (const Baseline& one : benchmark.baselines) baselines.push_back(one.name);
  Json ablation = Json::array();
  for (const AblationRow& row : benchmark.ablation) {
    ablation.push_back(
        {{"kind", row.kind}, {"picture", row_json(row.picture)}, {"twin", row_json(row.twin)}});
  }
  Json out = {{"name", benchmark.name},
              {"facts", benchmark.facts},
              {"defences", benchmark.defences},
              {"baselines", std::move(baselines)},
              {"notes", benchmark.notes()},
              {"metrics", std::move(metrics)},
              {"rows", rows_json(benchmark, adjusted)},
              {"ablation", std::move(ablation)}};
  const std::vector<JudgeAgreement> agreement = judge_agreement(benchmark);
  if (!agreement.empty()) out["agreement"] = agreement_json(agreement);
  const std::vector<PanelAgreement> panels = panel_agreement(benchmark);
  if (!panels.empty()) out["panels"] = panels_json(panels);
  return out;
}

// An object as dump_json() writes it; the value of `key`, which it has, comes from `body`.
void write_object(const Json& object, const char* key, const TextSink& write,
                  const std::function<void()>& body) {
  const char* between = "{";
  for (const auto& [name, value] : object.items()) {
    write(between);
    write(dump_json(name));
    write(":");
    if (name == key) {
      body();
    } else {
      write(dump_json(value));
    }
    between = ",";
  }
  write("}");
}

void write_samples(const BenchmarkReport& benchmark, const TextSink& write) {
  const Outcomes outcomes(benchmark.metrics);
  write("[");
  for (const SampleReport& one : benchmark.samples) {
    if (&one != &benchmark.samples.front()) write(",");
    write(dump_json(sample_json(one, benchmark, outcomes)));
  }
  write("]");
}

}  // namespace

Json json_summary(const RunReport& report) {
  const AdjustedRows adjusted = adjusted_rows(report);
  Json benchmarks = Json::array();
  for (const BenchmarkReport& one : report.benchmarks) {
    benchmarks.push_back(benchmark_json(one, adjusted));
  }
  return {{"format", "sightline.report/1"}, {"run", report.run.id},
          {"created", report.run.created},  {"state", name_of(report.run.state)},
          {"answered", report.answered},    {"wanted", report.wanted},
          {"config", report.run.config},    {"benchmarks", std::move(benchmarks)}};
}

Json json_report(const RunReport& report) {
  Json out = json_summary(report);
  for (std::size_t b = 0; b < report.benchmarks.size(); ++b) {
    const BenchmarkReport& benchmark = report.benchmarks[b];
    const Outcomes outcomes(benchmark.metrics);
    Json samples = Json::array();
    for (const SampleReport& one : benchmark.samples) {
      samples.push_back(sample_json(one, benchmark, outcomes));
    }
    out["benchmarks"][b]["samples"] = std::move(samples);
  }
  return out;
}

void write_json_report(const RunReport& report, const TextSink& write) {
  Json head = json_summary(report);
  write_object(head, "benchmarks", write, [&] {
    write("[");
    for (std::size_t b = 0; b < report.benchmarks.size(); ++b) {
      if (b > 0) write(",");
      Json& one = head["benchmarks"][b];
      one["samples"] = nullptr;
      write_object(one, "samples", write, [&] { write_samples(report.benchmarks[b], write); });
    }
    write("]");
  });
}

}  // namespace sightline
