#include "image/picture_uri.h"

#include <gtest/gtest.h>

#include "image/image.h"

namespace sightline {
namespace {

TEST(PictureUri, TellsTheTypeByTheBytes) {
  EXPECT_EQ(picture_uri("\xFF\xD8\xFF"), "data:image/jpeg;base64,/9j/");
  EXPECT_TRUE(picture_uri("RIFF....WEBP").starts_with("data:image/webp;base64,"));
  EXPECT_EQ(picture_uri("\x89PN"), "data:image/png;base64,iVBO");
}

TEST(PictureFormat, NeedsTheWholeSignature) {
  EXPECT_EQ(picture_format("\xFF\xD8\xFF\xE0"), "jpeg");
  EXPECT_EQ(picture_format("\x89PNG\r\n\x1A\n"), "png");
  EXPECT_EQ(picture_format("RIFF....WEBPVP8 "), "webp");
  for (const char* other : {"", "\xFF\xD8", "\x89PNG", "RIFF....WAVE", "GIF89a"}) {
    EXPECT_EQ(picture_format(other), "") << other;
  }
}

}  // namespace
}  // namespace sightline
