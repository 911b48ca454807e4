// sightline train: a recipe → checkpoints, a log and an adapter.
#include <ATen/Parallel.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <optional>

#include "base/file.h"
#include "base/log.h"
#include "base/progress.h"
#include "distributed/process_group.h"
#include "interrupt.h"
#include "nn/kernels/kernels.h"
#include "run_verbs.h"
#include "train_records.h"
#include "training/trainer.h"
#include "verb_parts.h"

namespace sightline::cli {
namespace {

namespace fs = std::filesystem;

constexpr double kSecondsBetweenLines = 10;  // where stderr is no terminal
constexpr std::size_t kShown = 3;            // records printed with their targets marked

double peak_gib() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / (1 << 20);
}

// One line that follows the run.
class Watch {
 public:
  void show(const UpdateReport& report) {
    spent_ += report.seconds;
    ++seen_;
    since_ += report.seconds;
    const bool last = report.update == report.total;
    if (!terminal_ && !last && seen_ > 1 && since_ < kSecondsBetweenLines) return;
    since_ = 0;
    const double left = spent_ / seen_ * static_cast<double>(report.total - report.update);
    std::fprintf(stderr,
                 "%supdate %lld/%lld  epoch %.2f  loss %.4f%s  lr %.2e  norm %.3f  %.0f tokens/s  "
                 "%.1f GiB  left %s%s",
                 terminal_ ? "\r\033[K" : "", static_cast<long long>(report.update),
                 static_cast<long long>(report.total), report.epoch, report.loss,
                 report.skipped ? " (not finite, skipped)" : "", report.rate, report.gradient_norm,
                 static_cast<double>(report.tokens) / report.seconds, peak_gib(),
                 duration_text(left).c_str(), terminal_ && !last ? "" : "\n");
    std::fflush(stderr);
  }

  void say(const std::string& line) const {
    std::fprintf(stderr, "%s%s\n", terminal_ ? "\r\033[K" : "", line.c_str());
  }

 private:
  bool terminal_ = ::isatty(STDERR_FILENO) == 1;
  double spent_ = 0;
  double since_ = 0;
  int seen_ = 0;
};

void record_run(TrainRecords& records, Watch& watch, TrainingHooks& hooks) {
  hooks.on_start = [&](const TrainingOutcome& before) { records.start(before); };
  hooks.on_update = [&](const UpdateReport& report) {
    records.add(report);
    watch.show(report);
  };
  if (!records.evaluates()) return;
  hooks.evaluate = [&](std::int64_t update) { return records.evaluate(update); };
  hooks.on_evaluation = [&](const Evaluation& evaluation, bool best) {
    watch.say(records.add(evaluation, best));
  };
}

void introduce(const Trainer& trainer) {
  const TrainingSet& set = trainer.set();
  log_info("{}: {} records, {} left out; {} updates; {} numbers are trained", trainer.recipe().name,
           set.items(), set.rejected.total(), trainer.total_updates(), trainer.trained_numbers());
  for (const auto& [reason, count] : set.rejected.counts) {
    log_warning("left out: {} records, {}", count, reason);
  }
  const auto cut = std::ranges::count_if(
      set.samples, [](const TrainingSample& sample) { return sample.lost_targets > 0; });
  if (cut > 0) {
    log_warning("cut: {} records lose part of their answers behind max_length={}", cut,
                trainer.recipe().encoding.max_length);
  }
  for (std::size_t i = 0; i < std::min(kShown, set.samples.size()); ++i) {
    log_debug("record '{}', targets in brackets: {}", set.samples[i].id,
              show_targets(set.samples[i], *trainer.bundle().tokenizer));
  }
}

void use_threads(int threads) {
  at::set_num_threads(threads);
  kernels::set_kernel_threads(threads);
}

}  // namespace

Trained train_adapter(const Json& options) {
  const fs::path out = options.at("out").get<std::string>();
  const Recipe recipe = read_recipe(options.at("recipe").get<std::string>(),
                                    options.at("set").get<std::vector<std::string>>());
  const RankLayout layout = rank_layout_from_environment();
  const bool leads = layout.leads();
  use_threads(layout.threads(options.at("threads").get<int>()));
  if (leads) make_folder(out);
  Trainer trainer(recipe, ProcessGroup::join(layout, std::chrono::seconds(recipe.rank_timeout)));
  if (leads) introduce(trainer);

  std::optional<TrainRecords> records;
  Watch watch;
  TrainingHooks hooks{.on_start = {}, .on_update = {}, .stop = interrupt_token()};
  if (leads) {
    records.emplace(trainer, TrainPlace{.out = out,
                                        .resume = options.at("resume").get<bool>(),
                                        .threads = at::get_num_threads(),
                                        .ranks = layout.world});
    record_run(*records, watch, hooks);
  }
  Trained done{.outcome = trainer.run(out, options.at("resume").get<bool>(), hooks),
               .leads = leads,
               .records = trainer.set().items(),
               .left_out = trainer.set().rejected.counts};
  if (records) records->end(done.outcome);
  return done;
}

int run_train_verb(const Json& options) {
  const fs::path out = options.at("out").get<std::string>();
  const Trained done = train_adapter(options);
  const TrainingOutcome& outcome = done.outcome;
  if (!outcome.complete && done.leads) {
    std::cerr << "\ninterrupted after " << outcome.updates << " of " << outcome.total
              << " updates; go on with --resume\n";
  }
  if (!outcome.complete) return exit_code_of(ErrorKind::kInterrupted);
  if (!done.leads) return 0;
  const std::string best = outcome.best > 0 ? (out / "best").string() : "";
  if (options.at("json").get<bool>()) {
    std::cout << dump_json({{"adapter", out.string()},
                            {"best", best.empty() ? Json(nullptr) : Json(best)},
                            {"best_update", best.empty() ? Json(nullptr) : Json(outcome.best)},
                            {"updates", outcome.updates},
                            {"skipped_updates", outcome.skipped},
                            {"records", done.records},
                            {"left_out", done.left_out}})
              << "\n";
  } else {
    std::cout << "adapter: " << out.string() << "\n";
    if (outcome.updates < outcome.total) {
      std::cout << "ended after update " << outcome.updates << " of " << outcome.total
                << ": eval.patience evaluations brought nothing better\n";
    }
    if (!best.empty()) std::cout << "best: " << best << ", update " << outcome.best << "\n";
  }
  return 0;
}

}  // namespace sightline::cli
