// The CPU's random numbers, from which dropout draws: where they stand, kept and put back.
#pragma once

#include <ATen/core/Tensor.h>

namespace sightline {

at::Tensor generator_state();
void set_generator_state(const at::Tensor& state);

}  // namespace sightline
