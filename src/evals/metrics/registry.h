// All metrics: name → options and factory. The list is in registry.cpp.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/options.h"
#include "base/registry.h"
#include "sightline/metric.h"

namespace sightline {

struct MetricEntry {
  std::string summary;  // one line
  OptionTable options;
  std::function<std::shared_ptr<const Metric>(const Json& options)> make;
};

using MetricRegistry = Registry<MetricEntry>;

const MetricRegistry& metrics();

}  // namespace sightline
