#include "evals/statistics/paired.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <numeric>
#include <vector>

#include "evals/statistics/philox.h"

namespace sightline {
namespace {

constexpr double kSlack = 1e-9;  // equal sums must count as equal after rounding

// Tango's score of the hypothesis that the difference is `delta`: falls as delta grows.
double tango_score(double b, double c, double n, double delta) {
  const double half = 2 * n * delta - b - c - delta * (b - c);  // B of Tango's eq. 6, A = 2n
  const double last = -c * delta * (1 - delta);
  const double q = (std::sqrt(std::max(0.0, half * half - 8 * n * last)) - half) / (4 * n);
  const double variance = n * (2 * q + delta * (1 - delta));
  const double distance = b - c - n * delta;
  if (variance <= 0) return distance == 0 ? 0 : std::copysign(HUGE_VAL, distance);
  return distance / std::sqrt(variance);
}

// All patterns of signs, each one flip away from the one before it; the first sign stays, because
// flipping all of them leaves |sum| alone.
double exact_sign_flip(std::vector<double> moved, double observed) {
  const std::uint64_t patterns = std::uint64_t{1} << (moved.size() - 1);
  double sum = std::accumulate(moved.begin(), moved.end(), 0.0);
  std::uint64_t hits = std::abs(sum) >= observed;
  for (std::uint64_t pattern = 1; pattern < patterns; ++pattern) {
    double& flipped = moved[1 + static_cast<std::size_t>(std::countr_zero(pattern))];
    flipped = -flipped;
    sum += 2 * flipped;
    hits += std::abs(sum) >= observed;
  }
  return static_cast<double>(hits) / static_cast<double>(patterns);
}

// Sum of the differences whose bit of the words is set.
double chosen_sum(std::span<const double> differences, std::uint64_t seed, std::uint32_t draw) {
  constexpr std::size_t kBits = 32;
  double sum = 0;
  PhiloxBlock words{};
  for (std::size_t start = 0; start < differences.size(); start += kBits) {
    const std::size_t place = start / kBits % words.size();
    if (place == 0) {
      const auto block = static_cast<std::uint32_t>(start / kBits / words.size());
      words = philox(seed, {draw, block, 0, 1});
    }
    const std::size_t count = std::min(kBits, differences.size() - start);
    for (std::size_t i = 0; i < count; ++i) {
      sum += (words[place] >> i & 1) != 0 ? differences[start + i] : 0;
    }
  }
  return sum;
}

}  // namespace

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

Interval tango(std::int64_t b, std::int64_t c, std::int64_t n, double z) {
  const auto first = static_cast<double>(b);
  const auto second = static_cast<double>(c);
  const auto pairs = static_cast<double>(n);
  const double point = (first - second) / pairs;
  // The last difference between the point and `outside` whose score stays below z.
  const auto end = [&](double outside) {
    double inside = point;
    while (true) {
      const double middle = inside + (outside - inside) / 2;
      if (middle == inside || middle == outside) return inside;
      const bool below = std::abs(tango_score(first, second, pairs, middle)) < z;
      (below ? inside : outside) = middle;
    }
  };
  return {end(-1), end(1)};
}

double sign_flip(std::span<const double> cluster_differences, std::uint64_t seed) {
  constexpr std::size_t kMaxExact = 20;
  constexpr std::uint32_t kDraws = 10'000;
  std::vector<double> moved;
  std::copy_if(cluster_differences.begin(), cluster_differences.end(), std::back_inserter(moved),
               [](double d) { return d != 0; });
  if (moved.empty()) return 1;
  const double total = std::accumulate(moved.begin(), moved.end(), 0.0);
  const double observed = std::abs(total) - kSlack;
  if (moved.size() <= kMaxExact) return exact_sign_flip(std::move(moved), observed);
  std::uint32_t hits = 0;
  for (std::uint32_t draw = 0; draw < kDraws; ++draw) {
    hits += std::abs(total - 2 * chosen_sum(moved, seed, draw)) >= observed;
  }
  return (1.0 + hits) / (1.0 + kDraws);
}

}  // namespace sightline
