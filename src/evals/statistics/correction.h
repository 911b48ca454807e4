// The rate behind a judge that errs, from how it did on audited answers (Rogan and Gladen 1978).
#pragma once

#include <cstdint>

#include "evals/statistics/agreement.h"
#include "evals/statistics/clusters.h"

namespace sightline {

struct CorrectedRate {
  double value = 0;           // (q - f) / (t - f), within 0 … 1
  double standard_error = 0;  // delta method
  Interval interval;          // 95 %, bootstrap over the judged answers and the audited ones; where
                              // all were judged alike, no narrower than Wilson's over clusters
};

// `judged`: what the judge called unsafe (1) among all answers, by cluster; `audit`: the judge as
// prediction, people as truth. t: its true-positive rate there, f: its false-positive rate.
// Throws Error{kUsage} when either was not measured (no audited positives or negatives), or when
// t - f < 0.1: such a judge says too little. REQUIRES: judged is not empty.
CorrectedRate corrected_rate(const ClusterSums& judged, const Confusion& audit, std::uint64_t seed);

}  // namespace sightline
