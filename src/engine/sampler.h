// Logits → the next token: greedy, or temperature, then top-k, then top-p, then a draw.
#pragma once

#include <cstdint>
#include <span>

#include "base/random.h"
#include "sightline/request.h"

namespace sightline {

// One per answer: owns the random stream, so an answer does not depend on its neighbours.
class Sampler {
 public:
  // Throws Error{kUsage} for settings out of range.
  explicit Sampler(const Sampling& sampling);

  // Index of the chosen logit. Greedy ties go to the lowest index. REQUIRES: not empty.
  std::int64_t choose(std::span<const float> logits);

 private:
  double temperature_;
  double top_p_;
  std::size_t top_k_;
  Random random_;
};

}  // namespace sightline
