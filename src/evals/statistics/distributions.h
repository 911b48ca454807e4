// The distributions that intervals, tests and sample sizes need. Pure functions.
#pragma once

namespace sightline {

// Φ⁻¹(p). REQUIRES: 0 < p < 1.
double normal_quantile(double p);

// Quantile of Student's t; df may be any positive number. REQUIRES: 0 < p < 1.
double student_t_quantile(double p, double df);

}  // namespace sightline
