#include "training/trainer.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <malloc.h>

#include <chrono>
#include <cmath>
#include <span>

#include "base/file.h"
#include "base/sha256.h"
#include "sightline/error.h"
#include "tensor/safetensors.h"
#include "training/dpo.h"
#include "training/sampler.h"
#include "training/trainer_state.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kMaxSkippedInARow = 5;
constexpr int kReferencesChecked = 8;    // of those that came with the data, on each rank
constexpr std::int64_t kTrimEvery = 16;  // updates between returns of free memory to the system
constexpr std::int64_t kRecomputeAbove = 500'000'000;  // weights of the model

// Settings that may change between a run and its resumption without changing what it computes.
std::string options_hash(Json settings) {
  for (const char* key : {"save_every", "keep_last", "keep_features_mb", "name", "images", "data",
                          "device", "rank_timeout", "abort.over_refusal"}) {
    settings.erase(key);
  }
  if (settings.at("eval_every") == 0) {
    for (const char* key : {"eval_every", "eval.benchmark", "eval.limit", "eval.defence",
                            "eval.best", "eval.patience"})
      settings.erase(key);
  }
  return sha256(dump_json(settings));
}

// Sums that came with the data are of use only where they are this model's own.
void expect_reference(const TrainingSample& sample, double own) {
  const double told = *sample.reference_logp;
  if (std::abs(told - own) <= 0.5 + 0.01 * std::abs(own)) return;
  fail_with_hint(ErrorKind::kBadFile,
                 "they are another model's, template's or picture processing's; without the keys "
                 "ref_chosen_logp and ref_rejected_logp they are computed",
                 "pair '{}': the reference sum is {}, the start model gives {}", sample.id, told,
                 own);
}

class WeightCount : public WeightVisitor {
 public:
  void linear(const std::string&, Linear& linear) override { sum += linear.weight().numel(); }
  void weight(const std::string&, Tensor& weight) override { sum += weight.numel(); }
  std::int64_t sum = 0;
};

struct Prepared {
  Bundle bundle;
  TrainedModel trained;
  std::int64_t weights = 0;
};

std::unique_ptr<GradientSum> gradient_sum(const TrainedModel& trained,
                                          const std::shared_ptr<ProcessGroup>& group) {
  if (group->world() == 1) return nullptr;
  std::vector<at::Tensor> tensors;
  for (const TrainedParameter& parameter : trained.parameters) tensors.push_back(parameter.tensor);
  return std::make_unique<GradientSum>(tensors, group);
}

Prepared prepare_model(const Recipe& recipe) {
  Prepared out;
  LoadOptions options{.dtype = recipe.dtype, .device = recipe.device};
  options.adapters = recipe.adapters;
  options.prepare = [&](Model& model) {
    WeightCount count;
    model.visit(count);
    out.weights = count.sum;
    out.trained = make_trainable(model, recipe.parts, recipe.seed);
  };
  out.bundle = load_bundle(recipe.model, options);
  return out;
}

at::Tensor stored_reference(const fs::path& file, const std::string& identity) {
  const auto stored = SafetensorsFile::open(file);
  if (!stored->metadata().contains("identity") || stored->metadata().at("identity") != identity) {
    fail(ErrorKind::kBadFile, "{}: of another run", file);
  }
  return stored->tensor("logps").clone();
}

}  // namespace

Trainer::Trainer(Recipe recipe, std::shared_ptr<ProcessGroup> group)
    : recipe_(std::move(recipe)),
      group_(group
                 ? std::move(group)
                 : std::shared_ptr<ProcessGroup>(ProcessGroup::join({}, std::chrono::seconds(1)))) {
  Prepared prepared = prepare_model(recipe_);
  trained_ = std::move(prepared.trained);
  bundle_ = std::move(prepared.bundle);
  set_ = load_training_set(recipe_, bundle_);
  const bool tower_learns = std::ranges::any_of(
      trained_.parameters,
      [](const TrainedParameter& one) { return part_of(one.name) == ModelPart::kVision; });
  state_ = std::make_unique<State>(State{
      .optimizer = AdamW(trained_.parameters, recipe_.adam),
      .schedule = {.kind = recipe_.schedule},
      .pictures = TrainingPictures(bundle_, recipe_.images,
                                   tower_learns ? 0 : recipe_.keep_features_mb << 20),
      .batch = {.recompute = recipe_.recompute == "on" ||
                             (recipe_.recompute == "auto" && prepared.weights > kRecomputeAbove),
                .autocast = recipe_.autocast},
      .options_sha256 = options_hash(recipe_.settings),
      .gradients = gradient_sum(trained_, group_)});
  for (const TrainingSample& sample : set_.samples) state_->kinds.insert(sample.kind);
  state_->schedule.total = total_updates();
  state_->schedule.warmup = warmup_updates(recipe_.warmup_ratio, total_updates());
}

