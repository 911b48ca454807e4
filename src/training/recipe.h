// What a training run follows: a YAML file of settings, checked against one table.
//
//   model: default
//   data: refusals.jsonl
//   lora: {r: 128, alpha: 256}
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/options.h"
#include "training/adamw.h"
#include "training/parameters.h"
#include "training/sample.h"

namespace sightline {

// What is measured while the model learns; see training/watch.h.
struct EvalSettings {
  std::int64_t every = 0;  // updates; 0: nothing is measured
  std::string benchmark, defence;
  std::int64_t limit = 0;
  int max_new_tokens = 0;     // 0: the benchmark's own
  std::string best;           // metric that the best checkpoint has lowest, or highest
  std::int64_t patience = 0;  // evaluations without a better one that end the run; 0: none do
};

struct Recipe {
  std::string name;
  std::string model;
  std::vector<std::string> adapters;  // put on the model before training
  std::vector<std::filesystem::path> data;
  std::filesystem::path images;  // empty: beside the data file
  std::string dtype, device;
  EncodingOptions encoding;
  bool template_force = false;  // also a template whose end of turn the model does not know
  TrainedParts parts;
  AdamWOptions adam;
  double rate = 0, projector_rate = 0;
  double warmup_ratio = 0;
  std::string schedule, loss_norm, sampler, objective, epoch_steps;
  double beta = 0.1;            // DPO
  std::int64_t max_prompt = 0;  // DPO: tokens of a question, a picture counted as one
  std::int64_t epochs = 1, max_updates = 0, global_batch = 1, micro_batch = 1;
  double max_grad_norm = 0;
  double max_rejected = 0;  // share of records that may be left out
  std::uint64_t seed = 0;
  std::string recompute;  // auto, on, off
  bool autocast = false;
  std::int64_t keep_features_mb = 0;
  std::int64_t save_every = 0, keep_last = 3;
  EvalSettings eval;
  double abort_over_refusal = 1;
  std::int64_t rank_timeout = 0;  // seconds
  Json settings;                  // the complete flat table: what is recorded and hashed
};

// Every setting with its default; keys of nested maps are joined by dots.
const OptionTable& recipe_table();

// A recipe file, then `sets` ("lora.r=8") over it. `file` may be the name of a shipped recipe.
// Paths in the file are relative to it. Throws Error: kNotFound, kBadFile (YAML), kUsage (an
// unknown setting with near names, a bad value).
Recipe read_recipe(const std::string& file, const std::vector<std::string>& sets);

}  // namespace sightline
