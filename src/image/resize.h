// Changing the size of a picture: resampling, cropping, padding. Resampled bytes equal Pillow's
// Image.resize; crops and pads equal those of transformers' image processors. Pure, thread-safe.
#pragma once

#include <array>
#include <cstdint>

#include "image/image.h"

namespace sightline {

// All but kNearest widen with the reduction (antialias).
enum class Filter { kNearest, kBox, kBilinear, kHamming, kBicubic, kLanczos };

// A part of a picture, in pixels from its top left.
struct Window {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

inline constexpr std::int64_t kMaxResizedPixels = std::int64_t{64} << 20;
inline constexpr std::int64_t kMaxPaddedPixels = std::int64_t{256} << 20;
inline constexpr int kMaxResizedEdge = 1 << 28;  // also where only a window is computed

// The picture at `width` x `height`. REQUIRES: a picture with pixels. Throws Error{kUnsupported}
// for a size below 1, and for a result beyond kMaxResizedPixels or kMaxResizedEdge.
Image resize(const Image& image, int width, int height, Filter filter);

// What cutting `window` out of resize(image, width, height, filter) would give, without computing
// the rest: a 1 x 10000 picture brought to 224 x 2240000 costs no more than its middle. REQUIRES:
// the window lies inside width x height and is not empty; else Error{kInternal}.
Image resize_window(const Image& image, int width, int height, const Window& window, Filter filter);

// The middle `width` x `height` of a picture; where it is smaller, black is added around it.
// REQUIRES: sizes of at least 1. Throws Error{kUnsupported} beyond kMaxResizedPixels.
Image center_crop(const Image& image, int width, int height);

// The part of a `width` x `height` picture that a centred crop keeps: all of a side that is too
// short, so that center_crop() of that part gives the same as center_crop() of the whole.
Window center_window(int width, int height, int crop_width, int crop_height);

// The picture in the middle of a square as long as its longer side, on `background` (LLaVA's
// "pad"); a square picture stays as it is. Throws Error{kUnsupported} beyond kMaxPaddedPixels.
Image pad_to_square(const Image& image, const std::array<std::uint8_t, 3>& background);

}  // namespace sightline
