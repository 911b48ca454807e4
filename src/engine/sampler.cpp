#include "engine/sampler.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "sightline/error.h"

namespace sightline {
namespace {

struct Candidate {
  std::int64_t id;
  double weight;  // unnormalised probability
};

// All candidates with weight > 0, likeliest first; equal weights in index order.
std::vector<Candidate> ranked(std::span<const float> logits, double temperature) {
  const double top = *std::max_element(logits.begin(), logits.end());
  std::vector<Candidate> out;
  out.reserve(logits.size());
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const double weight = std::exp((static_cast<double>(logits[i]) - top) / temperature);
    if (weight > 0) out.push_back({static_cast<std::int64_t>(i), weight});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Candidate& a, const Candidate& b) { return a.weight > b.weight; });
  return out;
}

double total_weight(const std::vector<Candidate>& candidates) {
  return std::accumulate(candidates.begin(), candidates.end(), 0.0,
                         [](double sum, const Candidate& c) { return sum + c.weight; });
}

// The smallest leading set whose share reaches top_p; at least one.
void keep_nucleus(std::vector<Candidate>& candidates, double top_p) {
  const double wanted = top_p * total_weight(candidates);
  double sum = 0;
  std::size_t kept = 0;
  while (kept < candidates.size() && sum < wanted) sum += candidates[kept++].weight;
  candidates.resize(std::max<std::size_t>(kept, 1));
}

}  // namespace

Sampler::Sampler(const Sampling& sampling)
    : temperature_(sampling.temperature),
      top_p_(sampling.top_p),
      top_k_(static_cast<std::size_t>(std::max(sampling.top_k, 0))),
      random_(sampling.seed) {
  if (!(temperature_ >= 0) || !std::isfinite(temperature_)) {
    fail(ErrorKind::kUsage, "temperature should be 0 or more, found {}", temperature_);
  }
  if (!(top_p_ > 0 && top_p_ <= 1)) {
    fail(ErrorKind::kUsage, "top_p should be in (0, 1], found {}", top_p_);
  }
  if (sampling.top_k < 0) {
    fail(ErrorKind::kUsage, "top_k should be 0 (off) or more, found {}", sampling.top_k);
  }
  if (sampling.max_new_tokens < 0) {
    fail(ErrorKind::kUsage, "max_new_tokens should be 0 or more, found {}",
         sampling.max_new_tokens);
  }
}

std::int64_t Sampler::choose(std::span<const float> logits) {
  if (temperature_ == 0) {
    return std::max_element(logits.begin(), logits.end()) - logits.begin();
  }
  std::vector<Candidate> candidates = ranked(logits, temperature_);
  if (top_k_ > 0 && candidates.size() > top_k_) candidates.resize(top_k_);
  if (top_p_ < 1) keep_nucleus(candidates, top_p_);
  double left = random_.uniform() * total_weight(candidates);
  for (const Candidate& candidate : candidates) {
    left -= candidate.weight;
    if (left < 0) return candidate.id;
  }
  return candidates.back().id;
}

}  // namespace sightline
