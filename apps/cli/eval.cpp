// sightline eval: benchmarks × defences → a run in the store, and its report.
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "base/log.h"
#include "defences/registry.h"
#include "endpoint_accounts.h"
#include "engine_options.h"
#include "eval_ablate.h"
#include "eval_facts.h"
#include "evals/one_spec.h"
#include "evals/shared_run.h"
#include "interrupt.h"
#include "reports/json_report.h"
#include "reports/report_files.h"
#include "reports/terminal_table.h"
#include "run_verbs.h"
#include "runs/run_store.h"
#include "verb_parts.h"

namespace sightline::cli {
namespace {

namespace fs = std::filesystem;

// How long ranks wait for one another's next answer; a rank that died is noticed at once.
constexpr std::chrono::hours kRankPatience(3);

// The benchmarks asked for, `--data` put in its place.
std::vector<std::string> benchmark_specs(const Json& options) {
  std::vector<std::string> specs = split_specs(options.at("benchmark"));
  if (options.at("data").is_null()) return specs;
  if (specs.size() != 1) {
    fail_with_hint(ErrorKind::kUsage, "write NAME(data=FOLDER) for each",
                   "--data is for one benchmark, found {}", specs.size());
  }
  NamedSpec spec = one_spec(specs.front(), "benchmark");
  spec.options["data"] = options.at("data");
  return {spec_text(spec)};
}

std::vector<EvalDefence> defences_of(const Json& options, const ModelInfo& model) {
  std::vector<EvalDefence> out;
  for (const std::string& spec : split_specs(options.at("defence"))) {
    out.push_back(eval_defence(spec, model));
  }
  return out;
}

bool retries(const Json& options) { return options.at("retry_failed").get<bool>(); }

EvalPlan plan_of(const Json& options, std::vector<BenchmarkData> benchmarks,
                 std::vector<EvalDefence> defences) {
  EvalPlan plan{
      .benchmarks = std::move(benchmarks), .defences = std::move(defences), .sampling = {}};
  plan.sampling.max_new_tokens = options.at("max_new_tokens").get<int>();
  plan.sampling.seed = options.at("seed").get<std::uint64_t>();
  plan.workers = workers_of(options);
  plan.retry_judgements = retries(options);
  plan.stop = interrupt_token();
  return plan;
}

// Judges that ask the measured model itself share it, unless it has adapters on it; others are
// loaded beside it.
JudgeContext judging(const Json& options, int threads, const std::shared_ptr<Generator>& measured) {
  const std::string model = options.at("model").get<std::string>();
  const std::string named =
      options.at("judge_model").is_null() ? "" : options.at("judge_model").get<std::string>();
  EngineOptions engine = judge_engine_options(options);
  engine.threads = threads;
  const JudgeContext others = judge_models(named, engine);
  const bool plain = options.at("adapter").empty();
  return {.generator = [=](const std::string& asked) {
    const bool itself = plain && (asked.empty() ? named : asked) == model;
    return itself ? measured : others.generator(asked);
  }};
}

RunConfig config_of(const Json& options, const EvalPlan& plan, const ModelInfo& model, int ranks) {
  RunConfig config = describe_run(plan, model);
  config.asks["limit"] = options.at("limit");
  config.asks["seed"] = options.at("seed");
  config.asks["artefacts"] = artefacts_of(plan.defences, model);
  say_how(config.session, options.at("threads").get<int>(), ranks);
  config.session["batch"] = options.at("batch");
  return config;
}

bool resumes(const Json& options) { return options.at("resume").get<bool>() || retries(options); }

// Evaluations, the newest first; finished ones only where those are looked at too.
std::vector<RunInfo> resumable(RunStore& store, bool finished_too) {
  std::vector<RunInfo> runs = store.runs();
  std::erase_if(runs, [&](const RunInfo& run) {
    return run.kind != RunKind::kEval || (run.state == RunState::kDone && !finished_too);
  });
  std::reverse(runs.begin(), runs.end());
  return runs;
}

// The first of these that asks the same.
std::optional<std::int64_t> same_run(const std::vector<RunInfo>& runs, const RunConfig& config) {
  for (const RunInfo& run : runs) {
    if (config_differences(run.config.value("asks", Json()), config.asks).empty()) return run.id;
  }
  return std::nullopt;
}

// The newest run of these settings; otherwise says how the newest one differs.
std::unique_ptr<RunWriter> resume(RunStore& store, const RunConfig& config, bool finished_too) {
  const std::vector<RunInfo> runs = resumable(store, finished_too);
  if (runs.empty())
    fail_with_hint(ErrorKind::kNotFound, "start one without --resume and --retry-failed",
                   "no {}run to resume", finished_too ? "" : "unfinished ");
  // Of another run this throws with the differences.
  return store.resume(same_run(runs, config).value_or(runs.front().id), config);
}

// The run that this command works on; of one that goes on, what failed is taken out where that is
// to be asked again.
std::unique_ptr<RunWriter> open_run(RunStore& store, const Json& options, const RunConfig& config,
                                    const EvalPlan& plan, bool goes_on) {
  if (!resumes(options)) {
    const auto begun = goes_on ? same_run(resumable(store, false), config) : std::nullopt;
    return begun ? store.resume(*begun, config) : store.start(config);
  }
  std::unique_ptr<RunWriter> run = resume(store, config, retries(options));
  if (retries(options)) {
    run->set_state(RunState::kRunning);  // should this process end now, the run is unfinished
    run->forget(failed_answers(plan, run->recorded()));
  }
  return run;
}

// Fails where a rank would ask something else than rank 0: another model, other data or options.
void expect_equal_asks(ProcessGroup& group, const Json& asks) {
  if (group.layout().leads()) {
    for (int rank = 1; rank < group.world(); ++rank) {
      group.send(rank, dump_json(asks), "saying what is asked");
    }
    return;
  }
  const Json first = parse_json(group.receive(0, "hearing what is asked"), "rank 0");
  std::string lines;
  for (const std::string& line : config_differences(first, asks)) lines += "\n  " + line;
  if (lines.empty()) return;
  fail(ErrorKind::kUsage, "rank {} differs from rank 0 in what it asks:{}", group.rank(), lines);
}

// How a run ended, beside what the store has of it.
struct RunEnd {
  std::int64_t run = 0;
  bool complete = false;
  std::size_t failed_answers = 0;
  std::size_t failed_judgements = 0;
  Json account;         // null: the model is here
  Json judge_accounts;  // null: so are the models of all judges
};

// What can be tried again must not pass for a result.
void warn_of_failures(const Json& options, const RunEnd& end, std::size_t wanted) {
  std::string failed;
  if (end.failed_answers > 0) failed = format("{} of {} answers", end.failed_answers, wanted);
  if (end.failed_judgements > 0) {
    failed += format("{}{} judgements", failed.empty() ? "" : " and ", end.failed_judgements);
  }
  if (failed.empty()) return;
  log_warning("{} failed and count as errors; try them again with:\n  {}{}", failed, command_line(),
              retries(options) ? "" : " --retry-failed");
}

// Prints and writes what there is; returns the exit code.
int finish(const Json& options, const fs::path& folder, const RunEnd& end, const RunView& view) {
  RunStore store(folder / "runs.db", RunStore::Mode::kRead);
  const RunReport report = read_report(store, store.run(std::to_string(end.run)));
  const std::vector<fs::path> files = write_reports(report, {"html", "md", "json"}, folder);
  if (options.at("json").get<bool>()) {
    Json document = view.json(report);
    document["store"] = (folder / "runs.db").string();
    document["report"] = files.front().string();
    document["failed"] = end.failed_answers;
    document["failed_judgements"] = end.failed_judgements;
    if (!end.account.is_null()) document["endpoint"] = end.account;
    if (!end.judge_accounts.is_null()) document["judge_endpoints"] = end.judge_accounts;
    std::cout << dump_json(document) << "\n";
  } else {
    std::cout << view.text(report, terminal_style(STDOUT_FILENO))
              << "\nreport: " << files.front().string() << "\n";
  }
  warn_of_failures(options, end, report.wanted);
  if (end.complete) return 0;
  std::cerr << "interrupted after " << report.answered << " of " << report.wanted << " answers"
            << (report.complete() ? ", not all of them judged" : "") << "; go on with:\n  "
            << command_line() << (resumes(options) || view.goes_on ? "" : " --resume") << "\n";
  return exit_code_of(ErrorKind::kInterrupted);
}

}  // namespace

std::vector<std::string> split_specs(const Json& list) {
  std::vector<std::string> specs;
  for (const Json& element : list) {
    int depth = 0;
    bool quoted = false;
    std::string spec;
    for (const char c : element.get<std::string>() + ",") {
      if (c == '"') quoted = !quoted;
      if (!quoted && (c == '(' || c == '{')) ++depth;
      if (!quoted && (c == ')' || c == '}')) --depth;
      const bool ends = c == ',' && depth <= 0 && !quoted;
      if (!ends)
        spec += c;
      else
        specs.push_back(std::exchange(spec, ""));
    }
    if (!spec.empty()) specs.push_back(spec.substr(0, spec.size() - 1));  // unclosed: told later
  }
  return specs;
}

std::vector<BenchmarkData> benchmarks_of(const Json& options, bool warns) {
  std::vector<BenchmarkData> out;
  for (const std::string& spec : benchmark_specs(options)) {
    BenchmarkData& data =
        out.emplace_back(load_benchmark(spec, {.limit = options.at("limit").get<std::size_t>(),
                                               .seed = options.at("seed").get<std::uint64_t>()}));
    if (!options.at("judge").is_null())
      override_judge(data, options.at("judge").get<std::string>());
    if (!warns) continue;
    for (const std::string& note : data.notes) log_warning("{}: {}", data.spec, note);
    if (data.missing.empty()) continue;
    log_warning("{}: {} of {} samples have no picture and are counted as missing, first {}: {}",
                data.spec, data.missing.size(), data.samples.size(), data.missing.front().sample,
                data.missing.front().reason);
  }
  return out;
}

int evaluate(const Json& options, const RunView& view, std::vector<BenchmarkData> loaded) {
  const fs::path folder = options.at("out").get<std::string>();
  std::vector<Ablation> kinds = ablations_of(options.at("ablate").get<std::vector<std::string>>());
  const RankLayout layout = rank_layout_from_environment();
  const auto group = ProcessGroup::join(layout, kRankPatience);
  std::optional<RunStore> store;
  if (layout.leads())  // first: it fails fastest
    store.emplace(folder / "runs.db", RunStore::Mode::kWrite);
  std::vector<BenchmarkData> benchmarks =
      loaded.empty() ? benchmarks_of(options, layout.leads()) : std::move(loaded);
  EngineOptions engine = engine_options(options);
  engine.threads = layout.threads(engine.threads);
  const std::shared_ptr<Generator> generator =
      load_generator(options.at("model").get<std::string>(), engine);
  const ModelInfo model = generator->info();
  const Json ablated = ablate(std::move(kinds), options, benchmarks, *generator, *group);
  AskedModels asked;
  EvalPlan plan = plan_of(options, std::move(benchmarks), defences_of(options, model));
  plan.judging = asked.remembering(judging(options, engine.threads, generator));
  plan.adapted = [&](const std::vector<std::string>& adapters) {
    return load_generator(options.at("model").get<std::string>(), with_adapters(engine, adapters));
  };
  RunConfig config = config_of(options, plan, model, layout.world);
  if (!ablated.is_null()) config.asks["ablate"] = ablated;
  expect_equal_asks(*group, config.asks);
  std::unique_ptr<RunWriter> run;
  if (store) run = open_run(*store, options, config, plan, view.goes_on);
  const EvalOutcome outcome = run_eval_together(plan, *generator, run.get(), *group);
  if (run) {
    return finish(options, folder,
                  {.run = run->id(),
                   .complete = outcome.complete,
                   .failed_answers = outcome.failed_answers,
                   .failed_judgements = outcome.failed_judgements,
                   .account = account_of(*generator),
                   .judge_accounts = asked.accounts(generator.get())},
                  view);
  }
  return outcome.complete ? 0 : exit_code_of(ErrorKind::kInterrupted);
}

int run_eval_verb(const Json& options) {
  return evaluate(options, {.text = terminal_table, .json = json_summary});
}

}  // namespace sightline::cli
