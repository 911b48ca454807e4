#include "image/resize.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/random.h"
#include "base/sha256.h"
#include "encoders.h"
#include "image/synthetic.h"

namespace sightline {
namespace {

constexpr Filter kAll[] = {Filter::kNearest, Filter::kBox,     Filter::kBilinear,
                           Filter::kHamming, Filter::kBicubic, Filter::kLanczos};

std::vector<std::uint8_t> pixel(const Image& image, int x, int y) {
  const auto* start = &image.rgb[static_cast<std::size_t>(y * image.width + x) * 3];
  return {start, start + 3};
}

Image cut(const Image& image, const Window& window) {
  Image out{window.width, window.height, {}};
  for (int y = 0; y < window.height; ++y) {
    for (int x = 0; x < window.width; ++x) {
      const auto colour = pixel(image, window.x + x, window.y + y);
      out.rgb.insert(out.rgb.end(), colour.begin(), colour.end());
    }
  }
  return out;
}

// The definition: a weighted mean along one axis with the triangle filter, in doubles.
double triangle_mean(const std::vector<double>& line, int position, int out) {
  const double scale = static_cast<double>(line.size()) / out;
  const double stretch = std::max(scale, 1.0);
  double sum = 0.0;
  double total = 0.0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const double distance = std::abs((i + 0.5) - (position + 0.5) * scale) / stretch;
    const double weight = std::max(0.0, 1.0 - distance);
    sum += weight * line[i];
    total += weight;
  }
  return sum / total;
}

TEST(Resize, ToTheSameSizeChangesNothing) {
  const Image image = noise_image(31, 17, 3);
  for (const Filter filter : kAll) EXPECT_EQ(resize(image, 31, 17, filter), image);
}

TEST(Resize, KeepsASolidColour) {
  const Image image = solid_image(31, 17, {200, 3, 99});
  for (const Filter filter : kAll) {
    for (const auto& [width, height] : {std::pair{5, 40}, {40, 5}, {1, 1}, {700, 2}}) {
      EXPECT_EQ(resize(image, width, height, filter), solid_image(width, height, {200, 3, 99}));
    }
  }
}

TEST(Resize, FollowsTheDefinitionOfBilinear) {
  const Image image = noise_image(23, 19, 5);
  for (const auto& [width, height] : {std::pair{7, 5}, {50, 41}, {9, 60}, {40, 4}}) {
    const Image got = resize(image, width, height, Filter::kBilinear);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        std::vector<double> column;
        for (int row = 0; row < image.height; ++row) {
          std::vector<double> line;
          for (int i = 0; i < image.width; ++i) line.push_back(pixel(image, i, row)[1]);
          column.push_back(triangle_mean(line, x, width));
        }
        ASSERT_NEAR(pixel(got, x, y)[1], triangle_mean(column, y, height), 1.01);
      }
    }
  }
}

// Fingerprints of Pillow 13's results. 61 x 47 to 90 x 10 is a case of the vertical pass first.
TEST(Resize, GivesPillowsBytes) {
  const Image image = noise_image(61, 47, 9);
  const std::pair<int, int> sizes[] = {{40, 30}, {90, 10}, {130, 99}};
  for (const auto& [filter, want] : std::vector<std::pair<Filter, std::vector<std::string>>>{
           {Filter::kNearest, {"c444bc91b9f4", "0b11805da944", "52da2eef88e7"}},
           {Filter::kBox, {"5555781dde77", "2a2b8e075722", "52da2eef88e7"}},
           {Filter::kBilinear, {"a5b7acf02c4b", "77940427f1b9", "3ff4ef08957b"}},
           {Filter::kHamming, {"83a21e423d63", "6e0dbc1b6726", "f5961d58c215"}},
           {Filter::kBicubic, {"82120c873631", "c71d799265a0", "3e467e48b2d2"}},
           {Filter::kLanczos, {"92e7d210f7e6", "70555778dd21", "874968ee16b9"}}}) {
    for (std::size_t i = 0; i < want.size(); ++i) {
      const Image got = resize(image, sizes[i].first, sizes[i].second, filter);
      EXPECT_EQ(sha256(std::as_bytes(std::span(got.rgb))).substr(0, 12), want[i])
          << static_cast<int>(filter) << " to width " << got.width;
    }
  }
}

TEST(Resize, NearestTakesThePixelUnderTheCentre) {
  const Image image = noise_image(10, 4, 5);
  const Image got = resize(image, 5, 8, Filter::kNearest);
  EXPECT_EQ(pixel(got, 1, 5), pixel(image, 3, 2));
}

