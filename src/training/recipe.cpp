#include "training/recipe.h"

#include <yaml-cpp/yaml.h>

#include "base/file.h"
#include "base/share.h"
#include "sightline/error.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxRecipeBytes = std::size_t{1} << 20;
constexpr int kMaxDepth = 8;

// {lora: {r: 8}, data: [a, b]} → {"lora.r": "8", "data": "a,b"}
void flatten(const YAML::Node& node, const fs::path& file, const std::string& path, int depth,
             Json& out) {
  if (depth > kMaxDepth) fail(ErrorKind::kBadFile, "{}: nested too deep at '{}'", file, path);
  if (node.IsMap()) {
    for (const auto& entry : node) {
      const std::string key = entry.first.Scalar();
      flatten(entry.second, file, path.empty() ? key : path + "." + key, depth + 1, out);
    }
    return;
  }
  if (path.empty()) fail(ErrorKind::kBadFile, "{}: wanted a map of settings", file);
  if (node.IsSequence()) {
    std::string list;
    for (const YAML::Node& element : node) {
      if (!element.IsScalar())
        fail(ErrorKind::kBadFile, "{}: '{}' holds no plain list", file, path);
      list += (list.empty() ? "" : ",") + element.Scalar();
    }
    out[path] = list;
  } else if (node.IsScalar()) {
    out[path] = node.Scalar();
  }
}

Json read_yaml(const fs::path& file) {
  Json out = Json::object();
  try {
    flatten(YAML::Load(read_file(file, kMaxRecipeBytes)), file, "", 0, out);
  } catch (const YAML::Exception& error) {
    fail(ErrorKind::kBadFile, "{}: line {}: {}", file, error.mark.line + 1, error.msg);
  }
  return out;
}

fs::path locate_recipe(const std::string& name) {
  if (fs::is_regular_file(name)) return name;
  const fs::path shipped = share_path("recipes") / (name + ".yaml");
  if (fs::exists(shipped)) return shipped;
  fail_with_hint(ErrorKind::kNotFound, "sightline list recipes shows those that ship",
                 "no recipe '{}'", name);
}

void apply_sets(const std::vector<std::string>& sets, Json& given) {
  for (const std::string& set : sets) {
    const std::size_t equals = set.find('=');
    if (equals == std::string::npos || equals == 0) {
      fail(ErrorKind::kUsage, "--set '{}', wanted key=value", set);
    }
    given[set.substr(0, equals)] = set.substr(equals + 1);
  }
}

std::vector<std::string> list_of(const Json& value) {
  std::vector<std::string> out;
  if (value.is_null()) return out;
  const auto text = value.get<std::string>();
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    if (end > at) out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// Paths that the recipe itself names are relative to its own folder.
void resolve_paths(const fs::path& folder, const char* key, Json& given) {
  if (!given.contains(key)) return;
  std::string out;
  for (const std::string& path : list_of(given.at(key))) {
    out += (out.empty() ? "" : ",") + (folder / path).string();
  }
  given[key] = out;
}

std::string text_or_empty(const Json& value) {
  return value.is_null() ? "" : value.get<std::string>();
}

template <class T>
void take(const Json& settings, const char* key, T& place) {
  place = settings.at(key).get<T>();
}

TrainedParts parts_of(const Json& s) {
  TrainedParts parts;
  take(s, "train.language", parts.language);
  take(s, "train.projector", parts.projector);
  take(s, "train.vision", parts.vision);
  take(s, "lora.r", parts.lora.rank);
  take(s, "lora.alpha", parts.lora.alpha);
  take(s, "lora.dropout", parts.lora.dropout);
  take(s, "lora.rslora", parts.lora.rslora);
  parts.lora_targets = text_or_empty(s.at("lora.targets"));
  return parts;
}

}  // namespace

