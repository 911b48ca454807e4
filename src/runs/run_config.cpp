#include "runs/run_config.h"

#include <sys/utsname.h>

#include <chrono>
#include <ctime>
#include <fstream>
#include <set>
#include <thread>

#include "base/options.h"
#include "base/sha256.h"
#include "runs/git_revision.h"
#include "runs/run_rows.h"
#include "sightline/judge.h"

namespace sightline {
namespace {

// The value of the first "key : value" line of a /proc file; empty when there is none.
std::string proc_value(const char* file, const std::string& key) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.compare(0, key.size(), key) != 0) continue;
    const std::size_t colon = line.find(':');
    const std::size_t start = line.find_first_not_of(" \t", colon + 1);
    return colon == std::string::npos || start == std::string::npos ? "" : line.substr(start);
  }
  return "";
}

// An empty object or list has no leaves and flattens to null; as a leaf it is itself.
std::string leaf_text(const Json& flat, const std::string& pointer) {
  return flat.contains(pointer) ? dump_json(flat.at(pointer)) : "absent";
}

// Judges by subset, as they are called and as they judge: with the hashes of their lists.
Json judges_of(const BenchmarkData& data, const JudgeContext& context) {
  Json judges = Json::object();
  for (const auto& [subset, specs] : data.judges) {
    for (const std::string& spec : specs) {
      judges[subset].push_back(
          {{"spec", spec}, {"identity", make_judge(spec, context)->identity()}});
    }
  }
  return judges;
}

Json baselines_of(const BenchmarkData& data) {
  Json baselines = Json::array();
  for (const Baseline& one : data.baselines) {
    baselines.push_back({{"name", one.name}, {"answer", one.answer}});
  }
  return baselines;
}

Json benchmark_of(const BenchmarkData& data, const EvalPlan& plan) {
  const int limit = plan.sampling.max_new_tokens;
  return {{"name", data.name},
          {"spec", data.spec},
          {"licence", data.licence},
          {"data_sha256", data.data_sha256},
          {"n", data.samples.size()},
          {"samples_sha256", samples_sha256(data.samples)},
          {"max_new_tokens", limit > 0 ? limit : data.max_new_tokens},
          {"judges", judges_of(data, plan.judging)},
          {"missing", data.missing.size()},
          {"notes", data.notes},
          {"baselines", baselines_of(data)}};
}

Json sampling_of(const Sampling& sampling) {
  return {{"max_new_tokens", sampling.max_new_tokens},
          {"temperature", sampling.temperature},
          {"top_p", sampling.top_p},
          {"top_k", sampling.top_k},
          {"seed", sampling.seed},
          {"stop", sampling.stop},
          {"stop_ids", sampling.stop_ids}};
}

}  // namespace

std::string samples_sha256(std::span<const Sample> samples) {
  Sha256 hash;
  for (const Sample& sample : samples) {
    hash.add(sample.id).add("\n").add(conversation_text(sample.conversation)).add("\n");
  }
  return hash.hex();
}

Json session_facts() {
  utsname system{};
  ::uname(&system);
  return {
      {"started", utc_now()},
      {"sightline", SIGHTLINE_VERSION},
      {"git_revision", kGitRevision},
      {"compiler", __VERSION__},
      {"machine",
       {{"processor", proc_value("/proc/cpuinfo", "model name")},
        {"cores", std::thread::hardware_concurrency()},
        {"memory", proc_value("/proc/meminfo", "MemTotal")},
        {"system", std::string(system.sysname) + " " + system.release + " " + system.machine}}}};
}

RunConfig describe_run(const EvalPlan& plan, const ModelInfo& model) {
  RunConfig config;
  config.asks = {{"model",
                  {{"name", model.name},
                   {"family", model.family},
                   {"dtype", model.dtype},
                   {"device", model.device},
                   {"weights_sha256", model.weights_sha256},
                   {"template_sha256", model.template_sha256}}},
                 {"benchmarks", Json::array()},
                 {"defences", Json::array()},
                 {"sampling", sampling_of(plan.sampling)}};
  config.metrics = Json::object();
  for (const BenchmarkData& data : plan.benchmarks) {
    config.asks["benchmarks"].push_back(benchmark_of(data, plan));
    config.metrics[data.name] = metric_rows_json(data.metrics);
  }
  for (const EvalDefence& defence : plan.defences) config.asks["defences"].push_back(defence.name);
  config.session = session_facts();
  config.session["workers"] = plan.workers;
  return config;
}

