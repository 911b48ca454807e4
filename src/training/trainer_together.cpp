// The parts of a Trainer that speak to other ranks and to the disk.
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>

#include "base/random.h"
#include "base/sha256.h"
#include "distributed/equal_ranks.h"
#include "sightline/error.h"
#include "training/checkpoint.h"
#include "training/generator.h"
#include "training/trainer_state.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kCompareEvery = 200;  // updates between comparisons of the ranks

at::Tensor bytes_of(const std::string& text) {
  const auto size = static_cast<std::int64_t>(text.size());
  at::Tensor out = at::zeros({size}, at::kByte);
  std::ranges::copy(text, out.mutable_data_ptr<std::uint8_t>());
  return out;
}

}  // namespace

// Gradients and what is told of the update, summed over the ranks.
void Trainer::reduce(UpdateReport& report) {
  for (const TrainedParameter& parameter : trained_.parameters) {
    // A window without pictures gives the projector a zero gradient, on every number of ranks.
    if (!parameter.tensor.grad().defined()) {
      parameter.tensor.mutable_grad() = at::zeros_like(parameter.tensor).detach();
    }
  }
  if (!state_->gradients) return;
  state_->gradients->finish();
  std::vector<double> numbers{report.loss, static_cast<double>(report.tokens),
                              static_cast<double>(report.targets), report.extra["accuracy"],
                              report.extra["margin"]};
  for (const std::string& kind : state_->kinds) {
    numbers.push_back(report.kinds[kind].sum);
    numbers.push_back(static_cast<double>(report.kinds[kind].targets));
  }
  group_->sum(numbers, "adding up losses");
  auto next = numbers.begin();
  report.loss = *next++;
  report.tokens = static_cast<std::int64_t>(*next++);
  report.targets = static_cast<std::int64_t>(*next++);
  report.extra["accuracy"] = *next++;
  report.extra["margin"] = *next++;
  if (recipe_.objective == "sft") report.extra.clear();
  for (const std::string& kind : state_->kinds) {
    const double sum = *next++;
    report.kinds[kind] = {sum, static_cast<std::int64_t>(*next++)};
  }
  std::erase_if(report.kinds, [](const auto& kind) { return kind.second.targets == 0; });
}

void Trainer::expect_equal_ranks() {
  if (group_->world() == 1 || state_->update % kCompareEvery != 0) return;
  std::vector<at::Tensor> weights;
  for (const TrainedParameter& parameter : trained_.parameters) weights.push_back(parameter.tensor);
  expect_equal_on_ranks(*group_, weights, format("after update {}", state_->update));
}

bool Trainer::stop_wanted(const TrainingHooks& hooks) {
  std::vector<double> votes{hooks.stop.stop_requested() ? 1.0 : 0.0};
  group_->sum(votes, "asking who wants to stop");
  return votes[0] > 0;
}

// On rank 0: what is measured now, with nothing of training's own state changed.
bool Trainer::measure(const TrainingHooks& hooks) {
  const at::Tensor generator = generator_state();
  if (trained_.control) trained_.control->training = false;
  const std::optional<Evaluation> measured = hooks.evaluate(state_->update);
  if (trained_.control) trained_.control->training = true;
  set_generator_state(generator);
  if (!measured) return false;
  state_->evaluations.push_back(*measured);
  const bool is_best =
      best_evaluation(state_->evaluations, best_rule()) == &state_->evaluations.back();
  if (hooks.on_evaluation) hooks.on_evaluation(*measured, is_best);
  return true;
}

// OUT/best, when the model as it stands is the best so far. Written after the checkpoint of this
// update and once more when a run goes on from it: a crash leaves no best that the checkpoints
// know nothing of, nor one that is missing.
void Trainer::keep_best(const fs::path& out) {
  const Evaluation* best = best_evaluation(state_->evaluations, best_rule());
  if (best == nullptr || best->update != state_->update) return;
  save_best(out, adapter_of(trained_, recipe_.model), *best, best_rule());
}

// True when the model of this update was measured now; the other ranks wait for rank 0.
bool Trainer::evaluate(const TrainingHooks& hooks) {
  state_->evaluation_stopped = false;
  if (recipe_.eval.every == 0) return false;
  if (state_->update % recipe_.eval.every != 0 && state_->update != total_updates()) return false;
  std::vector<double> told(3, 0.0);  // measured, stopped, out of patience
  const bool known =
      !state_->evaluations.empty() && state_->evaluations.back().update == state_->update;
  if (leads() && hooks.evaluate && !known) told[measure(hooks) ? 0 : 1] = 1;
  if (leads() && recipe_.eval.patience > 0) {
    const auto without = evaluations_without_gain(state_->evaluations, best_rule());
    told[2] = without >= recipe_.eval.patience ? 1 : 0;
  }
  group_->sum(told, "waiting for the evaluation of rank 0");
  state_->evaluation_stopped = told[1] > 0;
  state_->out_of_patience = told[2] > 0;
  return told[0] > 0;
}

