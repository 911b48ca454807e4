#include "nn/rotary.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/pow.h>
#include <ATen/ops/reciprocal.h>
#include <ATen/ops/where.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "nn/forward_context.h"
#include "nn/row_functions.h"

namespace sightline {
namespace {

// θ^(2i/K) for i < K/2. The formulas below keep the order of operations of Transformers'
// modeling_rope_utils.py, so that angles at far positions round alike.
Tensor periods(const RotaryConfig& config, std::int64_t head_width) {
  const Tensor exponents =
      at::arange(0, head_width, 2, at::kFloat) / static_cast<double>(head_width);  // [K/2]
  return at::pow(at::Scalar(config.theta), exponents);
}

Tensor llama3(const RotaryConfig& config, const Tensor& frequencies) {
  const double low_wavelength = config.original_context / config.low_frequency;
  const double high_wavelength = config.original_context / config.high_frequency;
  const Tensor wavelengths = at::reciprocal(frequencies) * (2 * std::numbers::pi);
  const Tensor scaled =
      at::where(wavelengths > low_wavelength, frequencies / config.factor, frequencies);
  const Tensor smooth =
      (at::reciprocal(wavelengths) * config.original_context - config.low_frequency) /
      (config.high_frequency - config.low_frequency);
  const Tensor blended = (1 - smooth) * scaled / config.factor + smooth * scaled;
  const Tensor is_short = wavelengths < high_wavelength;
  const Tensor is_long = wavelengths > low_wavelength;
  return at::where(is_short.logical_or(is_long), scaled, blended);
}

// Dimension that turns `rotations` times within the original context.
double yarn_dimension(const RotaryConfig& config, double rotations, double head_width) {
  return head_width * std::log(config.original_context / (rotations * 2 * std::numbers::pi)) /
         (2 * std::log(config.theta));
}

Tensor yarn(const RotaryConfig& config, const Tensor& period, std::int64_t head_width) {
  const double width = static_cast<double>(head_width);
  double low = yarn_dimension(config, config.beta_fast, width);
  double high = yarn_dimension(config, config.beta_slow, width);
  if (config.truncate) {
    low = std::floor(low);
    high = std::ceil(high);
  }
  low = std::max(low, 0.0);
  high = std::min(high, width - 1);
  if (low == high) high += 0.001;
  const Tensor ramp = at::clamp((at::arange(0, head_width / 2, 1, at::kFloat) - low) / (high - low),
                                0, 1);  // [K/2]
  const Tensor kept = 1 - ramp;
  return at::reciprocal(period * config.factor) * (1 - kept) + at::reciprocal(period) * kept;
}

Tensor frequencies_of(const RotaryConfig& config, std::int64_t head_width) {
  const Tensor period = periods(config, head_width);
  switch (config.kind) {
    case RotaryKind::kLinear: return at::reciprocal(period) / config.factor;
    case RotaryKind::kLlama3: return llama3(config, at::reciprocal(period));
    case RotaryKind::kYarn: return yarn(config, period, head_width);
    case RotaryKind::kDefault: break;
  }
  return at::reciprocal(period);
}

}  // namespace

Rotary::Rotary(const RotaryConfig& config, std::int64_t head_width)
    : scale_(config.kind == RotaryKind::kYarn ? static_cast<float>(config.attention_factor) : 1) {
  const Tensor values = frequencies_of(config, head_width).contiguous();
  const float* begin = values.const_data_ptr<float>();
  frequencies_.assign(begin, begin + values.numel());
}

RotaryRows Rotary::rows(const ForwardContext& context, at::Device device) const {
  std::int64_t count = 0;
  for (const SequenceRows& sequence : context.sequences) count += sequence.count;
  const auto half = static_cast<std::int64_t>(frequencies_.size());
  Tensor cosines = at::empty({count, half}, at::kFloat);
  Tensor sines = at::empty({count, half}, at::kFloat);
  float* cosine = cosines.mutable_data_ptr<float>();
  float* sine = sines.mutable_data_ptr<float>();
  for (const SequenceRows& sequence : context.sequences) {
    for (std::int64_t t = 0; t < sequence.count; ++t) {
      const auto position = static_cast<float>(sequence.position + t);
      for (const float frequency : frequencies_) {
        *cosine++ = std::cos(position * frequency) * scale_;
        *sine++ = std::sin(position * frequency) * scale_;
      }
    }
  }
  return {cosines.to(device), sines.to(device)};
}

Tensor Rotary::plain(const Tensor& x, const RotaryRows& rows) {
  if (has_row_functions(x)) return rotate_rows(x, rows.cosines, rows.sines);
  const std::int64_t half = x.size(-1) / 2;
  const Tensor cosines = rows.cosines.to(x.scalar_type()).unsqueeze(1);  // [M, 1, K/2]
  const Tensor sines = rows.sines.to(x.scalar_type()).unsqueeze(1);
  const Tensor first = x.narrow(-1, 0, half);
  const Tensor second = x.narrow(-1, half, half);
  return at::cat({first * cosines - second * sines, second * cosines + first * sines}, -1);
}

}  // namespace sightline