namespace {

std::vector<MetricRow> rows_of(const Json& list, const std::string& origin) {
  std::vector<MetricRow> rows;
  for (const Json& row : list) {
    rows.push_back({.name = json_get<std::string>(row, "name", origin),
                    .title = json_get<std::string>(row, "title", origin),
                    .spec = json_get<std::string>(row, "spec", origin),
                    .lower_is_better = json_get<bool>(row, "lower_is_better", origin),
                    .headline = json_get<bool>(row, "headline", origin),
                    .per_scenario = json_get<bool>(row, "per_scenario", origin),
                    .judge = json_get_or<std::string>(row, "judge", origin, ""),
                    .group = json_get_or<std::string>(row, "group", origin, "")});
  }
  return rows;
}

}  // namespace

MetricRow label_row(const std::string& label) {
  return {.name = "label_" + label,
          .title = "label '" + label + "'",
          .spec = spec_text({.name = "rate", .options = {{"label", label}}}),
          .lower_is_better = false,
          .headline = true,
          .per_scenario = true};
}

Json metric_rows_json(const std::vector<MetricRow>& rows) {
  Json out = Json::array();
  for (const MetricRow& row : rows) {
    out.push_back({{"name", row.name},
                   {"title", row.title},
                   {"spec", row.spec},
                   {"lower_is_better", row.lower_is_better},
                   {"headline", row.headline},
                   {"per_scenario", row.per_scenario},
                   {"judge", row.judge},
                   {"group", row.group}});
  }
  return out;
}

std::vector<MetricRow> metric_rows(const Json& config, const std::string& benchmark,
                                   const std::string& origin) {
  const Json metrics = json_get<Json>(config, "metrics", origin);
  return rows_of(json_get<Json>(metrics, benchmark.c_str(), origin), origin);
}

void add_judged_again(const Json& config, const std::string& benchmark, const std::string& origin,
                      RunJudges& judges, std::vector<MetricRow>& rows) {
  const Json judged = config.value("judged", Json::object());
  if (!judged.is_object() || !judged.contains(benchmark)) return;
  const Json& part = judged.at(benchmark);
  const Json again = json_get<Json>(part, "judges", origin);
  for (const auto& [name, judge] : again.items()) {
    const auto identity = json_get<std::string>(judge, "identity", origin);
    for (const Json& subset : json_get<Json>(judge, "subsets", origin)) {
      if (!subset.is_string()) detail::json_wrong(origin, "subsets", subset, "texts");
      judges[subset.get<std::string>()].push_back({.spec = name, .identity = identity});
    }
  }
  const Json counted = json_get<Json>(part, "metrics", origin);
  for (const auto& [name, list] : counted.items()) {
    for (MetricRow& row : rows_of(list, origin)) rows.push_back(std::move(row));
  }
}

RunJudges judges_of_run(const Json& facts, const std::string& origin) {
  RunJudges out;
  const Json by_subset = json_get<Json>(facts, "judges", origin);
  for (const auto& [subset, judges] : by_subset.items()) {
    if (judges.is_string()) {  // a run of a version that knew one judge for each subset
      out[subset].push_back({.spec = "", .identity = judges.get<std::string>()});
      continue;
    }
    for (const Json& judge : judges) {
      out[subset].push_back({.spec = json_get<std::string>(judge, "spec", origin),
                             .identity = json_get<std::string>(judge, "identity", origin)});
    }
    if (out[subset].empty()) fail(ErrorKind::kBadFile, "{}: '{}' has no judge", origin, subset);
  }
  return out;
}

std::vector<Baseline> baselines_of_run(const Json& facts, const std::string& origin) {
  std::vector<Baseline> out;
  for (const Json& one : json_get_or<Json>(facts, "baselines", origin, Json::array())) {
    out.push_back({.name = json_get<std::string>(one, "name", origin),
                   .answer = json_get<std::string>(one, "answer", origin)});
  }
  return out;
}

std::vector<std::string> config_differences(const Json& before, const Json& now) {
  const Json old_leaves = before.flatten();
  const Json new_leaves = now.flatten();
  std::set<std::string> pointers;
  for (const auto& [pointer, value] : old_leaves.items()) pointers.insert(pointer);
  for (const auto& [pointer, value] : new_leaves.items()) pointers.insert(pointer);
  std::vector<std::string> differences;
  for (const std::string& pointer : pointers) {
    const std::string was = leaf_text(old_leaves, pointer);
    const std::string is = leaf_text(new_leaves, pointer);
    if (was != is) differences.push_back(pointer.substr(1) + ": " + was + ", now " + is);
  }
  return differences;
}

std::string utc_now() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

}  // namespace sightline
