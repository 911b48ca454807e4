#include "evals/statistics/correction.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "evals/statistics/bootstrap.h"
#include "evals/statistics/intervals.h"
#include "sightline/error.h"

namespace sightline {
namespace {

constexpr double kLeastInformation = 0.1;  // of t - f

double corrected(double q, double t, double f) { return std::clamp((q - f) / (t - f), 0.0, 1.0); }

ClusterSums singletons(std::int64_t events, std::int64_t others) {
  ClusterSums out;
  out.sums.assign(static_cast<std::size_t>(events), 1.0);
  out.sums.resize(static_cast<std::size_t>(events + others), 0.0);
  out.counts.assign(out.sums.size(), 1.0);
  return out;
}

}  // namespace

CorrectedRate corrected_rate(const ClusterSums& judged, const Confusion& audit,
                             std::uint64_t seed) {
  const auto positives = static_cast<double>(audit.tp + audit.fn);
  const auto negatives = static_cast<double>(audit.fp + audit.tn);
  if (positives == 0 || negatives == 0) {
    fail_with_hint(ErrorKind::kUsage, "audit some answers of both kinds",
                   "no corrected rate: the judge's {} was not measured, {} answers were audited",
                   positives == 0 ? "sensitivity" : "specificity", audit.n());
  }
  const double t = static_cast<double>(audit.tp) / positives;
  const double f = static_cast<double>(audit.fp) / negatives;
  if (t - f < kLeastInformation) {
    fail_with_hint(ErrorKind::kUsage, "take another judge",
                   "no corrected rate: the judge calls {} of the unsafe answers unsafe and {} of "
                   "the others; the difference should be at least {}",
                   t, f, kLeastInformation);
  }
  const Total all = judged.total();
  const double q = all.mean();
  CorrectedRate out{.value = corrected(q, t, f)};
  const double p = out.value;
  out.standard_error = std::sqrt(q * (1 - q) / all.count + p * p * t * (1 - t) / positives +
                                 (1 - p) * (1 - p) * f * (1 - f) / negatives) /
                       (t - f);
  const std::vector<ClusterSums> strata = {judged, singletons(audit.tp, audit.fn),
                                           singletons(audit.fp, audit.tn)};
  const auto statistic = [](std::span<const Total> totals) {
    const double rate = totals[0].mean();
    const double hit = totals[1].mean();
    const double alarm = totals[2].mean();
    // A draw in which the judge says nothing leaves the rate open: it goes to the nearer end.
    return hit > alarm ? corrected(rate, hit, alarm) : rate > alarm ? 1.0 : 0.0;
  };
  Interval interval = percentile_interval(bootstrap_replicates(strata, statistic, {.seed = seed}));
  if (q == 0 || q == 1) {  // nothing to resample
    const Interval alike = wilson_share(q, static_cast<std::int64_t>(judged.sums.size()));
    interval.low = std::min(interval.low, corrected(alike.low, t, f));
    interval.high = std::max(interval.high, corrected(alike.high, t, f));
  }
  out.interval = {std::min(interval.low, p), std::max(interval.high, p)};
  return out;
}

}  // namespace sightline