Trainer::~Trainer() = default;

std::int64_t Trainer::trained_numbers() const { return trained_.count(); }

std::int64_t Trainer::updates_per_epoch() const {
  const bool ceil = recipe_.epoch_steps == "ceil";
  const std::int64_t part = ceil ? recipe_.global_batch - 1 : 0;
  return std::max<std::int64_t>(1, (set_.items() + part) / recipe_.global_batch);
}

std::int64_t Trainer::total_updates() const {
  const std::int64_t all = updates_per_epoch() * recipe_.epochs;
  return recipe_.max_updates > 0 ? std::min(all, recipe_.max_updates) : all;
}

// The items of one update: a run of its epoch's order, which seed and epoch alone decide.
std::vector<std::int64_t> Trainer::window(std::int64_t update) {
  const std::int64_t per_epoch = updates_per_epoch();
  const std::int64_t epoch = update / per_epoch;
  if (state_->order_epoch != epoch) {
    const SamplerShape shape{
        .micro_batch = recipe_.micro_batch,
        .micro_batches = std::max<std::int64_t>(1, recipe_.global_batch / recipe_.micro_batch)};
    state_->order = epoch_order(recipe_.sampler, set_.lengths, shape, recipe_.seed, epoch);
    state_->order_epoch = epoch;
  }
  const std::int64_t begin = (update % per_epoch) * recipe_.global_batch;
  const std::int64_t end = std::min(begin + recipe_.global_batch, set_.items());
  return {state_->order.begin() + begin, state_->order.begin() + end};
}

at::Tensor Trainer::micro_loss(const std::vector<std::int64_t>& items, double denominator,
                               UpdateReport& report) {
  std::vector<TrainingSample> samples;
  std::vector<std::int64_t> places;
  for (const std::int64_t item : items) {
    for (std::int64_t i = item * set_.group; i < (item + 1) * set_.group; ++i) {
      samples.push_back(set_.samples[static_cast<std::size_t>(i)]);
      places.push_back(i);
      report.tokens += static_cast<std::int64_t>(samples.back().ids.size());
    }
  }
  const TargetLosses losses =
      target_losses(*bundle_.model, samples, state_->pictures, state_->batch);
  add_by_kind(losses, samples, report.kinds);
  report.targets += losses.losses.numel();
  if (recipe_.objective == "sft") {
    return reduce_losses(losses, samples, recipe_.loss_norm, denominator);
  }
  const at::Tensor reference = state_->reference.index_select(0, at::tensor(places));
  const DpoLoss dpo = dpo_loss(answer_logps(losses), reference, recipe_.beta);
  report.extra["accuracy"] += dpo.accuracy / denominator;
  report.extra["margin"] += dpo.margin / denominator;
  return dpo.loss / denominator;
}

UpdateReport Trainer::do_update(std::int64_t update) {
  const auto started = Clock::now();
  UpdateReport report{.update = update + 1, .total = total_updates()};
  const std::vector<std::int64_t> items = window(update);
  std::vector<std::vector<std::int64_t>> micro;
  for (std::size_t at = 0; at < items.size(); at += static_cast<std::size_t>(recipe_.micro_batch)) {
    const std::size_t end =
        std::min(items.size(), at + static_cast<std::size_t>(recipe_.micro_batch));
    micro.emplace_back(items.begin() + static_cast<std::ptrdiff_t>(at),
                       items.begin() + static_cast<std::ptrdiff_t>(end));
  }
  double denominator = static_cast<double>(micro.size());
  if (recipe_.objective == "sft" && recipe_.loss_norm == "per_sample_mean") {
    denominator = static_cast<double>(items.size());
  } else if (recipe_.objective == "sft" && recipe_.loss_norm == "global_token_mean") {
    denominator = 0;
    for (const std::int64_t item : items) {
      denominator += static_cast<double>(set_.samples[static_cast<std::size_t>(item)].targets());
    }
    denominator = std::max(1.0, denominator);
  }
  clear_gradients(trained_.parameters);
  // Micro-batch j is rank j mod world's, so that any number of ranks takes the same update.
  const auto world = static_cast<std::size_t>(group_->world());
  for (auto j = static_cast<std::size_t>(group_->rank()); j < micro.size(); j += world) {
    const at::Tensor loss = micro_loss(micro[j], denominator, report);
    report.loss += loss.item<double>();
    const bool last = j + world >= micro.size();
    if (last && state_->gradients) state_->gradients->expect_last_backward();
    loss.backward();
  }
  reduce(report);
  report.gradient_norm = gradient_norm(trained_.parameters);
  const double factor = state_->schedule.factor(update);
  report.rate = recipe_.rate * factor;
  report.skipped = !std::isfinite(report.loss) || !std::isfinite(report.gradient_norm);
  if (!report.skipped) {
    if (recipe_.max_grad_norm > 0 && report.gradient_norm > recipe_.max_grad_norm) {
      scale_gradients(trained_.parameters, recipe_.max_grad_norm / (report.gradient_norm + 1e-6));
    }
    state_->optimizer.step(report.rate, recipe_.projector_rate * factor);
  }
  const auto spent = std::chrono::duration<double>(Clock::now() - started);
  report.seconds = spent.count();
  report.epoch = static_cast<double>(update + 1) / static_cast<double>(updates_per_epoch());
  return report;
}

