#include "evals/statistics.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string_view>
#include <utility>

#include "base/random.h"
#include "sightline/error.h"

namespace sightline {
namespace {

// Continued fraction of the incomplete beta function (modified Lentz).
double beta_fraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300;
  constexpr double kEpsilon = 1e-16;
  constexpr int kMaxTerms = 10'000;
  const auto away_from_zero = [](double v) { return std::abs(v) < kTiny ? kTiny : v; };
  double c = 1;
  double d = 1 / away_from_zero(1 - (a + b) * x / (a + 1));
  double value = d;
  for (int m = 1; m <= kMaxTerms; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away_from_zero(1 + even * d);
    c = away_from_zero(1 + even / c);
    value *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away_from_zero(1 + odd * d);
    c = away_from_zero(1 + odd / c);
    value *= d * c;
    if (std::abs(d * c - 1) < kEpsilon) break;
  }
  return value;
}

// Regularised incomplete beta function I_x(a, b).
double incomplete_beta(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double log_front =
      std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x);
  const double front = std::exp(log_front);
  return x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x) / a
                                   : 1 - front * beta_fraction(b, a, 1 - x) / b;
}

// P(T > t) for t >= 0.
double student_t_upper_tail(double t, double df) {
  return 0.5 * incomplete_beta(df / 2, 0.5, df / (df + t * t));
}

// Linear-interpolated quantile of sorted values.
double quantile(std::span<const double> sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], at - static_cast<double>(below));
}

double ratio(const ClusterSums& clusters) {
  return std::accumulate(clusters.sums.begin(), clusters.sums.end(), 0.0) /
         std::accumulate(clusters.counts.begin(), clusters.counts.end(), 0.0);
}

double resampled_ratio(const ClusterSums& clusters, Random& random) {
  double sum = 0;
  double count = 0;
  for (std::size_t draw = 0; draw < clusters.sums.size(); ++draw) {
    const std::uint64_t pick = random.below(clusters.sums.size());
    sum += clusters.sums[pick];
    count += clusters.counts[pick];
  }
  return sum / count;
}

}  // namespace

Interval wilson(std::int64_t k, std::int64_t n) {
  if (n == 0) return {0, 1};
  const auto trials = static_cast<double>(n);
  const double p = static_cast<double>(k) / trials;
  const double z2 = kZ95 * kZ95;
  const double centre = (p + z2 / (2 * trials)) / (1 + z2 / trials);
  const double half =
      kZ95 * std::sqrt(p * (1 - p) / trials + z2 / (4 * trials * trials)) / (1 + z2 / trials);
  // The ends are exactly 0 and 1 there; rounding must not move them off the point.
  return {k == 0 ? 0 : std::max(0.0, centre - half), k == n ? 1 : std::min(1.0, centre + half)};
}

double student_t_quantile(double p, double df) {
  if (p == 0.5) return 0;
  const double tail = std::min(p, 1 - p);
  double low = 0;
  double high = 1;
  while (student_t_upper_tail(high, df) > tail) high *= 2;
  for (int step = 0; step < 200 && low < high; ++step) {
    const double middle = low + (high - low) / 2;
    if (middle == low || middle == high) break;
    (student_t_upper_tail(middle, df) > tail ? low : high) = middle;
  }
  return p < 0.5 ? -high : high;
}

ClusterSums cluster_sums(std::span<const double> scores, std::span<const std::string> clusters) {
  if (scores.size() != clusters.size()) {
    fail(ErrorKind::kInternal, "{} scores with {} clusters", scores.size(), clusters.size());
  }
  std::map<std::string_view, std::pair<double, double>> by_name;  // → sum, count
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (clusters[i].empty()) fail(ErrorKind::kInternal, "score {} has no cluster", i);
    auto& [sum, count] = by_name[clusters[i]];
    sum += scores[i];
    count += 1;
  }
  ClusterSums out;
  for (const auto& [name, cluster] : by_name) {
    out.sums.push_back(cluster.first);
    out.counts.push_back(cluster.second);
  }
  return out;
}

