#include "interventions/picture_corruption.h"

#include <gtest/gtest.h>

#include "engine/picture_image.h"
#include "image/synthetic.h"
#include "sightline/error.h"

namespace sightline {
namespace {

class CorruptedPicture : public ::testing::TestWithParam<const char*> {};

TEST_P(CorruptedPicture, HasTheSizeOfTheOriginalAndIsRepeatable) {
  const auto original = Picture::from_bytes(encode_png(noise_image(31, 17, 5)), "original");
  const auto kind = corruption_of(GetParam());
  const auto first = corrupted(*original, kind, {0.5, 0.25, 0.0}, 7);
  EXPECT_EQ(image_of(*first).width, 31);
  EXPECT_EQ(image_of(*first).height, 17);
  EXPECT_EQ(first->sha256, corrupted(*original, kind, {0.5, 0.25, 0.0}, 7)->sha256);
}

INSTANTIATE_TEST_SUITE_P(Kinds, CorruptedPicture,
                         ::testing::Values("white", "black", "mean_colour", "noise"));

TEST(CorruptedPictures, MeanColourIsWhatPreprocessingMapsToZero) {
  const auto original = Picture::from_bytes(encode_png(noise_image(2, 2, 5)), "original");
  const Image image = image_of(*corrupted(*original, Corruption::kMeanColour, {0.5, 0.25, 0.0}, 0));
  EXPECT_EQ(image.rgb[0], 128);
  EXPECT_EQ(image.rgb[1], 64);
  EXPECT_EQ(image.rgb[2], 0);
}

TEST(CorruptedPictures, NoiseDependsOnTheSeed) {
  const auto original = Picture::from_bytes(encode_png(noise_image(8, 8, 5)), "original");
  EXPECT_NE(corrupted(*original, Corruption::kNoise, {}, 1)->sha256,
            corrupted(*original, Corruption::kNoise, {}, 2)->sha256);
}

TEST(CorruptedPictures, UnknownKindNamesTheNearOne) {
  try {
    corruption_of("nois");
    FAIL();
  } catch (const Error& e) {
    EXPECT_NE(e.hint().find("'noise'"), std::string::npos) << e.hint();
  }
}

}  // namespace
}  // namespace sightline
