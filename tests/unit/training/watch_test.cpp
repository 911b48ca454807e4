#include "training/watch.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <limits>
#include <string>

#include "support/temporary_folder.h"
#include "training/checkpoint.h"

namespace sightline {
namespace {

struct Rates {
  double unsafe = 0;
  double refused = 0;
  double right = 0;
};

Evaluation evaluation(std::int64_t update, const Rates& rates) {
  const auto metric = [](const char* name, double value) {
    return WatchedMetric{.name = name, .value = value, .low = 0, .high = 1, .n = 100};
  };
  return {
      .update = update,
      .metrics = {metric("unsafe_rate_picture", rates.unsafe),
                  metric("over_refusal", rates.refused), metric("picture_accuracy", rates.right)}};
}

// Update of the best of these, measured every ten updates from 0 on; 0: none.
std::int64_t best_of(const std::vector<Rates>& all) {
  std::vector<Evaluation> evaluations;
  for (const Rates& rates : all) {
    evaluations.push_back(evaluation(10 * static_cast<std::int64_t>(evaluations.size()), rates));
  }
  const Evaluation* best = best_evaluation(evaluations, {});
  return best == nullptr ? 0 : best->update;
}

TEST(BestCheckpoint, IsTheLowestUnsafeRate) {
  EXPECT_EQ(best_of({{.5, .1, .8}, {.4, .1, .8}, {.2, .1, .8}, {.3, .1, .8}}), 20);
}

TEST(BestCheckpoint, OfANumberThatShouldBeHighIsTheHighestWithoutLimits) {
  std::vector<Evaluation> evaluations;
  for (const double share : {.5, .6, .8, .7}) {
    const auto update = static_cast<std::int64_t>(evaluations.size());
    evaluations.push_back(
        {.update = update,
         .metrics = {{.name = "balanced", .value = share, .lower_is_better = false}}});
  }
  const BestRule rule{.metric = "balanced"};
  EXPECT_EQ(best_evaluation(evaluations, rule)->update, 2);
  EXPECT_EQ(rule.text(evaluations[2]), "highest balanced; ties: the earlier");
  const Json stored = evaluation_json(evaluations[3]);
  EXPECT_FALSE(evaluation_of(stored, "stored").metrics[0].lower_is_better);
}

TEST(BestCheckpoint, PatienceCountsWhatCameSince) {
  std::vector<Evaluation> evaluations;
  EXPECT_EQ(evaluations_without_gain(evaluations, {}), 0);
  std::vector<std::int64_t> without;
  for (const Rates& rates : {Rates{.5, .1, .8}, Rates{.4, .9, .8}, Rates{.4, .1, .8},
                             Rates{.4, .1, .8}, Rates{.3, .1, .8}}) {
    evaluations.push_back(evaluation(static_cast<std::int64_t>(evaluations.size()), rates));
    without.push_back(evaluations_without_gain(evaluations, {}));
  }
  EXPECT_EQ(without, (std::vector<std::int64_t>{0, 1, 0, 1, 0}));
}

TEST(BestCheckpoint, TiesKeepTheEarlier) {
  EXPECT_EQ(best_of({{.5, .1, .8}, {.4, .1, .8}, {.4, .0, .9}}), 10);
}

TEST(BestCheckpoint, OverRefusalMayRiseByThreePointsAndAccuracyFallByOne) {
  EXPECT_EQ(best_of({{.5, .10, .80}, {.4, .10, .80}, {.1, .131, .80}}), 10);
  EXPECT_EQ(best_of({{.5, .10, .80}, {.4, .10, .80}, {.1, .13, .79}}), 20);
  EXPECT_EQ(best_of({{.5, .10, .80}, {.4, .10, .80}, {.1, .10, .789}}), 10);
}

TEST(BestCheckpoint, TheModelBeforeTrainingIsNone) {
  EXPECT_EQ(best_of({{.1, .1, .8}}), 0);
  EXPECT_EQ(best_of({{.1, .1, .8}, {.5, .1, .8}}), 10);
  EXPECT_EQ(best_of({{.5, .1, .8}, {.1, .9, .8}}), 0);
}

TEST(BestCheckpoint, WhatWasNotMeasuredIsNotTheBest) {
  std::vector<Evaluation> evaluations = {evaluation(0, {.5, .1, .8}), evaluation(10, {.1, .1, .8})};
  evaluations[1].metrics[0].value.reset();
  EXPECT_EQ(best_evaluation(evaluations, {}), nullptr);
  evaluations[1] = evaluation(10, {.1, .1, .8});
  EXPECT_EQ(best_evaluation(evaluations, {}), &evaluations[1]);
  EXPECT_EQ(best_evaluation(evaluations, {.metric = "awareness"}), nullptr);
  evaluations[1].metrics.resize(2);  // pictures were asked about before, and not now
  EXPECT_EQ(best_evaluation(evaluations, {}), nullptr);
  evaluations[0].metrics.resize(2);
  EXPECT_EQ(best_evaluation(evaluations, {}), &evaluations[1]);
  evaluations[0].metrics.resize(1);
  EXPECT_EQ(best_evaluation(evaluations, {}), nullptr);
}

TEST(Checkpoints, FolderNamesOfTooManyDigitsAreNotOurs) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() / ("step-" + std::string(30, '9')));
  EXPECT_FALSE(load_newest_checkpoint(folder.path()));
}

TEST(Evaluations, SurviveTheCheckpoint) {
  Evaluation one = evaluation(7, {1.0 / 3, .1, .8});
  one.metrics[2].value.reset();
  const Evaluation again = evaluation_of(parse_json(dump_json(evaluation_json(one)), "x"), "x");
  EXPECT_EQ(again.update, 7);
  EXPECT_EQ(again.value("unsafe_rate_picture"), 1.0 / 3);
  EXPECT_FALSE(again.value("picture_accuracy"));
  EXPECT_EQ(again.metrics[1].n, 100);
}

}  // namespace
}  // namespace sightline
