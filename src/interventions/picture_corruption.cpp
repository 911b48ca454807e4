#include "interventions/picture_corruption.h"

#include <cmath>
#include <vector>

#include "base/near.h"
#include "base/random.h"
#include "engine/picture_image.h"
#include "image/synthetic.h"
#include "sightline/error.h"

namespace sightline {
namespace {

std::array<std::uint8_t, 3> bytes_of(const std::array<double, 3>& colour) {
  std::array<std::uint8_t, 3> out{};
  for (std::size_t i = 0; i < 3; ++i)
    out[i] = static_cast<std::uint8_t>(std::lround(255 * colour[i]));
  return out;
}

Image corrupted_image(int width, int height, Corruption kind,
                      const std::array<double, 3>& mean_colour, std::uint64_t seed) {
  switch (kind) {
    case Corruption::kWhite: return solid_image(width, height, {255, 255, 255});
    case Corruption::kBlack: return solid_image(width, height, {0, 0, 0});
    case Corruption::kMeanColour: return solid_image(width, height, bytes_of(mean_colour));
    case Corruption::kNoise: return noise_image(width, height, seed);
  }
  fail(ErrorKind::kInternal, "unknown corruption");
}

}  // namespace

Corruption corruption_of(std::string_view name) {
  const std::vector<std::string> names = {"white", "black", "mean_colour", "noise"};
  return static_cast<Corruption>(index_of_name(name, names, "corruption"));
}

std::shared_ptr<const Picture> corrupted(const Picture& picture, Corruption kind,
                                         const std::array<double, 3>& mean_colour,
                                         std::uint64_t seed) {
  const Image original = image_of(picture);
  return meaningless_picture(original.width, original.height, kind, mean_colour,
                             derive_seed(seed, picture.sha256));
}

std::shared_ptr<const Picture> meaningless_picture(int width, int height, Corruption kind,
                                                   const std::array<double, 3>& mean_colour,
                                                   std::uint64_t seed) {
  return Picture::from_bytes(encode_png(corrupted_image(width, height, kind, mean_colour, seed)),
                             "a meaningless picture");
}

}  // namespace sightline
