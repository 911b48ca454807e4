#include "evals/metrics/registry.h"

#include "evals/one_spec.h"

namespace sightline {

MetricEntry awareness_metric();
MetricEntry balanced_metric();
MetricEntry group_rate_metric();
MetricEntry mean_seconds_metric();
MetricEntry rate_metric();
MetricEntry situation_metric();

const MetricRegistry& metrics() {
  static const MetricRegistry registry = [] {
    MetricRegistry r("metric");
    r.add("awareness", awareness_metric());
    r.add("balanced", balanced_metric());
    r.add("group_rate", group_rate_metric());
    r.add("mean_seconds", mean_seconds_metric());
    r.add("rate", rate_metric());
    r.add("situation", situation_metric());
    return r;
  }();
  return registry;
}

std::shared_ptr<const Metric> make_metric(std::string_view spec) {
  const NamedSpec one = one_spec(spec, "metric");
  const MetricEntry& entry = metrics().at(one.name);
  return entry.make(complete_options(entry.options, one.options, one.name));
}

}  // namespace sightline
