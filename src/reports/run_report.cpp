#include "reports/run_report.h"

#include <algorithm>
#include <map>

namespace sightline {
namespace {

Verdict verdict_by(const RecordedAnswer& recorded, const std::string& judge) {
  const auto found = recorded.verdicts.find(judge);
  if (found != recorded.verdicts.end()) return found->second;
  Verdict verdict;
  verdict.status =
      recorded.answer.status == Status::kOk ? Status::kUnparsed : recorded.answer.status;
  verdict.reason = "not judged yet; resume the run";
  return verdict;
}

BenchmarkReport benchmark_of(const Json& facts, const RunInfo& run, const std::string& origin) {
  BenchmarkReport out{.name = json_get<std::string>(facts, "name", origin),
                      .facts = facts,
                      .judges = judges_of_run(facts, origin),
                      .baselines = baselines_of_run(facts, origin),
                      .metrics = {},
                      .defences = {},
                      .samples = {},
                      .rows = {},
                      .ablation = {}};
  out.metrics = metric_rows(run.config, out.name, origin);
  add_judged_again(run.config, out.name, origin, out.judges, out.metrics);
  for (const Json& defence : json_get<Json>(run.config.at("asks"), "defences", origin)) {
    out.defences.push_back(defence.get<std::string>());
  }
  return out;
}

void add_answers(BenchmarkReport& report, const std::vector<RecordedAnswer>& answers,
                 const std::string& origin) {
  std::map<std::string, SampleReport*> by_id;
  for (SampleReport& one : report.samples) by_id.emplace(one.sample.id, &one);
  for (const RecordedAnswer& recorded : answers) {
    const auto place = by_id.find(recorded.key.sample);
    const auto defence =
        std::find(report.defences.begin(), report.defences.end(), recorded.key.defence);
    if (recorded.key.benchmark != report.name || place == by_id.end() ||
        defence == report.defences.end()) {
      continue;
    }
    const auto judges = report.judges.find(place->second->sample.subset);
    if (judges == report.judges.end()) {
      fail(ErrorKind::kBadFile, "{}: subset '{}' has no judge", origin,
           place->second->sample.subset);
    }
    AnswerReport answer{.defence = static_cast<std::size_t>(defence - report.defences.begin()),
                        .answer = recorded.answer,
                        .verdicts = {}};
    for (const RunJudge& judge : judges->second) {
      answer.verdicts.push_back(verdict_by(recorded, judge.identity));
    }
    place->second->answers.push_back(std::move(answer));
  }
  for (SampleReport& one : report.samples) {
    std::sort(one.answers.begin(), one.answers.end(),
              [](const AnswerReport& a, const AnswerReport& b) { return a.defence < b.defence; });
  }
}

ScoredAnswer scored(const AnswerReport& answer, const Sample& sample,
                    const std::vector<RunJudge>& judges) {
  ScoredAnswer out{&sample, &answer.verdicts.front(), answer.answer.seconds};
  for (std::size_t j = 0; j < judges.size() && judges.size() > 1; ++j) {
    out.verdicts.push_back({judges[j].spec, &answer.verdicts[j]});
  }
  return out;
}

void sum_up(BenchmarkReport& report) {
  std::vector<DefenceAnswers> defences;
  for (const std::string& name : report.defences) defences.push_back({name, report.answers(name)});
  report.rows = summarise(report.name, report.metrics, defences, report.baselines);
  report.ablation = ablation_rows(report.name, report.metrics, defences);
}

}  // namespace

const MetricRow* BenchmarkReport::metric(std::string_view name) const {
  const auto found = std::find_if(metrics.begin(), metrics.end(),
                                  [&](const MetricRow& row) { return row.name == name; });
  return found == metrics.end() ? nullptr : &*found;
}

const SummaryRow& BenchmarkReport::row(std::string_view metric, std::string_view scenario,
                                       std::string_view defence) const {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const SummaryRow& row) {
    return row.metric == metric && row.scenario == scenario && row.defence == defence;
  });
  if (found == rows.end()) {
    fail(ErrorKind::kInternal, "no summary of {}, {}, {}", metric, scenario, defence);
  }
  return *found;
}

std::vector<std::string> BenchmarkReport::scenarios(std::string_view metric) const {
  std::vector<std::string> out;
  for (const SummaryRow& row : rows) {
    const bool fresh = out.empty() || out.back() != row.scenario;
    if (row.metric == metric && !row.scenario.empty() && fresh) out.push_back(row.scenario);
  }
  return out;
}

std::vector<MetricTable> BenchmarkReport::tables(bool headline) const {
  std::vector<MetricTable> out;
  for (const MetricRow& row : metrics) {
    if (row.headline != headline) continue;
    auto table = std::find_if(out.begin(), out.end(),
                              [&row](const MetricTable& one) { return one.title == row.group; });
    if (table == out.end())
      table = out.insert(out.end(), MetricTable{.title = row.group, .columns = {}});
    table->columns.push_back(row);
  }
  return out;
}

std::vector<std::string> BenchmarkReport::lines() const {
  std::vector<std::string> out = defences;
  for (const Baseline& one : baselines) out.push_back(one.name);
  return out;
}

std::vector<std::string> BenchmarkReport::notes() const {
  std::vector<std::string> out;
  for (const Json& note : facts.value("notes", Json::array())) {
    if (note.is_string()) out.push_back(note.get<std::string>());
  }
  return out;
}

std::vector<ScoredAnswer> BenchmarkReport::answers(std::string_view defence) const {
  std::vector<ScoredAnswer> out;
  for (const SampleReport& one : samples) {
    for (const AnswerReport& answer : one.answers) {
      if (defences[answer.defence] != defence) continue;
      out.push_back(scored(answer, one.sample, judges.at(one.sample.subset)));
    }
  }
  return out;
}

std::string RunReport::model() const {
  const Json& model = run.config.at("asks").at("model");
  std::string out = model.at("name").get<std::string>();
  for (const char* key : {"dtype", "device"}) {  // remote and imported models have none
    const auto text = model.at(key).get<std::string>();
    if (!text.empty()) out += ", " + text;
  }
  return out;
}

RunReport read_report(RunStore& store, const RunInfo& run, RunDetail detail) {
  const std::string origin = "run " + std::to_string(run.id);
  if (run.kind == RunKind::kTrain) {
    fail_with_hint(ErrorKind::kUsage, "reports are made of evaluations",
                   "{} is a training run, it asked nothing", origin);
  }
  RunReport report{.run = run, .benchmarks = {}};
  try {
    for (const Json& facts : run.config.at("asks").at("benchmarks")) {
      report.benchmarks.push_back(benchmark_of(facts, run, origin));
    }
    report.model();
  } catch (const Json::exception&) {
    fail(ErrorKind::kBadFile, "{}: its config lacks model, benchmarks or defences", origin);
  }
  std::vector<StoredSample> samples = store.samples(run.id, detail);
  const std::vector<RecordedAnswer> answers = store.answers(run.id, detail);
  for (BenchmarkReport& benchmark : report.benchmarks) {
    for (StoredSample& one : samples) {
      if (one.benchmark == benchmark.name) benchmark.samples.push_back({std::move(one.sample), {}});
    }
    add_answers(benchmark, answers, origin);
    sum_up(benchmark);
    report.wanted += benchmark.samples.size() * benchmark.defences.size();
    for (const SampleReport& one : benchmark.samples) report.answered += one.answers.size();
  }
  return report;
}

}  // namespace sightline
