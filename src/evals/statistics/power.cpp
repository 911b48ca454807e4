#include "evals/statistics/power.h"

#include <cmath>

#include "evals/statistics/distributions.h"
#include "evals/statistics/intervals.h"

namespace sightline {
namespace {

constexpr double kPower = 0.8;

// z of the level plus z of the power.
double both_z() {
  static const double z = kZ95 + normal_quantile(kPower);
  return z;
}

}  // namespace

double independent_sample_size(double p1, double p2) {
  const double mean = (p1 + p2) / 2;
  const double under_null = std::sqrt(2 * mean * (1 - mean));
  const double under_alternative = std::sqrt(p1 * (1 - p1) + p2 * (1 - p2));
  const double root = (kZ95 * under_null + normal_quantile(kPower) * under_alternative) / (p1 - p2);
  return root * root;
}

double paired_sample_size(double omega, double delta) {
  const double root = both_z() * omega / delta;
  return root * root;
}

std::optional<double> independent_detectable_share(double p, double n, bool rises) {
  double far = rises ? 1 : 0;
  if (p == far || independent_sample_size(p, far) > n) return std::nullopt;
  double near = p;
  while (true) {
    const double middle = near + (far - near) / 2;
    if (middle == near || middle == far) return far;
    (independent_sample_size(p, middle) > n ? near : far) = middle;
  }
}

double paired_detectable_difference(double omega, double n) {
  return both_z() * omega / std::sqrt(n);
}

double design_effect(double cluster_size, double icc) { return 1 + (cluster_size - 1) * icc; }

}  // namespace sightline
