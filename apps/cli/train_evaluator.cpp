#include "train_evaluator.h"

#include <algorithm>

#include "base/log.h"
#include "engine/local_engine.h"
#include "eval_facts.h"
#include "interrupt.h"
#include "reports/cells.h"
#include "sightline/error.h"

namespace sightline::cli {
namespace {

bool measures(const BenchmarkData& data, const std::string& metric) {
  return std::ranges::find(data.metrics, metric, &MetricRow::name) != data.metrics.end();
}

const MetricRow& row_of(const BenchmarkData& data, const std::string& metric) {
  return *std::ranges::find(data.metrics, metric, &MetricRow::name);
}

}  // namespace

TrainEvaluator::TrainEvaluator(const Trainer& trainer, int threads)
    : trainer_(trainer),
      threads_(threads),
      benchmark_(load_benchmark(
          trainer.recipe().eval.benchmark,
          {.limit = static_cast<std::size_t>(trainer.recipe().eval.limit), .seed = 0})) {
  const Recipe& recipe = trainer.recipe();
  const bool refusals = measures(benchmark_, "over_refusal");
  if (!refusals && recipe.abort_over_refusal < 1) {
    fail(ErrorKind::kUsage, "abort.over_refusal is set, but {} does not measure it",
         benchmark_.spec);
  }
  // A rate that should be low is chosen under a limit of over-refusal: see training/watch.h.
  const bool chosen = measures(benchmark_, recipe.eval.best);
  if (chosen && (refusals || !row_of(benchmark_, recipe.eval.best).lower_is_better)) return;
  log_warning("{} has no metric '{}': no best checkpoint is kept", benchmark_.spec,
              chosen ? "over_refusal" : recipe.eval.best);
}

RunConfig TrainEvaluator::config_of(const EvalPlan& plan, const ModelInfo& model) const {
  RunConfig config = describe_run(plan, model);
  config.asks["limit"] = trainer_.recipe().eval.limit;
  config.asks["seed"] = 0;
  config.asks["artefacts"] = artefacts_of(plan.defences, model);
  say_how(config.session, threads_, 1);
  return config;
}

std::optional<Evaluation> TrainEvaluator::measure(RunStore& store, std::int64_t training_run,
                                                  std::int64_t update) {
  // An engine of its own each time: what it caches belongs to the weights of this moment.
  EngineOptions options;
  options.threads = threads_;
  LocalEngine engine(trainer_.bundle(), options);
  ModelInfo model = engine.info();
  EvalPlan plan;
  plan.benchmarks = {benchmark_};
  plan.defences = {eval_defence(trainer_.recipe().eval.defence, model)};
  plan.sampling.max_new_tokens = trainer_.recipe().eval.max_new_tokens;
  plan.workers = 2 * options.max_batch;
  plan.stop = interrupt_token();
  model.name += format(", trained by {}, update {}", trainer_.recipe().name, update);
  RunConfig config = config_of(plan, model);
  // The hash is that of the weights before training; this says what they have become.
  config.asks["model"]["training"] = {{"run", training_run}, {"update", update}};
  const std::unique_ptr<RunWriter> writer = store.start(config);
  const EvalOutcome outcome = run_eval(plan, engine, *writer);
  if (!outcome.complete) return {};

  run_ = writer->id();
  headline_.clear();
  Evaluation out{.update = update, .metrics = {}};
  for (const SummaryRow& row : outcome.summaries) {
    if (!row.scenario.empty() || row.value.unit != "share") continue;
    const MetricRow& metric = row_of(benchmark_, row.metric);
    out.metrics.push_back({.name = row.metric,
                           .value = row.value.value,
                           .low = row.value.low,
                           .high = row.value.high,
                           .n = row.value.counts.n_ok,
                           .lower_is_better = metric.lower_is_better});
    if (!metric.headline) continue;
    headline_ += (headline_.empty() ? "" : "; ") + metric.title + " " + cell_text(row.value);
  }
  return out;
}

}  // namespace sightline::cli
