// The training loop: records → batches → losses → gradients → updates, with checkpoints on the way.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <stop_token>
#include <string>

#include "distributed/process_group.h"
#include "models/bundle.h"
#include "training/batch.h"
#include "training/recipe.h"
#include "training/training_set.h"
#include "training/watch.h"

namespace sightline {

// What one update did.
struct UpdateReport {
  std::int64_t update = 0;  // from 1
  std::int64_t total = 0;
  double epoch = 0;
  double loss = 0;
  double rate = 0;
  double gradient_norm = 0;
  bool skipped = false;  // loss or gradient was not finite: nothing was changed
  std::int64_t tokens = 0;
  std::int64_t targets = 0;
  double seconds = 0;
  std::map<std::string, KindLoss> kinds;
  std::map<std::string, double> extra;  // dpo: accuracy, margin
};

struct TrainingOutcome {
  std::int64_t updates = 0;
  std::int64_t total = 0;
  std::int64_t skipped = 0;
  bool complete = false;
  std::int64_t best = 0;  // update whose adapter OUT/best holds; 0: none
};

struct TrainingHooks {
  std::function<void(const TrainingOutcome& before)> on_start;  // of earlier processes
  std::function<void(const UpdateReport&)> on_update;
  // Measures the model as it stands, its LoRA without dropout; nothing: it was stopped. Asked on
  // rank 0 alone when `eval_every` says so, before the first update and after the last.
  std::function<std::optional<Evaluation>(std::int64_t update)> evaluate = {};
  std::function<void(const Evaluation&, bool best)> on_evaluation = {};
  std::stop_token stop = {};  // the update in progress is finished, then a checkpoint is written
};

class Trainer {
 public:
  // Loads the model, makes it trainable, reads the data. Throws what these throw. Every rank of
  // `group` makes a Trainer of the same recipe and calls run(); null: this process alone.
  explicit Trainer(Recipe recipe, std::shared_ptr<ProcessGroup> group = nullptr);
  ~Trainer();

  const Recipe& recipe() const { return recipe_; }
  const TrainingSet& set() const { return set_; }
  const Bundle& bundle() const { return bundle_; }
  std::int64_t trained_numbers() const;
  std::int64_t total_updates() const;

  // Trains from the newest checkpoint in `out` when `resume`, else from the start; writes
  // checkpoints below `out` and at the end the adapter into `out` itself. Throws Error: kUsage when
  // a checkpoint is there but `resume` is not set, or data or settings differ from its; kBadFile
  // (disk); kUnsupported after 5 updates in a row that were not finite, or when over-refusal is
  // above the recipe's bound, with a checkpoint; kRemote when another rank died: rank 0 has written
  // a checkpoint then. Only rank 0 writes.
  TrainingOutcome run(const std::filesystem::path& out, bool resume, const TrainingHooks& hooks);

 private:
  struct State;
  bool leads() const { return group_->rank() == 0; }
  std::int64_t updates_per_epoch() const;
  void restore(const std::filesystem::path& out, bool resume);
  void load(const std::filesystem::path& out, bool resume);
  void expect_same_data();
  void spread_state();
  void save(const std::filesystem::path& out, std::vector<at::Tensor> generators);
  void save_together(const std::filesystem::path& out);
  void reduce(UpdateReport& report);
  void expect_equal_ranks();
  bool stop_wanted(const TrainingHooks& hooks);
  TrainingOutcome outcome() const;
  BestRule best_rule() const { return {.metric = recipe_.eval.best}; }
  bool evaluate(const TrainingHooks& hooks);
  bool measure(const TrainingHooks& hooks);
  void keep_best(const std::filesystem::path& out);
  void expect_within_bounds();
  void train(const std::filesystem::path& out, const TrainingHooks& hooks);
  void prepare_reference(const std::filesystem::path& out);
  std::vector<std::int64_t> window(std::int64_t update);
  UpdateReport do_update(std::int64_t update);
  at::Tensor micro_loss(const std::vector<std::int64_t>& items, double denominator,
                        UpdateReport& report);

  Recipe recipe_;
  std::shared_ptr<ProcessGroup> group_;
  TrainedModel trained_;
  Bundle bundle_;
  TrainingSet set_;
  std::unique_ptr<State> state_;
};

}  // namespace sightline
