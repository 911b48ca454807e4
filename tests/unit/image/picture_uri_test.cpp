#include "image/picture_uri.h"

#include <gtest/gtest.h>

namespace sightline {
namespace {

TEST(PictureUri, TellsTheTypeByTheBytes) {
  EXPECT_EQ(picture_uri("\xFF\xD8\xFF"), "data:image/jpeg;base64,/9j/");
  EXPECT_TRUE(picture_uri("RIFF....WEBP").starts_with("data:image/webp;base64,"));
  EXPECT_EQ(picture_uri("\x89PN"), "data:image/png;base64,iVBO");
}

}  // namespace
}  // namespace sightline
