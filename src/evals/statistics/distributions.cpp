#include "evals/statistics/distributions.h"

#include <algorithm>
#include <cmath>
#include <numbers>

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

double normal_upper_tail(double z) { return 0.5 * std::erfc(z / std::numbers::sqrt2); }

// P(T > t) for t >= 0.
double student_t_upper_tail(double t, double df) {
  return 0.5 * incomplete_beta(df / 2, 0.5, df / (df + t * t));
}

// Where `above` changes from true to false between low and high, to the last bit.
template <class Above>
double boundary(double low, double high, const Above& above) {
  while (true) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    (above(middle) ? low : high) = middle;
  }
}

// Quantile of a distribution that is symmetric around 0, by its upper tail.
template <class Tail>
double symmetric_quantile(double p, const Tail& upper_tail) {
  if (p == 0.5) return 0;
  const double tail = std::min(p, 1 - p);
  double high = 1;
  while (upper_tail(high) > tail) high *= 2;
  const double at = boundary(0, high, [&](double x) { return upper_tail(x) > tail; });
  return p < 0.5 ? -at : at;
}

}  // namespace

double normal_quantile(double p) { return symmetric_quantile(p, normal_upper_tail); }

double student_t_quantile(double p, double df) {
  return symmetric_quantile(p, [df](double t) { return student_t_upper_tail(t, df); });
}

}  // namespace sightline
