#include "training/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sightline {

double Schedule::factor(std::int64_t update) const {
  if (update < warmup) return static_cast<double>(update) / static_cast<double>(warmup);
  if (kind == "constant") return 1;
  const auto course = static_cast<double>(std::max<std::int64_t>(1, total - warmup));
  const double done = static_cast<double>(update - warmup) / course;
  if (kind == "linear") return std::max(0.0, 1 - done);
  return std::max(0.0, 0.5 * (1 + std::cos(std::numbers::pi * done)));
}

std::int64_t warmup_updates(double ratio, std::int64_t total) {
  return static_cast<std::int64_t>(std::ceil(ratio * static_cast<double>(total)));
}

}  // namespace sightline
