#include "image/synthetic.h"

#include <algorithm>

#include "base/random.h"

namespace sightline {

Image solid_image(int width, int height, const std::array<std::uint8_t, 3>& rgb) {
  Image image{width, height, {}};
  image.rgb.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  for (std::size_t i = 0; i < image.rgb.size(); i += 3) {
    std::copy(rgb.begin(), rgb.end(), image.rgb.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return image;
}

Image noise_image(int width, int height, std::uint64_t seed) {
  Image image = solid_image(width, height, {0, 0, 0});
  Random random(seed);
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < image.rgb.size(); ++i) {
    word = i % 8 == 0 ? random.next() : word >> 8;  // eight bytes of each number, lowest first
    image.rgb[i] = static_cast<std::uint8_t>(word & 0xff);
  }
  return image;
}

}  // namespace sightline
