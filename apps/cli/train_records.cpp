#include "train_records.h"

#include "base/file.h"
#include "base/log.h"
#include "eval_facts.h"
#include "models/bundle.h"
#include "sightline/error.h"

namespace sightline::cli {

TrainRecords::TrainRecords(const Trainer& trainer, TrainPlace place)
    : trainer_(trainer), place_(std::move(place)) {
  if (trainer.recipe().eval.every > 0) evaluator_.emplace(trainer, place_.threads);
}

TrainRecords::~TrainRecords() {
  if (run_ == 0) return;
  try {
    end(so_far_);
  } catch (const std::exception& error) {
    log_warning("the run store does not say how the run ended: {}", error.what());
  }
}

Json TrainRecords::facts() const {
  const Recipe& recipe = trainer_.recipe();
  return {{"recipe", recipe.name},
          {"model", trainer_.bundle().name},
          {"weights_sha256", weights_sha256(trainer_.bundle())},
          {"data_sha256", trainer_.set().data_sha256},
          {"records", trainer_.set().items()},
          {"seed", recipe.seed},
          {"updates", trainer_.total_updates()},
          {"out", std::filesystem::absolute(place_.out).lexically_normal().string()},
          {"settings", recipe.settings}};
}

void TrainRecords::start(const TrainingOutcome& before) {
  so_far_ = before;
  so_far_.complete = false;
  write_file_atomically(place_.out / "recipe.json",
                        dump_json(trainer_.recipe().settings, 2) + "\n");
  log_.emplace(place_.out / "train.jsonl", before.updates);
  events_.emplace(place_.out, before.updates);
  store_.emplace(place_.out / "runs.db", RunStore::Mode::kWrite);
  Json session = session_facts();
  say_how(session, place_.threads, place_.ranks);
  run_ = store_->start_training(facts(), session, place_.resume);
}

void TrainRecords::add(const UpdateReport& report) {
  so_far_.updates = report.update;
  so_far_.skipped += report.skipped ? 1 : 0;
  log_->add(report);
  events_->add(report.update,
               {{"loss", report.loss},
                {"lr", report.rate},
                {"grad_norm", report.gradient_norm},
                {"tokens_per_second", static_cast<double>(report.tokens) / report.seconds}});
}

std::optional<Evaluation> TrainRecords::evaluate(std::int64_t update) {
  return evaluator_->measure(*store_, run_, update);
}

std::string TrainRecords::add(const Evaluation& evaluation, bool best) {
  if (best) so_far_.best = evaluation.update;
  Json line = evaluation_json(evaluation);
  line["event"] = "eval";
  line["run"] = evaluator_->run();
  line["best"] = best;
  log_->add_event(line);
  std::map<std::string, double> values;
  for (const WatchedMetric& metric : evaluation.metrics) {
    if (metric.value) values["eval/" + metric.name] = *metric.value;
  }
  events_->add(evaluation.update, values);
  return format("update {}: {}{}", evaluation.update, evaluator_->headline(),
                best ? "; best so far" : "");
}

void TrainRecords::end(const TrainingOutcome& outcome) {
  const TrainTotals& totals = log_->totals();
  const Json result = {
      {"updates", outcome.updates},
      {"skipped_updates", outcome.skipped},
      {"loss", totals.loss},
      {"seconds", totals.seconds},
      {"tokens", totals.tokens},
      {"tokens_per_second",
       totals.seconds > 0 ? static_cast<double>(totals.tokens) / totals.seconds : 0},
      {"best_update", outcome.best > 0 ? Json(outcome.best) : Json(nullptr)}};
  const std::int64_t run = std::exchange(run_, 0);
  store_->end_training(run, result, outcome.complete ? RunState::kDone : RunState::kInterrupted);
}

}  // namespace sightline::cli
