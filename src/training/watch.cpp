#include "training/watch.h"

#include <algorithm>

#include "sightline/error.h"

namespace sightline {
namespace {

constexpr double kRounding = 1e-9;
constexpr const char* kOverRefusal = "over_refusal";
constexpr const char* kAccuracy = "picture_accuracy";

bool keeps_to(const BestRule& rule, const Evaluation& before, const Evaluation& now) {
  const auto refused_before = before.value(kOverRefusal);
  const auto refused = now.value(kOverRefusal);
  if (!refused_before || !refused || !now.value(rule.metric)) return false;
  const auto right_before = before.value(kAccuracy);
  const auto right = now.value(kAccuracy);
  const bool right_enough =
      !right_before || (right && *right >= *right_before - rule.max_accuracy_drop - kRounding);
  return right_enough && *refused <= *refused_before + rule.max_over_refusal_rise + kRounding;
}

}  // namespace

std::optional<double> Evaluation::value(std::string_view metric) const {
  const auto found = std::ranges::find(metrics, metric, &WatchedMetric::name);
  return found == metrics.end() ? std::nullopt : found->value;
}

Json evaluation_json(const Evaluation& evaluation) {
  Json metrics = Json::array();
  for (const WatchedMetric& metric : evaluation.metrics) {
    metrics.push_back({{"name", metric.name},
                       {"value", metric.value ? Json(*metric.value) : Json(nullptr)},
                       {"low", metric.low},
                       {"high", metric.high},
                       {"n", metric.n}});
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
  }
  return out;
}

std::string BestRule::text() const {
  return format(
      "lowest {}, subject to over_refusal <= before training + {} points and picture_accuracy >= "
      "before training - {} points; ties: the earlier",
      metric, 100 * max_over_refusal_rise, 100 * max_accuracy_drop);
}

const Evaluation* best_evaluation(std::span<const Evaluation> evaluations, const BestRule& rule) {
  const Evaluation* best = nullptr;
  for (const Evaluation& one : evaluations) {
    if (one.update == 0 || !keeps_to(rule, evaluations.front(), one)) continue;
    if (best == nullptr || *one.value(rule.metric) < *best->value(rule.metric)) best = &one;
  }
  return best;
}

}  // namespace sightline
