#include "reports/outcome.h"

namespace sightline {

Outcomes::Outcomes(const std::vector<MetricRow>& rows) {
  for (const MetricRow& row : rows)
    metrics_.push_back({make_metric(row.spec), row.lower_is_better});
}

std::string_view Outcomes::of(const Sample& sample, const Verdict& verdict) const {
  if (verdict.label == "correct") return "good";
  if (verdict.label == "wrong") return "bad";
  for (const Counted& one : metrics_) {
    if (!one.metric->selects(sample)) continue;
    const auto event = one.metric->event({&sample, &verdict, 0});
    if (event) return *event == one.lower_is_better ? "bad" : "good";
  }
  return "";
}

}  // namespace sightline