TEST(ResizeWindow, EqualsCuttingItOutOfTheWhole) {
  Random random(11);
  const auto below = [&](int bound) {
    return static_cast<int>(random.below(static_cast<std::uint64_t>(bound)));
  };
  for (int round = 0; round < 60; ++round) {
    const Image image = noise_image(1 + below(60), 1 + below(60), random.next());
    const int width = 1 + below(round % 4 == 0 ? 1500 : 80);  // also more than one block wide
    const int height = 1 + below(80);
    Window window{below(width), below(height), 0, 0};
    window.width = 1 + below(width - window.x);
    window.height = 1 + below(height - window.y);
    for (const Filter filter : kAll) {
      ASSERT_EQ(resize_window(image, width, height, window, filter),
                cut(resize(image, width, height, filter), window))
          << image.width << " x " << image.height << " to " << width << " x " << height;
    }
  }
}

TEST(ResizeWindow, CostsNoMoreThanTheWindow) {
  const Image image = noise_image(1, 10000, 3);
  const Window middle{0, 1120000, 224, 224};
  EXPECT_EQ(resize_window(image, 224, 2240000, middle, Filter::kBicubic).height, 224);
}

TEST(Resize, RefusesSizesThatCannotBe) {
  const Image image = noise_image(8, 8, 3);
  EXPECT_EQ(error_of([&] { resize(image, 0, 5, Filter::kBox); }).kind(), ErrorKind::kUnsupported);
  EXPECT_EQ(error_of([&] { resize(image, 5, -1, Filter::kBox); }).kind(), ErrorKind::kUnsupported);
  const Error large = error_of([&] { resize(image, 100000, 100000, Filter::kBox); });
  EXPECT_EQ(large.kind(), ErrorKind::kUnsupported);
  EXPECT_EQ(large.message(),
            "resizing to 100000 x 100000 pixels: at most 67108864 pixels are made");
}

TEST(ResizeWindow, RefusesAWindowOutside) {
  const Image image = noise_image(8, 8, 3);
  for (const Window& window : {Window{-1, 0, 2, 2}, {0, 0, 0, 2}, {3, 3, 2, 1}, {0, 4, 1, 1}}) {
    EXPECT_EQ(error_of([&] { resize_window(image, 4, 4, window, Filter::kBox); }).kind(),
              ErrorKind::kInternal);
  }
}

TEST(CenterCrop, TakesTheMiddleRoundedToTheTopLeft) {
  const Image image = noise_image(7, 6, 3);
  EXPECT_EQ(center_crop(image, 4, 3), cut(image, {1, 1, 4, 3}));
}

TEST(CenterCrop, AddsBlackWhereThePictureIsTooSmall) {
  const Image image = solid_image(2, 1, {9, 9, 9});
  const Image got = center_crop(image, 5, 4);  // 3 columns and 3 rows are missing
  for (int y = 0; y < 4; ++y) {
    for (int x = 0; x < 5; ++x) {
      const bool inside = y == 2 && (x == 2 || x == 3);
      EXPECT_EQ(pixel(got, x, y)[0], inside ? 9 : 0) << x << ", " << y;
    }
  }
}

TEST(CenterWindow, KeepsWhatTheCropNeeds) {
  for (const auto& [width, height] : {std::pair{9, 9}, {3, 9}, {9, 2}, {4, 4}}) {
    const Image image = noise_image(width, height, 3);
    const Window window = center_window(width, height, 5, 4);
    EXPECT_EQ(center_crop(cut(image, window), 5, 4), center_crop(image, 5, 4));
  }
}

TEST(PadToSquare, PutsThePictureInTheMiddle) {
  const Image image = noise_image(5, 2, 3);
  const Image got = pad_to_square(image, {1, 2, 3});
  ASSERT_EQ(got.width, 5);
  ASSERT_EQ(got.height, 5);
  EXPECT_EQ(cut(got, {0, 1, 5, 2}), image);
  EXPECT_EQ(cut(got, {0, 0, 5, 1}), solid_image(5, 1, {1, 2, 3}));
  EXPECT_EQ(cut(got, {0, 3, 5, 2}), solid_image(5, 2, {1, 2, 3}));
  EXPECT_EQ(pad_to_square(noise_image(4, 4, 3), {1, 2, 3}), noise_image(4, 4, 3));
}

TEST(PadToSquare, RefusesASquareThatIsTooLarge) {
  const Image image = solid_image(40000, 1, {0, 0, 0});
  EXPECT_EQ(error_of([&] { pad_to_square(image, {}); }).kind(), ErrorKind::kUnsupported);
}

}  // namespace
}  // namespace sightline
