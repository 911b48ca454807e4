// The evaluator of `sightline eval`, on a model while it is trained.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "evals/runner.h"
#include "runs/run_store.h"
#include "training/trainer.h"

namespace sightline::cli {

class TrainEvaluator {
 public:
  // Reads the recipe's benchmark. Throws Error: what that throws; kUsage when the recipe bounds a
  // metric that the benchmark lacks.
  TrainEvaluator(const Trainer& trainer, int threads);

  // Asks the model as it stands, as a run of its own in `store`; nothing when it was interrupted.
  std::optional<Evaluation> measure(RunStore& store, std::int64_t training_run,
                                    std::int64_t update);

  // Of the last measurement: its run, and the headline as people read it.
  std::int64_t run() const { return run_; }
  const std::string& headline() const { return headline_; }

 private:
  RunConfig config_of(const EvalPlan& plan, const ModelInfo& model) const;

  const Trainer& trainer_;
  int threads_;
  BenchmarkData benchmark_;
  std::int64_t run_ = 0;
  std::string headline_;
};

}  // namespace sightline::cli
