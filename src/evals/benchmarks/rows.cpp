#include "evals/benchmarks/rows.h"

#include "base/options.h"

namespace sightline {

MetricRow share_row(const std::string& name, const std::string& title, const CountedLabel& share) {
  NamedSpec spec{.name = "rate", .options = {{"label", share.label}}};
  if (!share.subset.empty()) spec.options["subset"] = share.subset;
  if (!share.variant.empty()) spec.options["variant"] = share.variant;
  return {.name = name,
          .title = title,
          .spec = spec_text(spec),
          .lower_is_better = share.label != "correct",
          .headline = true,
          .per_scenario = true};
}

MetricRow seconds_row() {
  return {
      .name = "seconds_per_answer", .title = "s/answer", .spec = "mean_seconds", .headline = true};
}

}  // namespace sightline
