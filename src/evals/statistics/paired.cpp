#include "evals/statistics/paired.h"

#include <algorithm>
#include <array>
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

constexpr std::size_t kByteBits = 8;
constexpr std::size_t kBytesOfBlock = sizeof(PhiloxBlock);
constexpr std::size_t kBlockBits = kByteBits * kBytesOfBlock;

// Sums of every choice among eight differences: bit i of the index chooses the i-th.
using ByteSums = std::array<double, 1 << kByteBits>;

ByteSums byte_sums(std::span<const double> differences) {
  ByteSums sums{};
  for (std::size_t i = 0; i < kByteBits; ++i) {
    const std::size_t known = std::size_t{1} << i;
    for (std::size_t choice = 0; choice < known; ++choice) {
      sums[known + choice] = sums[choice] + differences[i];
    }
  }
  return sums;
}

// Adds to the sum of each draw those of a block's differences whose bit of its words is set. Whole
// bytes are looked up: signs are coins, and branching on each of them costs ten times as much.
void add_chosen(std::span<const double> differences, std::uint64_t seed, std::uint32_t block,
                std::span<double> sums) {
  std::array<ByteSums, kBytesOfBlock> chosen;
  for (std::size_t byte = 0; byte < kBytesOfBlock; ++byte) {
    chosen[byte] = byte_sums(differences.subspan(byte * kByteBits, kByteBits));
  }
  for (std::uint32_t draw = 0; draw < sums.size(); ++draw) {
    const PhiloxBlock words = philox(seed, {draw, block, 0, 1});
    double sum = 0;
    for (std::size_t byte = 0; byte < kBytesOfBlock; ++byte) {
      sum += chosen[byte][words[byte / 4] >> byte % 4 * kByteBits & 0xFF];
    }
    sums[draw] += sum;
  }
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

Interval newcombe(const PairCounts& counts) {
  const auto a = static_cast<double>(counts.both);
  const auto b = static_cast<double>(counts.first);
  const auto c = static_cast<double>(counts.second);
  const auto d = static_cast<double>(counts.neither);
  const double n = a + b + c + d;
  const Interval one = wilson(counts.both + counts.first, counts.n());
  const Interval two = wilson(counts.both + counts.second, counts.n());
  const double p1 = (a + b) / n;
  const double p2 = (a + c) / n;
  const double margins = (a + b) * (c + d) * (a + c) * (b + d);
  const double cross = a * d - b * c;
  // The correlation of the shares, its numerator corrected for continuity when positive.
  const double phi =
      margins == 0 ? 0 : (cross > 0 ? std::max(0.0, cross - n / 2) : cross) / std::sqrt(margins);
  const auto reach = [phi](double x, double y) {
    return std::sqrt(x * x - 2 * phi * x * y + y * y);
  };
  return {p1 - p2 - reach(p1 - one.low, two.high - p2),
          p1 - p2 + reach(one.high - p1, p2 - two.low)};
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
  std::vector<double> sums(kDraws);
  moved.resize((moved.size() + kBlockBits - 1) / kBlockBits * kBlockBits);  // a 0 changes no sum
  for (std::size_t start = 0; start < moved.size(); start += kBlockBits) {
    add_chosen(std::span(moved).subspan(start, kBlockBits), seed,
               static_cast<std::uint32_t>(start / kBlockBits), sums);
  }
  const auto hits = std::count_if(sums.begin(), sums.end(), [&](double chosen) {
    return std::abs(total - 2 * chosen) >= observed;
  });
  return (1.0 + static_cast<double>(hits)) / (1.0 + kDraws);
}

}  // namespace sightline
