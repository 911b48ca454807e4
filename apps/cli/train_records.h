// What rank 0 leaves behind of a training run: recipe.json, train.jsonl, an event file, and its
// rows of the run store.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "runs/run_store.h"
#include "train_evaluator.h"
#include "training/event_file.h"
#include "training/train_log.h"

namespace sightline::cli {

struct TrainPlace {
  std::filesystem::path out;
  bool resume = false;
  int threads = 1;
  int ranks = 1;
};

class TrainRecords {
 public:
  // Reads the benchmark of evaluations, when the recipe wants some; writes nothing yet.
  TrainRecords(const Trainer& trainer, TrainPlace place);
  ~TrainRecords();  // a run that nobody ended was interrupted
  TrainRecords(const TrainRecords&) = delete;
  TrainRecords& operator=(const TrainRecords&) = delete;

  void start(const TrainingOutcome& before);
  void add(const UpdateReport& report);
  std::optional<Evaluation> evaluate(std::int64_t update);
  std::string add(const Evaluation& evaluation, bool best);  // returns the line that tells it
  void end(const TrainingOutcome& outcome);

  bool evaluates() const { return evaluator_.has_value(); }

 private:
  Json facts() const;

  const Trainer& trainer_;
  TrainPlace place_;
  TrainingOutcome so_far_;
  std::optional<TrainEvaluator> evaluator_;
  std::optional<TrainLog> log_;
  std::optional<EventFile> events_;
  std::optional<RunStore> store_;
  std::int64_t run_ = 0;  // 0: not begun, or ended
};

}  // namespace sightline::cli
