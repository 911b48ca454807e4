#include "base/base64.h"

#include <gtest/gtest.h>

namespace sightline {
namespace {

TEST(Base64, AgreesWithTheStandard) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("\xFF\xFE\xFD"), "//79");
}

TEST(Base64, DecodesWhatItEncodes) {
  std::string bytes;
  for (int size = 0; size < 300; ++size) {
    EXPECT_EQ(base64_decode(base64(bytes)), bytes) << size;
    bytes += static_cast<char>(size * 37);
  }
}

TEST(Base64, SkipsWhiteSpaceAndRefusesTheRest) {
  EXPECT_EQ(base64_decode("Zm9v\r\nYmFy\n"), "foobar");
  for (const char* bad : {"Zg", "Zg=", "Z===", "Zg==Zg==", "Zm9*", "=", "Zm9v!", "Z\xC3\xA4=="}) {
    EXPECT_EQ(base64_decode(bad), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace sightline
