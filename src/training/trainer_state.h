// What a Trainer keeps between updates. Included by its sources only.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "distributed/gradient_sum.h"
#include "training/adamw.h"
#include "training/batch.h"
#include "training/pictures.h"
#include "training/schedule.h"
#include "training/trainer.h"

namespace sightline {

struct Trainer::State {
  AdamW optimizer;
  Schedule schedule;
  TrainingPictures pictures;
  BatchOptions batch;
  std::string options_sha256;
  std::unique_ptr<GradientSum> gradients;  // null: this process is alone
  at::Tensor reference = {};  // dpo: [samples] log-probabilities before the first update
  std::vector<at::Tensor> generators = {};  // of all ranks, as a checkpoint had them
  std::set<std::string> kinds = {};         // of all records
  std::int64_t update = 0;
  std::int64_t saved_update = -1;  // of the newest checkpoint; rank 0's alone
  std::int64_t skipped = 0;
  int skipped_in_a_row = 0;
  std::vector<Evaluation> evaluations = {};  // so far; rank 0's alone
  bool evaluation_stopped = false;  // of the updates done: none, because it was interrupted
  bool out_of_patience = false;     // the newest evaluations brought nothing better
  std::int64_t order_epoch = -1;
  std::vector<std::int64_t> order = {};
};

}  // namespace sightline
