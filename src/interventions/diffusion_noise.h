// Forward diffusion of a picture's preprocessed pixels: x_t = √ᾱ_t·x + √(1−ᾱ_t)·ε, the noised
// picture of visual contrastive decoding (VCD, arXiv 2311.16922, with its authors' schedule).
#pragma once

#include <cstdint>
#include <string>

#include "sightline/request.h"

namespace sightline {

inline constexpr int kDiffusionSteps = 1000;

// β_i = sigmoid(−6 + 12·i/999)·(0.005 − 1e-5) + 1e-5, ᾱ_t = Π_{i≤t}(1 − β_i).
struct NoiseLevel {
  double signal = 1;  // √ᾱ_t
  double noise = 0;   // √(1−ᾱ_t)
};
NoiseLevel diffusion_noise_level(int step);  // step: 0 to 999; else Error{kUsage}

// ε is drawn from `seed` and the pixels: equal pictures get equal noise, different ones their own.
// A picture is noised once for all tokens of an answer, in fp32. Immutable, thread-safe.
class DiffusionNoise : public PixelEdit {
 public:
  DiffusionNoise(int step, std::uint64_t seed);

  at::Tensor apply(at::Tensor pixels) const override;
  std::string cache_key() const override;

 private:
  int step_;
  std::uint64_t seed_;
  NoiseLevel level_;
};

}  // namespace sightline
