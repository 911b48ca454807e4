#include "interventions/diffusion_noise.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/randn.h>

#include <cmath>
#include <string_view>

#include "base/random.h"
#include "sightline/error.h"

namespace sightline {
namespace {

double beta_at(int i) {
  const double x = -6.0 + 12.0 * i / (kDiffusionSteps - 1);
  return (0.005 - 1e-5) / (1 + std::exp(-x)) + 1e-5;
}

std::uint64_t seed_of(const at::Tensor& pixels, std::uint64_t seed) {
  const auto* bytes = reinterpret_cast<const char*>(pixels.const_data_ptr<float>());
  return derive_seed(seed, std::string_view(bytes, pixels.nbytes()));
}

}  // namespace

NoiseLevel diffusion_noise_level(int step) {
  if (step < 0 || step >= kDiffusionSteps) {
    fail(ErrorKind::kUsage, "noise_step should be from 0 to {}, found {}", kDiffusionSteps - 1,
         step);
  }
  double kept = 1;  // ᾱ
  for (int i = 0; i <= step; ++i) kept *= 1 - beta_at(i);
  return {.signal = std::sqrt(kept), .noise = std::sqrt(1 - kept)};
}

DiffusionNoise::DiffusionNoise(int step, std::uint64_t seed)
    : step_(step), seed_(seed), level_(diffusion_noise_level(step)) {}

at::Tensor DiffusionNoise::apply(at::Tensor pixels) const {
  const at::Tensor clean = pixels.to(at::kFloat).contiguous();
  const auto generator = at::make_generator<at::CPUGeneratorImpl>(seed_of(clean, seed_));
  const at::Tensor noise =
      at::randn(clean.sizes(), generator, at::TensorOptions().dtype(at::kFloat));
  return clean * level_.signal + noise * level_.noise;
}

std::string DiffusionNoise::cache_key() const {
  return format("diffusion noise, step {}, seed {}", step_, seed_);
}

}  // namespace sightline