MeanEstimate clustered_mean(const ClusterSums& clusters) {
  const std::size_t count = clusters.sums.size();
  const double n = std::accumulate(clusters.counts.begin(), clusters.counts.end(), 0.0);
  MeanEstimate out{.mean = ratio(clusters), .clusters = static_cast<std::int64_t>(count)};
  out.interval = {out.mean, out.mean};
  if (count < 2) return out;
  double squares = 0;
  for (std::size_t c = 0; c < count; ++c) {
    const double deviation = clusters.sums[c] - clusters.counts[c] * out.mean;
    squares += deviation * deviation;
  }
  const auto groups = static_cast<double>(count);
  out.standard_error = std::sqrt(groups / (groups - 1) * squares) / n;
  const double half = student_t_quantile(0.975, groups - 1) * out.standard_error;
  out.interval = {out.mean - half, out.mean + half};
  return out;
}

Interval bootstrap_mean_of_means(std::span<const ClusterSums> strata, std::uint64_t seed,
                                 int replicates) {
  double point = 0;
  for (const ClusterSums& stratum : strata) point += ratio(stratum);
  const auto parts = static_cast<double>(strata.size());
  point /= parts;
  std::vector<double> means(static_cast<std::size_t>(replicates));
  for (std::size_t r = 0; r < means.size(); ++r) {
    Random random(derive_seed(seed, std::to_string(r)));
    double total = 0;
    for (const ClusterSums& stratum : strata) total += resampled_ratio(stratum, random);
    means[r] = total / parts;
  }
  std::sort(means.begin(), means.end());
  return {std::min(quantile(means, 0.025), point), std::max(quantile(means, 0.975), point)};
}

Interval mover_mean(std::span<const Share> shares) {
  double mean = 0;
  double below = 0;
  double above = 0;
  for (const Share& share : shares) {
    const double p = static_cast<double>(share.k) / static_cast<double>(share.n);
    const Interval interval = wilson(share.k, share.n);
    mean += p;
    below += (p - interval.low) * (p - interval.low);
    above += (interval.high - p) * (interval.high - p);
  }
  const auto parts = static_cast<double>(shares.size());
  return {(mean - std::sqrt(below)) / parts, (mean + std::sqrt(above)) / parts};
}

double mcnemar_exact(std::int64_t b, std::int64_t c) {
  const std::int64_t n = b + c;
  if (b == c) return 1;  // also no discordant pair at all
  const auto log_choose = [n](std::int64_t i) {
    const auto x = [](std::int64_t v) { return std::lgamma(static_cast<double>(v) + 1); };
    return x(n) - x(i) - x(n - i);
  };
  double tail = 0;
  for (std::int64_t i = 0; i <= std::min(b, c); ++i) {
    tail += std::exp(log_choose(i) - static_cast<double>(n) * std::log(2.0));
  }
  return std::min(1.0, 2 * tail);
}

double sign_flip(std::span<const double> cluster_differences, std::uint64_t seed) {
  constexpr std::size_t kMaxExact = 20;
  constexpr int kDraws = 10'000;
  constexpr double kSlack = 1e-9;  // equal sums must count as equal after rounding
  std::vector<double> moved;
  std::copy_if(cluster_differences.begin(), cluster_differences.end(), std::back_inserter(moved),
               [](double d) { return d != 0; });
  const double observed = std::abs(std::accumulate(moved.begin(), moved.end(), 0.0)) - kSlack;
  const auto flipped_sum = [&moved](auto&& negative) {
    double sum = 0;
    for (std::size_t i = 0; i < moved.size(); ++i) sum += negative(i) ? -moved[i] : moved[i];
    return std::abs(sum);
  };
  if (moved.size() <= kMaxExact) {
    const std::uint64_t patterns = std::uint64_t{1} << moved.size();
    std::uint64_t hits = 0;
    for (std::uint64_t pattern = 0; pattern < patterns; ++pattern) {
      hits += flipped_sum([pattern](std::size_t i) { return (pattern >> i & 1) != 0; }) >= observed;
    }
    return static_cast<double>(hits) / static_cast<double>(patterns);
  }
  Random random(seed);
  int hits = 0;
  for (int draw = 0; draw < kDraws; ++draw) {
    hits += flipped_sum([&random](std::size_t) { return (random.next() >> 63) != 0; }) >= observed;
  }
  return (1.0 + hits) / (1.0 + kDraws);
}

}  // namespace sightline