const OptionTable& recipe_table() {
  static const OptionTable table = {
      {"name", nullptr, "name of the run"},
      {"model", "default", "model that is tuned"},
      {"adapters", nullptr, "adapters put on it first, comma-separated"},
      {"data", nullptr, "files of records, comma-separated"},
      {"images", nullptr, "folder of the pictures; absent: the first data file's"},
      {"dtype", "fp32", "of the frozen weights", {}, {}, {"auto", "fp32", "bf16", "fp16"}},
      {"device", "auto", "auto, cpu, cuda or cuda:i"},
      {"objective", "sft", "sft: next token; dpo: preference pairs", {}, {}, {"sft", "dpo"}},
      {"template", "checkpoint", "how conversations are written"},
      {"template_force", false, "also where the model does not know the template's end of turn"},
      {"mask", "span", "which tokens are targets", {}, {}, {"span", "llava_v1"}},
      {"end_mode",
       "mask_label",
       "the end token of turns with supervise_eos=false",
       {},
       {},
       {"train", "mask_label", "drop_token"}},
      {"verdict_weight", 1.0, "of the tokens of a reasoning record's verdict", 0, 100},
      {"max_length", 2048, "tokens of a record", 8, 1 << 20},
      {"max_rejected", 0.001, "share of records that may be left out", 0, 1},
      {"train.language", "lora", "language model", {}, {}, {"lora", "full", "frozen"}},
      {"train.projector", "full", "projector", {}, {}, {"full", "frozen"}},
      {"train.vision", "frozen", "vision tower", {}, {}, {"full", "frozen"}},
      {"lora.r", 16, "rank", 1, 65536},
      {"lora.alpha", 32.0, "scale is alpha / r", 0, 1e6},
      {"lora.dropout", 0.0, "of a LoRA's input", 0, 0.99},
      {"lora.rslora", false, "scale is alpha / sqrt(r)"},
      {"lora.targets", nullptr, "pattern of module paths; absent: the language model's linears"},
      {"lr", 2e-4, "rate of LoRA or language model", 0, 1},
      {"projector_lr", 0.0, "rate of the projector; 0: lr", 0, 1},
      {"weight_decay", 0.0, "of weights, not of biases and norms", 0, 1},
      {"schedule", "cosine", "course of the rate", {}, {}, {"cosine", "linear", "constant"}},
      {"warmup_ratio", 0.03, "share of the updates that warm up", 0, 1},
      {"max_grad_norm", 0.0, "gradients are scaled down to this norm; 0: never", 0, 1e9},
      {"loss_norm",
       "micro_mean",
       "what a loss is divided by",
       {},
       {},
       {"micro_mean", "global_token_mean", "per_sample_mean"}},
      {"beta", 0.1, "strength of the preference (dpo)", 0, 100},
      {"max_prompt", 1472, "tokens of a question; longer pairs are left out (dpo)", 1, 1 << 20},
      {"epochs", 1, "times the data is seen", 1, 100000},
      {"max_updates", 0, "ends training earlier; 0: never", 0, 1e12},
      {"global_batch", 128, "records of one update", 1, 1 << 20},
      {"micro_batch", 1, "records of one pass", 1, 1 << 20},
      {"epoch_steps",
       "floor",
       "what the end of an epoch does that fills no whole update: floor leaves it, ceil makes one",
       {},
       {},
       {"floor", "ceil"}},
      {"sampler",
       "modality_length",
       "order of the records",
       {},
       {},
       {"modality_length", "shuffle", "sequential"}},
      {"seed", 0, "of order, LoRA's start and dropout", 0, 9007199254740991.0},
      {"recompute",
       "auto",
       "activations are made again in the backward pass; auto: above 500 million weights",
       {},
       {},
       {"auto", "on", "off"}},
      {"autocast", false, "compute in bf16 beside fp32 masters"},
      {"keep_features_mb", 512, "memory for a frozen vision tower's features", 0, 1 << 20},
      {"save_every", 100, "updates between checkpoints; 0: only at the end", 0, 1e9},
      {"keep_last", 3, "checkpoints kept", 1, 1e6},
      {"eval_every", 0, "updates between evaluations; 0: never", 0, 1e9},
      {"eval.benchmark", "mini(split=validation)", "what is asked then"},
      {"eval.limit", 60, "at most so many of its samples; 0: all", 0, 1e9},
      {"eval.max_new_tokens", 0, "longest answer then; 0: the benchmark's own", 0, 1e6},
      {"eval.defence", "none", "defence that answers then"},
      {"eval.best", "unsafe_rate_picture", "metric that the checkpoint in OUT/best has best"},
      {"eval.patience", 0, "so many evaluations without a better one end the run; 0: never", 0,
       1e6},
      {"abort.over_refusal", 1.0, "the run ends when over-refusal is above it", 0, 1},
      {"rank_timeout", 9000, "seconds that ranks wait for each other", 1, 1e6},
  };
  return table;
}

