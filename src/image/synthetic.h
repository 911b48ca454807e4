// Pictures without content, for ablations: the same bytes on every machine.
#pragma once

#include <array>
#include <cstdint>

#include "image/image.h"

namespace sightline {

// REQUIRES for both: width, height > 0.

// Every pixel `rgb`.
Image solid_image(int width, int height, const std::array<std::uint8_t, 3>& rgb);

// Every byte independent and uniform over 0..255, drawn from `seed`.
Image noise_image(int width, int height, std::uint64_t seed);

}  // namespace sightline
