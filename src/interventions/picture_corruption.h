// Pictures that say nothing, the size of the one they stand for: models that tile by size then see
// as many tokens.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include "sightline/request.h"

namespace sightline {

enum class Corruption { kWhite, kBlack, kMeanColour, kNoise };

// "white", "black", "mean_colour", "noise". Throws Error{kUsage}.
Corruption corruption_of(std::string_view name);

// `mean_colour` (0..1) is what preprocessing maps to zero; noise is uniform bytes drawn from
// `seed`. Throws Error{kBadFile} when `picture` cannot be decoded.
std::shared_ptr<const Picture> corrupted(const Picture& picture, Corruption kind,
                                         const std::array<double, 3>& mean_colour,
                                         std::uint64_t seed);

// The same of any size; noise comes from `seed` alone.
std::shared_ptr<const Picture> meaningless_picture(int width, int height, Corruption kind,
                                                   const std::array<double, 3>& mean_colour,
                                                   std::uint64_t seed);

}  // namespace sightline
