// sightline judge: the answers of a stored run judged again, by another judge.
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "endpoint_accounts.h"
#include "engine_options.h"
#include "eval_facts.h"
#include "evals/judges/registry.h"
#include "evals/label_pairs.h"
#include "evals/one_spec.h"
#include "interrupt.h"
#include "reports/agreement.h"
#include "reports/cells.h"
#include "reports/json_report.h"
#include "reports/judge_audit.h"
#include "reports/terminal_table.h"
#include "run_verbs.h"
#include "runs/judge_again.h"
#include "runs/run_rows.h"

namespace sightline::cli {
namespace {

// The spec with --judge-model in it, where the judge asks a model and names none: the model is part
// of what the judge is called.
std::string spec_of(const Json& options) {
  NamedSpec spec = one_spec(options.at("judge").get<std::string>(), "judge");
  const OptionTable& table = judges().at(spec.name).options;
  const bool asks = std::any_of(table.begin(), table.end(),
                                [](const OptionSpec& option) { return option.name == "model"; });
  if (asks && !spec.options.contains("model") && !options.at("judge_model").is_null()) {
    spec.options["model"] = options.at("judge_model");
  }
  return spec_text(spec);
}

LabelPairs pairs_of(const JudgedTwice& both) {
  LabelPairs pairs;
  for (std::size_t i = 0; i < both.counts.size(); ++i) {
    for (std::size_t j = 0; j < both.counts[i].size(); ++j) {
      pairs.add(both.labels_before[i], both.labels_now[j], both.counts[i][j]);
    }
  }
  return pairs;
}

Json agreement_json(const JudgedTwice& both) {
  const LabelPairs pairs = pairs_of(both);
  const RatingTable table = pairs.table();
  return {{"benchmark", both.benchmark},
          {"before", both.before},
          {"labels_before", both.labels_before},
          {"labels_now", both.labels_now},
          {"counts", both.counts},
          {"only_before", both.only_before},
          {"only_now", both.only_now},
          {"n", pairs.n()},
          {"agreement", optional_number(observed_agreement(table))},
          {"kappa", optional_number(cohen_kappa(table))},
          {"ac1", optional_number(gwet_ac1(table))},
          {"alpha", optional_number(krippendorff_alpha(table))}};
}

void print_agreement(const JudgedTwice& both) {
  const LabelPairs pairs = pairs_of(both);
  const RatingTable table = pairs.table();
  std::cout << "\n"
            << both.benchmark << ": agreement with " << both.before << "\n"
            << "  " << pairs.n() << " answers judged by both; agree "
            << measure_text(observed_agreement(table)) << ", kappa "
            << measure_text(cohen_kappa(table)) << ", AC1 " << measure_text(gwet_ac1(table))
            << ", alpha " << measure_text(krippendorff_alpha(table)) << "\n";
  for (std::size_t i = 0; i < both.counts.size(); ++i) {
    for (std::size_t j = 0; j < both.counts[i].size(); ++j) {
      if (both.counts[i][j] == 0) continue;
      std::cout << "  " << both.labels_before[i] << " before, " << both.labels_now[j]
                << " now: " << both.counts[i][j] << "\n";
    }
  }
  if (both.only_before + both.only_now > 0) {
    std::cout << "  judged by one alone: " << both.only_before << " before, " << both.only_now
              << " now\n";
  }
}

void print_panels(const BenchmarkReport& benchmark) {
  for (const PanelAgreement& one : panel_agreement(benchmark)) {
    std::cout << "\n"
              << benchmark.name << ", " << one.subset << ": " << one.raters
              << (one.jury.empty() ? " judges" : " jurors of " + one.jury + ", before they confer")
              << ", Fleiss' kappa " << measure_text(one.kappa) << " over " << one.n
              << " answers that all of them judged\n";
  }
}

// Of the run's judges against the new one, by benchmark.
std::vector<JudgeAudit> audits_of(const RunReport& report, const std::string& truth) {
  std::vector<JudgeAudit> out;
  for (const BenchmarkReport& benchmark : report.benchmarks) {
    for (JudgeAudit& audit : judge_audits(benchmark, truth)) out.push_back(std::move(audit));
  }
  return out;
}

std::string statuses_text(const std::map<std::string, std::size_t>& statuses) {
  std::string out;
  for (const auto& [status, count] : statuses) {
    out += format("{}{} {}", out.empty() ? "" : ", ", count, status);
  }
  return out;
}

JudgeAgainPlan plan_of(const Json& options, AskedModels& models) {
  const EngineOptions engine = engine_options(options);
  const auto fallback = options.at("judge_model");
  JudgeAgainPlan plan{.spec = spec_of(options),
                      .context = models.remembering(judge_models(
                          fallback.is_null() ? "" : fallback.get<std::string>(), engine))};
  plan.retry_unread = options.at("retry_failed").get<bool>();
  plan.workers = workers_of(options);
  plan.stop = interrupt_token();
  return plan;
}

// The run's summaries with the new judge's rows among them.
RunReport sum_up(RunStore& store, std::int64_t run) {
  RunReport report = read_report(store, store.run(std::to_string(run)));
  std::vector<SummaryRow> rows;
  for (const BenchmarkReport& benchmark : report.benchmarks) {
    rows.insert(rows.end(), benchmark.rows.begin(), benchmark.rows.end());
  }
  store.judge(run, report.run.config.value("judged", Json::object()))->set_summaries(rows);
  return report;
}

}  // namespace

int run_judge_verb(const Json& options) {
  RunStore store(options.at("store").get<std::string>(), RunStore::Mode::kWrite);
  const RunInfo run = store.run(options.at("run").get<std::string>());
  AskedModels models;
  const JudgedAgain done = judge_again(store, run, plan_of(options, models));
  const Json accounts = models.accounts();
  const RunReport report = sum_up(store, run.id);
  if (options.at("json").get<bool>()) {
    Json document = json_summary(report);
    document["judged"] = {{"judge", done.name},        {"total", done.total},
                          {"found", done.found},       {"judged", done.judged},
                          {"statuses", done.statuses}, {"agreement", Json::array()}};
    for (const JudgedTwice& both : done.agreement) {
      document["judged"]["agreement"].push_back(agreement_json(both));
    }
    if (!accounts.is_null()) document["judged"]["endpoints"] = accounts;
    document["judged"]["audits"] = Json::array();
    for (const JudgeAudit& audit : audits_of(report, done.name)) {
      document["judged"]["audits"].push_back(judge_audit_json(audit));
    }
    std::cout << dump_json(document) << "\n";
  } else {
    std::cout << terminal_table(report, terminal_style(STDOUT_FILENO)) << "\n"
              << done.name << ": " << done.total << " answers, " << done.found << " judged before, "
              << done.judged << " now: " << statuses_text(done.statuses) << "\n";
    for (const JudgedTwice& both : done.agreement) print_agreement(both);
    for (const BenchmarkReport& benchmark : report.benchmarks) print_panels(benchmark);
    for (const JudgeAudit& audit : audits_of(report, done.name)) {
      std::cout << "\n" << judge_audit_text(audit);
    }
  }
  if (done.complete()) return 0;
  std::cerr << "interrupted after " << done.found + done.judged << " of " << done.total
            << " answers; go on with:\n  " << command_line() << "\n";
  return exit_code_of(ErrorKind::kInterrupted);
}

}  // namespace sightline::cli