// The start model's own log-probabilities: computed once, before anything has changed.
void Trainer::prepare_reference(const fs::path& out) {
  const fs::path file = out / "reference.safetensors";
  const std::string identity = set_.data_sha256 + state_->options_sha256;
  const at::NoGradGuard frozen;
  state_->reference = at::zeros({static_cast<std::int64_t>(set_.samples.size())});
  if (state_->update > 0) {
    if (leads()) state_->reference.copy_(stored_reference(file, identity));
    group_->broadcast({state_->reference}, "reading the start model's sums");
    return;
  }
  const BatchOptions plain{.recompute = false, .autocast = recipe_.autocast};
  const auto world = static_cast<std::size_t>(group_->world());
  int checked = 0;
  for (auto i = static_cast<std::size_t>(group_->rank()); i < set_.samples.size(); i += world) {
    const TrainingSample& sample = set_.samples[i];
    at::Tensor sum = state_->reference[static_cast<std::int64_t>(i)];
    if (sample.reference_logp && checked >= kReferencesChecked) {
      sum.fill_(*sample.reference_logp);
      continue;
    }
    sum.copy_(answer_logps(
        target_losses(*bundle_.model, std::span(&sample, 1), state_->pictures, plain))[0]);
    if (!sample.reference_logp) continue;
    expect_reference(sample, sum.item<double>());
    ++checked;
  }
  group_->sum(state_->reference, "measuring the start model");
  if (leads()) write_safetensors(file, {{"logps", state_->reference}}, {{"identity", identity}});
}

TrainingOutcome Trainer::run(const fs::path& out, bool resume, const TrainingHooks& hooks) {
  if (leads()) make_folder(out);
  restore(out, resume);
  if (recipe_.objective == "dpo") prepare_reference(out);
  if (hooks.on_start) hooks.on_start(outcome());
  if (trained_.control) trained_.control->training = true;
  try {
    train(out, hooks);
  } catch (const Error& error) {
    // One that knows the random numbers of all ranks is not given up for one that does not.
    const bool saved = state_->saved_update == state_->update;
    if (error.kind() == ErrorKind::kRemote && leads() && !saved) save(out, {});
    throw;
  }
  const TrainingOutcome done = outcome();
  if (done.complete && leads()) write_lora_adapter(out, adapter_of(trained_, recipe_.model));
  return done;
}

TrainingOutcome Trainer::outcome() const {
  const Evaluation* best = best_evaluation(state_->evaluations, best_rule());
  return {.updates = state_->update,
          .total = total_updates(),
          .skipped = state_->skipped,
          .complete = (state_->update == total_updates() || state_->out_of_patience) &&
                      !state_->evaluation_stopped,
          .best = best != nullptr ? best->update : 0};
}

void Trainer::train(const fs::path& out, const TrainingHooks& hooks) {
  const std::int64_t total = total_updates();
  bool stop = stop_wanted(hooks);
  if (!stop && evaluate(hooks) && state_->update > 0) save_together(out);
  expect_within_bounds();
  stop = stop || stop_wanted(hooks);
  while (state_->update < total && !stop && !state_->out_of_patience) {
    const UpdateReport report = do_update(state_->update);
    ++state_->update;
    // Batches of many shapes leave holes in the heap; left alone, it doubles within an epoch.
    if (state_->update % kTrimEvery == 0) malloc_trim(0);
    state_->skipped += report.skipped ? 1 : 0;
    state_->skipped_in_a_row = report.skipped ? state_->skipped_in_a_row + 1 : 0;
    if (hooks.on_update) hooks.on_update(report);
    if (state_->skipped_in_a_row >= kMaxSkippedInARow) {
      fail_with_hint(ErrorKind::kUnsupported, "lower the rate (lr) or set max_grad_norm=1",
                     "loss or gradient was not finite in {} updates in a row, up to update {}",
                     kMaxSkippedInARow, state_->update);
    }
    expect_equal_ranks();
    const bool measured = evaluate(hooks);
    stop = stop_wanted(hooks);
    const bool due = recipe_.save_every > 0 && state_->update % recipe_.save_every == 0;
    if (due || measured || stop || state_->update == total) save_together(out);
    if (measured) expect_within_bounds();
  }
}

}  // namespace sightline
