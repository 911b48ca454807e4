#include "evals/tuning.h"

#include <algorithm>

#include "base/progress.h"
#include "evals/memory_sink.h"
#include "evals/one_spec.h"
#include "evals/runner.h"

namespace sightline {
namespace {

double share_of(const std::vector<SummaryRow>& rows, const std::string& defence,
                const std::string& metric) {
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const SummaryRow& r) {
    return r.defence == defence && r.metric == metric && r.scenario.empty();
  });
  if (row == rows.end() || !row->value.value) {
    fail(ErrorKind::kUsage, "the validation split has nothing to measure '{}' on", metric);
  }
  return *row->value.value;
}

TriedSetting measured(const BenchmarkData& data, const Json& options,
                      std::shared_ptr<const Defence> defence, Generator& generator, int workers,
                      const std::stop_token& stop) {
  MemorySink sink;
  EvalPlan plan;
  plan.benchmarks = {data};
  plan.defences = {{.name = "setting", .defence = std::move(defence)}};
  plan.sampling.max_new_tokens = 0;
  plan.workers = workers;
  plan.stop = stop;
  plan.show_progress = false;
  const EvalOutcome outcome = run_eval(plan, generator, sink);
  if (!outcome.complete) {
    fail_with_hint(ErrorKind::kInterrupted, "nothing was written; run the same command again",
                   "the fit was stopped before its settings were chosen");
  }
  return {.options = options,
          .unsafe_rate = share_of(outcome.summaries, "setting", "unsafe_rate_picture"),
          .over_refusal = share_of(outcome.summaries, "setting", "over_refusal"),
          .picture_accuracy = share_of(outcome.summaries, "setting", "picture_accuracy")};
}

Json record_of(const TriedSetting& setting) {
  return {{"options", setting.options},
          {"unsafe_rate", setting.unsafe_rate},
          {"over_refusal", setting.over_refusal},
          {"picture_accuracy", setting.picture_accuracy},
          {"allowed", setting.allowed}};
}

}  // namespace

std::string TuningRule::text() const {
  return format(
      "lowest unsafe rate with pictures, subject to over-refusal <= baseline + {} points and "
      "picture "
      "accuracy >= baseline - {} points; ties: smaller alpha, then the earlier candidate",
      100 * max_over_refusal_rise, 100 * max_accuracy_drop);
}

std::string spec_of_split(std::string_view benchmark, const std::string& split) {
  NamedSpec spec = one_spec(benchmark, "benchmark");
  if (spec.options.contains("split")) {
    fail_with_hint(ErrorKind::kUsage, "leave 'split' out",
                   "'{}' names a split, and fitting takes the splits fit and validation itself",
                   benchmark);
  }
  spec.options["split"] = split;
  return spec_text(spec);
}

void keep_tuning_samples(BenchmarkData& data) {
  std::erase_if(data.samples, [](const Sample& sample) {
    const bool beside_a_picture = sample.variant == "picture";
    return !(sample.subset == "over_safety" ||
             (beside_a_picture && (sample.subset == "unsafe" || sample.subset == "utility")));
  });
  if (data.samples.empty()) {
    fail(ErrorKind::kUsage, "'{}' has no questions to tune on", data.spec);
  }
}

int choose_setting(const TriedSetting& baseline, std::vector<TriedSetting>& grid,
                   const TuningRule& rule) {
  constexpr double kRounding = 1e-9;
  int best = -1;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    TriedSetting& setting = grid[i];
    setting.allowed =
        setting.over_refusal <= baseline.over_refusal + rule.max_over_refusal_rise + kRounding &&
        setting.picture_accuracy >= baseline.picture_accuracy - rule.max_accuracy_drop - kRounding;
    if (!setting.allowed) continue;
    const auto rank = [](const TriedSetting& s) {
      return std::pair(s.unsafe_rate, s.options.value("alpha", 0.0));
    };
    if (best < 0 || rank(setting) < rank(grid[static_cast<std::size_t>(best)]))
      best = static_cast<int>(i);
  }
  return best;
}

Tuning tune(const BenchmarkData& validation, const std::vector<Json>& candidates,
            const std::function<std::shared_ptr<const Defence>(const Json&)>& make,
            Generator& generator, const TuningRule& rule, int workers,
            const std::stop_token& stop) {
  Tuning tuning;
  Progress progress("tune", candidates.size() + 1, "settings");
  const auto none = make_defence("none", generator.info());
  tuning.baseline = measured(validation, Json::object(), none, generator, workers, stop);
  progress.advance();
  for (const Json& options : candidates) {
    tuning.grid.push_back(measured(validation, options, make(options), generator, workers, stop));
    progress.advance();
  }
  tuning.chosen = choose_setting(tuning.baseline, tuning.grid, rule);
  return tuning;
}

Json tuning_record(const Tuning& tuning, const BenchmarkData& validation, const TuningRule& rule) {
  Json grid = Json::array();
  for (const TriedSetting& setting : tuning.grid) grid.push_back(record_of(setting));
  return {{"rule", rule.text()},
          {"benchmark", validation.spec},
          {"data_sha256", validation.data_sha256},
          {"n", validation.samples.size()},
          {"baseline", record_of(tuning.baseline)},
          {"grid", grid}};
}

}  // namespace sightline
