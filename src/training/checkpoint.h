// Checkpoints of a run: OUT/step-NNNNNN/, written whole or not at all. docs/formats/checkpoint.md.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "models/lora_files.h"
#include "training/watch.h"

namespace sightline {

struct TrainerState {
  std::int64_t update = 0;   // updates done
  std::int64_t skipped = 0;  // of those, skipped because loss or gradient were not finite
  std::string options_sha256;
  std::string data_sha256;
  std::vector<Evaluation> evaluations;  // so far
};

struct TrainingCheckpoint {
  TrainerState state;
  std::map<std::string, at::Tensor> optimizer;  // AdamW::state()
  std::vector<at::Tensor> generators;           // states of the ranks' random numbers
};

// Writes OUT/step-NNNNNN and removes the oldest beyond `keep_last`.
void save_checkpoint(const std::filesystem::path& out, const TrainingCheckpoint& checkpoint,
                     const LoraAdapter& adapter, std::int64_t keep_last);

// Writes OUT/best: the adapter and, in evaluation.json, how it was measured and by which rule
// chosen. One that is there stays whole until the new one takes its place.
void save_best(const std::filesystem::path& out, const LoraAdapter& adapter,
               const Evaluation& evaluation, const BestRule& rule);

// The newest whole one, if any. Throws Error{kBadFile} for a damaged one.
std::optional<TrainingCheckpoint> load_newest_checkpoint(const std::filesystem::path& out);

}  // namespace sightline
