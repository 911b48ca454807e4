#include "training/watch.h"

#include <algorithm>

#include "sightline/error.h"

namespace sightline {
namespace {

constexpr double kRounding = 1e-9;
constexpr const char* kOverRefusal = "over_refusal";
constexpr const char* kAccuracy = "picture_accuracy";

const WatchedMetric* find(const Evaluation& evaluation, std::string_view metric) {
  const auto found = std::ranges::find(evaluation.metrics, metric, &WatchedMetric::name);
  return found == evaluation.metrics.end() || !found->value ? nullptr : &*found;
}

bool is_better(const WatchedMetric& a, const WatchedMetric& b) {
  return a.lower_is_better ? *a.value < *b.value : *a.value > *b.value;
}

bool keeps_to(const BestRule& rule, const Evaluation& before, const Evaluation& now) {
  const WatchedMetric* const wanted = find(now, rule.metric);
  if (wanted == nullptr) return false;
  if (!wanted->lower_is_better) return true;
  const auto refused_before = before.value(kOverRefusal);
  const auto refused = now.value(kOverRefusal);
  if (!refused_before || !refused) return false;
  const auto right_before = before.value(kAccuracy);
  const auto right = now.value(kAccuracy);
  const bool right_enough =
      !right_before || (right && *right >= *right_before - rule.max_accuracy_drop - kRounding);
  return right_enough && *refused <= *refused_before + rule.max_over_refusal_rise + kRounding;
}

}  // namespace

std::optional<double> Evaluation::value(std::string_view metric) const {
  const WatchedMetric* const found = find(*this, metric);
  return found == nullptr ? std::nullopt : found->value;
}

Json evaluation_json(const Evaluation& evaluation) {
  Json metrics = Json::array();
  for (const WatchedMetric& metric : evaluation.metrics) {
    metrics.push_back({{"name", metric.name},
                       {"value", metric.value ? Json(*metric.value) : Json(nullptr)},
                       {"low", metric.low},
                       {"high", metric.high},
                       {"n", metric.n},
                       {"lower_is_better", metric.lower_is_better}});
  }
  return {{"update", evaluation.update}, {"metrics", metrics}};
}

Evaluation evaluation_of(const Json& json, const std::string& origin) {
  Evaluation out{.update = json_get<std::int64_t>(json, "update", origin), .metrics = {}};
  for (const Json& metric : json_get<Json>(json, "metrics", origin)) {
    WatchedMetric& added = out.metrics.emplace_back();
    added.name = json_get<std::string>(metric, "name", origin);
    if (!metric.value("value", Json()).is_null()) {
      added.value = json_get<double>(metric, "value", origin);
    }
    added.low = json_get<double>(metric, "low", origin);
    added.high = json_get<double>(metric, "high", origin);
    added.n = json_get<std::int64_t>(metric, "n", origin);
    added.lower_is_better = json_get<bool>(metric, "lower_is_better", origin);
  }
  return out;
}

std::string BestRule::text(const Evaluation& best) const {
  const WatchedMetric* const chosen = find(best, metric);
  if (chosen != nullptr && !chosen->lower_is_better)
    return format("highest {}; ties: the earlier", metric);
  return format(
      "lowest {}, subject to over_refusal <= before training + {} points and picture_accuracy >= "
      "before training - {} points; ties: the earlier",
      metric, 100 * max_over_refusal_rise, 100 * max_accuracy_drop);
}

const Evaluation* best_evaluation(std::span<const Evaluation> evaluations, const BestRule& rule) {
  const Evaluation* best = nullptr;
  for (const Evaluation& one : evaluations) {
    if (one.update == 0 || !keeps_to(rule, evaluations.front(), one)) continue;
    if (best == nullptr || is_better(*find(one, rule.metric), *find(*best, rule.metric))) {
      best = &one;
    }
  }
  return best;
}

std::int64_t evaluations_without_gain(std::span<const Evaluation> evaluations,
                                      const BestRule& rule) {
  if (evaluations.empty()) return 0;
  const Evaluation* best = best_evaluation(evaluations, rule);
  return &evaluations.back() - (best == nullptr ? &evaluations.front() : best);
}

}  // namespace sightline
