// Whether an answer speaks for the model or against it.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "sightline/metric.h"

namespace sightline {

// Tells the answers that a benchmark's metrics count against the model from the others.
class Outcomes {
 public:
  explicit Outcomes(const std::vector<MetricRow>& rows);

  // "good", "bad", or empty where nothing could be judged or no metric looks.
  std::string_view of(const Sample& sample, const Verdict& verdict) const;

 private:
  struct Counted {
    std::shared_ptr<const Metric> metric;
    bool lower_is_better;
  };
  std::vector<Counted> metrics_;
};

}  // namespace sightline