Recipe read_recipe(const std::string& file, const std::vector<std::string>& sets) {
  const fs::path path = locate_recipe(file);
  Json given = read_yaml(path);
  for (const char* key : {"data", "images", "adapters"})
    resolve_paths(path.parent_path(), key, given);
  apply_sets(sets, given);
  const Json s = complete_options(recipe_table(), given, path.filename().string());
  Recipe r;
  r.name = s.at("name").is_null() ? path.stem().string() : s.at("name").get<std::string>();
  take(s, "model", r.model);
  r.adapters = list_of(s.at("adapters"));
  for (const std::string& data : list_of(s.at("data"))) r.data.emplace_back(data);
  if (r.data.empty()) {
    fail_with_hint(ErrorKind::kUsage, "--set data=FILE", "recipe '{}' names no data", r.name);
  }
  r.images = s.at("images").is_null() ? r.data.front().parent_path()
                                      : fs::path(s.at("images").get<std::string>());
  if (s.at("eval_every") == 0 && s.at("abort.over_refusal").get<double>() < 1) {
    fail_with_hint(ErrorKind::kUsage, "set eval_every=N",
                   "recipe '{}' has a bound abort.over_refusal, but nothing is measured", r.name);
  }
  if (s.at("eval_every") == 0 && s.at("eval.patience") != 0) {
    fail_with_hint(ErrorKind::kUsage, "set eval_every=N",
                   "recipe '{}' has a bound eval.patience, but nothing is measured", r.name);
  }
  take(s, "dtype", r.dtype);
  take(s, "device", r.device);
  take(s, "objective", r.objective);
  take(s, "template", r.encoding.template_name);
  take(s, "template_force", r.template_force);
  take(s, "mask", r.encoding.mask);
  take(s, "end_mode", r.encoding.end_mode);
  take(s, "verdict_weight", r.encoding.verdict_weight);
  take(s, "max_length", r.encoding.max_length);
  take(s, "max_rejected", r.max_rejected);
  r.parts = parts_of(s);
  take(s, "weight_decay", r.adam.weight_decay);
  take(s, "lr", r.rate);
  take(s, "projector_lr", r.projector_rate);
  if (r.projector_rate == 0) r.projector_rate = r.rate;
  take(s, "schedule", r.schedule);
  take(s, "warmup_ratio", r.warmup_ratio);
  take(s, "max_grad_norm", r.max_grad_norm);
  take(s, "loss_norm", r.loss_norm);
  take(s, "beta", r.beta);
  take(s, "max_prompt", r.max_prompt);
  take(s, "epochs", r.epochs);
  take(s, "max_updates", r.max_updates);
  take(s, "global_batch", r.global_batch);
  r.micro_batch = std::min(s.at("micro_batch").get<std::int64_t>(), r.global_batch);
  take(s, "sampler", r.sampler);
  take(s, "epoch_steps", r.epoch_steps);
  take(s, "seed", r.seed);
  take(s, "recompute", r.recompute);
  take(s, "autocast", r.autocast);
  take(s, "keep_features_mb", r.keep_features_mb);
  take(s, "save_every", r.save_every);
  take(s, "keep_last", r.keep_last);
  take(s, "eval_every", r.eval.every);
  take(s, "eval.benchmark", r.eval.benchmark);
  take(s, "eval.limit", r.eval.limit);
  take(s, "eval.max_new_tokens", r.eval.max_new_tokens);
  take(s, "eval.defence", r.eval.defence);
  take(s, "eval.best", r.eval.best);
  take(s, "eval.patience", r.eval.patience);
  take(s, "abort.over_refusal", r.abort_over_refusal);
  take(s, "rank_timeout", r.rank_timeout);
  r.settings = s;
  return r;
}

}  // namespace sightline
