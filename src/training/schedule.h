// How fast to learn at each update.
#pragma once

#include <cstdint>
#include <string>

namespace sightline {

struct Schedule {
  std::string kind = "cosine";  // cosine, linear, constant
  std::int64_t warmup = 0;      // W updates
  std::int64_t total = 1;       // T updates

  // The factor of update k, from 0: k/W while k < W, so the first one of a warm-up is 0; then the
  // kind's course from 1 to 0 (transformers.optimization, get_*_schedule_with_warmup).
  double factor(std::int64_t update) const;
};

// ceil(ratio · total).
std::int64_t warmup_updates(double ratio, std::int64_t total);

}  // namespace sightline
