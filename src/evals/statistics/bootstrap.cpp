#include "evals/statistics/bootstrap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <thread>

#include "evals/statistics/distributions.h"
#include "evals/statistics/philox_lanes.h"

namespace sightline {
namespace {

using Stratum = std::vector<Total>;  // one for each cluster

std::vector<Stratum> strata_of(std::span<const ClusterSums> clusters) {
  std::vector<Stratum> strata;
  for (const ClusterSums& one : clusters) {
    Stratum& stratum = strata.emplace_back();
    for (std::size_t c = 0; c < one.sums.size(); ++c) {
      stratum.push_back({one.sums[c], one.counts[c]});
    }
  }
  return strata;
}

std::vector<Total> totals_of(std::span<const ClusterSums> strata) {
  std::vector<Total> totals;
  for (const ClusterSums& one : strata) totals.push_back(one.total());
  return totals;
}

// The totals of kPhiloxLanes replicates from this one on: their sums do not wait for one another. A
// 32-bit word scaled to 0 … size - 1 is off from uniform by at most size / 2³².
std::array<Total, kPhiloxLanes> resampled(const Stratum& stratum, std::uint64_t seed,
                                          std::uint32_t replicate, std::uint32_t number) {
  std::array<Total, kPhiloxLanes> totals;
  const std::uint64_t size = stratum.size();
  for (std::uint64_t first = 0; first < size; first += 4) {
    const PhiloxWords words =
        philox_lanes(seed, {replicate, static_cast<std::uint32_t>(first), number, 0});
    const std::uint64_t draws = std::min<std::uint64_t>(4, size - first);
    for (std::uint64_t i = 0; i < draws; ++i) {
      for (std::size_t lane = 0; lane < kPhiloxLanes; ++lane) {
        const Total& pick = stratum[words[i][lane] * size >> 32];
        totals[lane].sum += pick.sum;
        totals[lane].count += pick.count;
      }
    }
  }
  return totals;
}

std::size_t threads_for(const std::vector<Stratum>& strata, const BootstrapPlan& plan) {
  constexpr std::size_t kDrawsWorthAThread = 2'000'000;
  const auto most = static_cast<std::size_t>(plan.replicates);
  if (plan.threads > 0) return std::min(most, static_cast<std::size_t>(plan.threads));
  std::size_t draws = 0;
  for (const Stratum& stratum : strata) draws += stratum.size() * most;
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  return std::clamp<std::size_t>(draws / kDrawsWorthAThread, 1, std::min(cores, most));
}

// Σ d³ / (6 (Σ d²)^{3/2}) with d = mean - value, over the statistics without one cluster each;
// nothing when all are equal.
std::optional<double> acceleration(std::span<const ClusterSums> strata,
                                   const Statistic& statistic) {
  std::vector<double> values;
  std::vector<Total> totals = totals_of(strata);
  for (std::size_t s = 0; s < strata.size(); ++s) {
    const Total whole = totals[s];
    const std::size_t size = strata[s].sums.size();
    for (std::size_t c = 0; c < size && size > 1; ++c) {
      totals[s] = {whole.sum - strata[s].sums[c], whole.count - strata[s].counts[c]};
      values.push_back(statistic(totals));
    }
    totals[s] = whole;
  }
  double mean = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  double squares = 0;
  double cubes = 0;
  for (const double value : values) {
    squares += (mean - value) * (mean - value);
    cubes += (mean - value) * (mean - value) * (mean - value);
  }
  if (squares <= 0) return std::nullopt;
  return cubes / (6 * std::pow(squares, 1.5));
}

}  // namespace

double mean_of_means(std::span<const Total> strata) {
  double sum = 0;
  for (const Total& one : strata) sum += one.mean();
  return sum / static_cast<double>(strata.size());
}

std::vector<double> bootstrap_replicates(std::span<const ClusterSums> strata,
                                         const Statistic& statistic, const BootstrapPlan& plan) {
  const std::vector<Stratum> clusters = strata_of(strata);
  std::vector<double> values(static_cast<std::size_t>(plan.replicates));
  const std::size_t workers = threads_for(clusters, plan);
  const auto work = [&](std::size_t worker) {
    std::array<std::vector<Total>, kPhiloxLanes> totals;  // of the strata, by replicate
    totals.fill(std::vector<Total>(clusters.size()));
    for (std::size_t r = worker * kPhiloxLanes; r < values.size(); r += workers * kPhiloxLanes) {
      for (std::size_t s = 0; s < clusters.size(); ++s) {
        const auto drawn = resampled(clusters[s], plan.seed, static_cast<std::uint32_t>(r),
                                     static_cast<std::uint32_t>(s));
        for (std::size_t lane = 0; lane < kPhiloxLanes; ++lane) totals[lane][s] = drawn[lane];
      }
      const std::size_t wanted = std::min(kPhiloxLanes, values.size() - r);
      for (std::size_t lane = 0; lane < wanted; ++lane) values[r + lane] = statistic(totals[lane]);
    }
  };
  std::vector<std::jthread> others;
  for (std::size_t worker = 1; worker < workers; ++worker) others.emplace_back(work, worker);
  work(0);
  others.clear();  // joins
  std::sort(values.begin(), values.end());
  return values;
}

double quantile(std::span<const double> sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], at - static_cast<double>(below));
}

Interval percentile_interval(std::span<const double> sorted) {
  return {quantile(sorted, 0.025), quantile(sorted, 0.975)};
}

Interval bca_interval(std::span<const ClusterSums> strata, const Statistic& statistic,
                      std::span<const double> sorted) {
  const double point = statistic(totals_of(strata));
  const std::optional<double> a = acceleration(strata, statistic);
  if (!a) return {point, point};
  const auto replicates = static_cast<double>(sorted.size());
  const auto below =
      static_cast<double>(std::lower_bound(sorted.begin(), sorted.end(), point) - sorted.begin());
  // A point outside all replicates counts as half a replicate away from them.
  const double z0 =
      normal_quantile(std::clamp(below / replicates, 0.5 / replicates, 1 - 0.5 / replicates));
  const auto end = [&](double z) {
    return quantile(sorted, normal_cdf(z0 + (z0 + z) / (1 - *a * (z0 + z))));
  };
  return {end(-kZ95), end(kZ95)};
}

Interval bootstrap_mean_of_means(std::span<const ClusterSums> strata, std::uint64_t seed,
                                 int replicates) {
  const double point = mean_of_means(totals_of(strata));
  const Interval interval = percentile_interval(
      bootstrap_replicates(strata, mean_of_means, {.seed = seed, .replicates = replicates}));
  return {std::min(interval.low, point), std::max(interval.high, point)};
}

}  // namespace sightline
