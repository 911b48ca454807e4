#include "interchange/stored.h"

#include <algorithm>
#include <map>
#include <set>

#include "reports/run_report.h"

namespace sightline {
namespace {

constexpr std::size_t kMaxLabelRows = 12;  // beyond that a "label" is no label

// The judge whose verdict is the answer's: one, or the first of several.
std::string headline_judge(const RunJudges& judges, const std::string& subset) {
  const auto found = judges.find(subset);
  return found == judges.end() ? std::string() : found->second.front().identity;
}

// A sample that a run asked, borrowed from the run's report.
struct Asked {
  const Sample* sample = nullptr;
  std::string judge;  // whose verdict is the answer's
};

// By benchmark and id.
std::map<std::pair<std::string, std::string>, Asked> asked_in(const RunReport& report) {
  std::map<std::pair<std::string, std::string>, Asked> out;
  for (const BenchmarkReport& benchmark : report.benchmarks) {
    for (const SampleReport& one : benchmark.samples) {
      out.emplace(std::pair(benchmark.name, one.sample.id),
                  Asked{&one.sample, headline_judge(benchmark.judges, one.sample.subset)});
    }
  }
  return out;
}

std::vector<Judgement> judgements_of(const RecordedAnswer& recorded, const std::string& first) {
  std::vector<Judgement> out;
  for (const auto& [judge, verdict] : recorded.verdicts) {
    out.insert(judge == first ? out.begin() : out.end(), Judgement{judge, verdict});
  }
  return out;
}

// What the records of one benchmark amount to.
struct BenchmarkFacts {
  std::vector<Sample> samples;  // each once
  std::set<std::string> ids;
  std::map<std::string, std::string> judges;  // subset → the judge that counts
  std::set<std::string> labels;
};

std::map<std::string, BenchmarkFacts> facts_of(const Exchange& exchange) {
  std::map<std::string, BenchmarkFacts> out;
  std::set<AnswerKey> keys;
  for (const ExchangeRecord& record : exchange.records) {
    if (!keys.insert({record.benchmark, record.sample.id, record.defence}).second) {
      fail(ErrorKind::kBadFile, "{}: two answers to item '{}'", record.benchmark, record.sample.id);
    }
    BenchmarkFacts& facts = out[record.benchmark];
    if (facts.ids.insert(record.sample.id).second) facts.samples.push_back(record.sample);
    std::string& judge = facts.judges[record.sample.subset];
    if (record.judgements.empty()) continue;
    if (judge.empty()) judge = record.judgements.front().judge;
    for (const Judgement& one : record.judgements) {
      if (one.verdict.status == Status::kOk) facts.labels.insert(one.verdict.label);
    }
  }
  return out;
}

Json benchmark_facts(const std::string& name, const BenchmarkFacts& facts,
                     const Exchange& exchange) {
  const auto notes = exchange.notes.find(name);
  return {{"name", name},
          {"spec", name},
          {"licence", "not stated"},
          {"data_sha256", ""},
          {"n", facts.samples.size()},
          {"samples_sha256", samples_sha256(facts.samples)},
          {"judges", facts.judges},
          {"missing", 0},
          {"notes", notes == exchange.notes.end() ? Json::array() : Json(notes->second)}};
}

Json metric_facts(const BenchmarkFacts& facts) {
  std::vector<MetricRow> rows;
  if (facts.labels.size() > kMaxLabelRows) return Json::array();
  for (const std::string& label : facts.labels) rows.push_back(label_row(label));
  return metric_rows_json(rows);
}

RunConfig config_of(const Exchange& exchange, const std::map<std::string, BenchmarkFacts>& facts,
                    const Json& session) {
  RunConfig config;
  std::set<std::string> defences;
  for (const ExchangeRecord& record : exchange.records) defences.insert(record.defence);
  config.asks = {{"model",
                  {{"name", exchange.model},
                   {"family", kImportedFamily},
                   {"dtype", ""},
                   {"device", ""},
                   {"weights_sha256", ""},
                   {"template_sha256", ""}}},
                 {"benchmarks", Json::array()},
                 {"defences", defences},
                 {"artefacts", Json::object()},
                 {"sampling", Json::object()},
                 {"limit", 0},
                 {"seed", 0}};
  config.metrics = Json::object();
  for (const auto& [name, one] : facts) {
    config.asks["benchmarks"].push_back(benchmark_facts(name, one, exchange));
    config.metrics[name] = metric_facts(one);
  }
  config.session = session_facts();
  config.session.update(session);
  if (!exchange.created.empty()) config.session["answered"] = exchange.created;
  return config;
}

}  // namespace

Exchange exchange_of(RunStore& store, const RunInfo& run) {
  const std::string origin = "run " + std::to_string(run.id);
  if (run.kind != RunKind::kEval) {
    fail(ErrorKind::kUsage, "{} is a training run, it asked nothing", origin);
  }
  Exchange out{.model = "", .created = run.created, .records = {}};
  out.report = std::make_shared<RunReport>(read_report(store, run));
  const Json asks = json_get<Json>(run.config, "asks", origin);
  out.model = json_get<std::string>(json_get<Json>(asks, "model", origin), "name", origin);
  const auto asked = asked_in(*out.report);
  for (const RecordedAnswer& recorded : store.answers(run.id)) {
    const auto place = asked.find({recorded.key.benchmark, recorded.key.sample});
    if (place == asked.end()) continue;
    out.records.push_back({.benchmark = recorded.key.benchmark,
                           .defence = recorded.key.defence,
                           .sample = *place->second.sample,
                           .answer = recorded.answer,
                           .judgements = judgements_of(recorded, place->second.judge)});
  }
  return out;
}

std::int64_t store_exchange(RunStore& store, const Exchange& exchange, const Json& session) {
  if (exchange.records.empty()) fail(ErrorKind::kBadFile, "the files hold no answer");
  const std::map<std::string, BenchmarkFacts> facts = facts_of(exchange);
  const auto run = store.start(config_of(exchange, facts, session));
  for (const auto& [name, one] : facts) run->add_samples(name, one.samples);
  for (const ExchangeRecord& record : exchange.records) {
    const AnswerKey key{record.benchmark, record.sample.id, record.defence};
    run->add_answer(key, record.answer, 0);
    for (const Judgement& one : record.judgements) run->add_verdict(key, one.judge, one.verdict);
  }
  std::vector<SummaryRow> rows;
  for (const BenchmarkReport& part :
       read_report(store, store.run(std::to_string(run->id()))).benchmarks) {
    rows.insert(rows.end(), part.rows.begin(), part.rows.end());
  }
  run->set_summaries(rows);
  run->set_state(RunState::kDone);
  return run->id();
}

}  // namespace sightline
