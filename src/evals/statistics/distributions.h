// The distributions that intervals, tests and sample sizes need. Pure functions.
#pragma once

namespace sightline {

// Φ(z), and its inverse. REQUIRES: 0 < p < 1.
double normal_cdf(double z);
double normal_quantile(double p);

// Quantile of Student's t; df may be any positive number. REQUIRES: 0 < p < 1.
double student_t_quantile(double p, double df);

// Quantile of the beta distribution. REQUIRES: 0 < p < 1, a > 0, b > 0.
double beta_quantile(double p, double a, double b);

// P(X > x) for χ² with one degree of freedom. REQUIRES: x >= 0.
double chi_square_tail(double x);

}  // namespace sightline
