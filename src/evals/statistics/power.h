// How many items a question needs, and what a number of items can answer: two-sided level .05,
// power .8, normal approximation.
#pragma once

#include <optional>

namespace sightline {

// Items of each of two independent runs to tell share p1 from share p2. REQUIRES: shares, p1 != p2.
double independent_sample_size(double p1, double p2);

// Items that two runs share, to tell a mean difference `delta` when paired differences have the
// standard deviation `omega`. REQUIRES: delta != 0.
double paired_sample_size(double omega, double delta);

// The smallest difference that n items can show. `independent`: the share that p has to fall
// (rises false) or rise to; absent where not even 0 or 1 would do. REQUIRES: n > 0.
std::optional<double> independent_detectable_share(double p, double n, bool rises);
double paired_detectable_difference(double omega, double n);

// Items that repeat pictures are worth n / this: 1 + (items per picture - 1) · intraclass
// correlation. REQUIRES: cluster_size >= 1, 0 <= icc <= 1.
double design_effect(double cluster_size, double icc);

}  // namespace sightline