// Ends the run on all ranks together when the newest evaluation says so.
void Trainer::expect_within_bounds() {
  if (recipe_.eval.every == 0) return;
  std::vector<double> over{0.0};
  if (leads() && !state_->evaluations.empty()) {
    const double share = state_->evaluations.back().value("over_refusal").value_or(0);
    if (share > recipe_.abort_over_refusal) over[0] = share;
  }
  group_->sum(over, "comparing over-refusal with its bound");
  if (over[0] == 0) return;
  fail_with_hint(ErrorKind::kUnsupported,
                 "lower the rate (lr) or the share of refusals; with a higher abort.over_refusal "
                 "--resume goes on from the checkpoint",
                 "over-refusal is {} after update {}, above abort.over_refusal={}", over[0],
                 state_->update, recipe_.abort_over_refusal);
}

void Trainer::save(const fs::path& out, std::vector<at::Tensor> generators) {
  save_checkpoint(out,
                  {.state = {.update = state_->update,
                             .skipped = state_->skipped,
                             .options_sha256 = state_->options_sha256,
                             .data_sha256 = set_.data_sha256,
                             .evaluations = state_->evaluations},
                   .optimizer = state_->optimizer.state(),
                   .generators = std::move(generators)},
                  adapter_of(trained_, recipe_.model), recipe_.keep_last);
  state_->saved_update = state_->update;
}

void Trainer::save_together(const fs::path& out) {
  std::vector<at::Tensor> generators = group_->gather(generator_state(), "saving");
  if (leads()) {
    save(out, std::move(generators));
    keep_best(out);
  }
  group_->barrier("saving");
}

// On rank 0: the newest checkpoint's state, if there is one.
void Trainer::load(const fs::path& out, bool resume) {
  auto checkpoint = load_newest_checkpoint(out);
  if (!checkpoint) {
    std::error_code ignored;
    if (recipe_.eval.every > 0) fs::remove_all(out / "best", ignored);  // of an earlier run
    return;
  }
  if (!resume) {
    fail_with_hint(ErrorKind::kUsage, "--resume goes on with it, another --out starts anew",
                   "{} holds checkpoints of a run already", out);
  }
  if (checkpoint->state.options_sha256 != state_->options_sha256) {
    fail(ErrorKind::kUsage, "{}: the run was started with other settings", out);
  }
  if (checkpoint->state.data_sha256 != set_.data_sha256) {
    fail(ErrorKind::kUsage, "{}: the run was started with other data", out);
  }
  state_->optimizer.load(checkpoint->optimizer);
  state_->generators = std::move(checkpoint->generators);
  state_->update = checkpoint->state.update;
  state_->saved_update = state_->update;
  state_->skipped = checkpoint->state.skipped;
  state_->evaluations = std::move(checkpoint->state.evaluations);
  keep_best(out);
}

// Each rank reads its own files: another copy, or a picture that only one lacks, would mix up who
// computes what.
void Trainer::expect_same_data() {
  Sha256 used;
  used.add(set_.data_sha256);
  for (const TrainingSample& sample : set_.samples) used.add(sample.id + "\n");
  const std::vector<at::Tensor> all = group_->gather(bytes_of(used.hex()), "comparing data");
  for (std::size_t rank = 1; rank < all.size(); ++rank) {
    if (all[rank].equal(all[0])) continue;
    fail_with_hint(ErrorKind::kBadFile, "give every machine the same files and pictures",
                   "rank {} reads other data than rank 0", rank);
  }
}

// What rank 0 has read, to the others; they need no files of the run.
void Trainer::spread_state() {
  if (group_->world() == 1) return;
  expect_same_data();
  std::vector<double> counts(3, 0.0);
  if (leads()) {
    const bool known = state_->generators.size() == static_cast<std::size_t>(group_->world());
    counts = {static_cast<double>(state_->update), static_cast<double>(state_->skipped),
              known ? 1.0 : 0.0};
  }
  group_->sum(counts, "starting");
  state_->update = static_cast<std::int64_t>(counts[0]);
  state_->skipped = static_cast<std::int64_t>(counts[1]);
  std::map<std::string, at::Tensor> state = state_->optimizer.state();
  std::vector<at::Tensor> tensors;
  for (auto& [name, tensor] : state) tensors.push_back(tensor = tensor.clone());
  group_->broadcast(tensors, "starting");
  state_->optimizer.load(state);
  if (counts[2] == 0) return state_->generators.clear();
  const at::Tensor own = generator_state();
  const at::Tensor all = leads() ? at::stack(state_->generators)
                                 : at::zeros({group_->world(), own.numel()}, own.options());
  group_->broadcast({all}, "starting");
  state_->generators = all.unbind(0);
}

void Trainer::restore(const fs::path& out, bool resume) {
  at::Generator generator = at::detail::getDefaultCPUGenerator();
  const auto rank = static_cast<std::size_t>(group_->rank());
  generator.set_current_seed(leads() ? recipe_.seed
                                     : derive_seed(recipe_.seed, "rank " + std::to_string(rank)));
  if (leads()) load(out, resume);
  spread_state();
  if (rank < state_->generators.size()) set_generator_state(state_->generators[rank].clone());
}

}  // namespace sightline
