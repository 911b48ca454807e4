#include <gmock/gmock.h>

#include <cstdlib>

#include "encoders.h"
#include "image/synthetic.h"

namespace sightline {
namespace {

using namespace std::string_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;

// Big-endian, as JPEG and PNG write numbers.
void put(std::string& file, std::size_t at, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) {
    file[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> 8 * (bytes - 1 - i));
  }
}

std::uint32_t crc32_of(std::string_view text) {
  std::uint32_t crc = 0xffffffff;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

std::string png_with_size(std::uint32_t width, std::uint32_t height) {
  std::string file = encode_png(solid_image(4, 4, {1, 2, 3}));
  put(file, 16, width, 4);
  put(file, 20, height, 4);
  put(file, 29, crc32_of(std::string_view(file).substr(12, 17)), 4);
  return file;
}

std::string jpeg_with_size(std::uint32_t width, std::uint32_t height) {
  std::string file = jpeg_of(gradient_image(16, 16));
  const std::size_t frame = file.find("\xff\xc0"s);
  put(file, frame + 5, height, 2);
  put(file, frame + 7, width, 2);
  return file;
}

// An extended WebP whose canvas is width x height and which holds nothing else.
std::string webp_with_size(std::uint32_t width, std::uint32_t height) {
  std::string file = "RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0"s;
  for (const std::uint32_t side : {width - 1, height - 1}) {
    for (int i = 0; i < 3; ++i) file += static_cast<char>(side >> 8 * i & 0xff);
  }
  return file;
}

TEST(DecodeImage, GivesBackTheBytesOfItsOwnPng) {
  for (const auto& [width, height] : {std::pair{1, 1}, {1, 9}, {37, 5}, {64, 64}}) {
    const Image image = noise_image(width, height, 7);
    EXPECT_EQ(decode(encode_png(image)), image);
  }
}

TEST(DecodeImage, ReadsLosslessWebpExactly) {
  const Image image = noise_image(33, 17, 7);
  EXPECT_EQ(decode(webp_of(image)), image);
}

TEST(DecodeImage, ReadsJpegCloseToWhatWasWritten) {
  const Image image = gradient_image(61, 47);
  for (const bool progressive : {false, true}) {
    const Image read = decode(jpeg_of(image, progressive));
    ASSERT_EQ(read.rgb.size(), image.rgb.size());
    for (std::size_t i = 0; i < image.rgb.size(); ++i) {
      ASSERT_LE(std::abs(read.rgb[i] - image.rgb[i]), 12) << "at byte " << i;
    }
  }
}

TEST(DecodeImage, BlendsTransparencyOntoWhiteOrDropsIt) {
  const std::string file = png_of_rgba(3, 1, {200, 100, 0, 255, 200, 100, 0, 51, 200, 100, 0, 0});
  const std::vector<std::uint8_t> onto_white = {200, 100, 0, 244, 224, 204, 255, 255, 255};
  EXPECT_EQ(decode(file).rgb, onto_white);
  const std::vector<std::uint8_t> dropped = {200, 100, 0, 200, 100, 0, 200, 100, 0};
  EXPECT_EQ(decode(file, {.transparency = Transparency::kDrop}).rgb, dropped);
}

TEST(DecodeImage, RefusesAnEmptyFile) {
  const Error error = error_of([] { decode(""); });
  EXPECT_EQ(error.kind(), ErrorKind::kBadFile);
  EXPECT_THAT(error.message(), AllOf(HasSubstr("cat.img"), HasSubstr("empty")));
}

TEST(DecodeImage, ShowsHowAFileThatIsNoPictureStarts) {
  const Error error = error_of([] { decode("Dear\x01 diary, today nothing happened"); });
  EXPECT_EQ(error.kind(), ErrorKind::kBadFile);
  EXPECT_EQ(error.message(), "cat.img: not a picture: starts with 'Dear\\x01 diary, tod'");
  EXPECT_THAT(error.hint(), HasSubstr("JPEG, PNG or WebP"));
}

TEST(DecodeImage, NamesAFormatItDoesNotRead) {
  const Error gif = error_of([] { decode("GIF89a........"); });
  EXPECT_EQ(gif.kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(gif.message(), HasSubstr("a GIF file"));
  EXPECT_THAT(error_of([] { decode("\0\0\0\x1c"s + "ftypavif...."); }).message(),
              HasSubstr("an AVIF file"));
}

TEST(DecodeImage, RefusesEveryTruncation) {
  const Image image = gradient_image(24, 24);
  for (const std::string& file :
       {jpeg_of(image), jpeg_of(image, true), webp_of(image), encode_png(image)}) {
    // A PNG without its end marker still has all pixels.
    const std::size_t complete = file.size() - (file[1] == 'P' ? 16 : 1);
    for (std::size_t length = 0; length < complete; ++length) {
      const Error error = error_of([&] { decode(file.substr(0, length)); });
      ASSERT_EQ(error.kind(), ErrorKind::kBadFile) << length << " of " << file.size();
      ASSERT_THAT(error.message(), HasSubstr("cat.img"));
    }
  }
}

TEST(DecodeImage, SaysThatAFileEndsTooEarly) {
  const Image image = gradient_image(24, 24);
  for (const std::string& file : {jpeg_of(image).substr(0, 400), encode_png(image).substr(0, 90),
                                  webp_of(image).substr(0, 20)}) {
    EXPECT_THAT(error_of([&] { decode(file); }).message(), HasSubstr("ends too early"));
  }
}

TEST(DecodeImage, RefusesHugePicturesByTheirHeader) {
  for (const std::string& file : {png_with_size(20000, 20000), jpeg_with_size(20000, 20000)}) {
    const Error error = error_of([&] { decode(file); });
    EXPECT_EQ(error.kind(), ErrorKind::kBadFile);
    EXPECT_THAT(error.message(), AllOf(HasSubstr("cat.img"), HasSubstr("20000 x 20000"),
                                       HasSubstr("too large"), HasSubstr("67108864")));
  }
  EXPECT_THAT(error_of([] { decode(webp_with_size(16384, 16384)); }).message(),
              HasSubstr("16384 x 16384"));
  EXPECT_THAT(error_of([] { decode(png_with_size(0x7fffffff, 0x7fffffff)); }).message(),
              HasSubstr("more pixels than can be counted"));
  EXPECT_THAT(error_of([] { decode(png_with_size(65536, 1)); }).message(),
              HasSubstr("65535 a side"));
}

TEST(DecodeImage, RefusesPicturesWithoutPixels) {
  for (const std::string& file :
       {png_with_size(0, 4), png_with_size(4, 0), jpeg_with_size(0, 16), jpeg_with_size(16, 0)}) {
    EXPECT_EQ(error_of([&] { decode(file); }).kind(), ErrorKind::kBadFile);
  }
}

TEST(DecodeImage, RefusesMoreBytesThanAllowed) {
  const std::string file = encode_png(solid_image(4, 4, {1, 2, 3}));
  const Error error = error_of([&] { decode(file, {.max_bytes = 10}); });
  EXPECT_EQ(error.kind(), ErrorKind::kBadFile);
  EXPECT_THAT(error.message(), HasSubstr("at most 10"));
}

TEST(DecodeImage, RefusesAJpegOfEndlessScans) {
  const std::string file = jpeg_of(gradient_image(24, 24), true);
  const std::size_t last_scan = file.rfind("\xff\xda"s);
  std::string bomb = file.substr(0, file.size() - 2);
  for (int i = 0; i < 200; ++i) bomb += file.substr(last_scan, file.size() - 2 - last_scan);
  bomb += "\xff\xd9";
  const Error error = error_of([&] { decode(bomb); });
  EXPECT_EQ(error.kind(), ErrorKind::kBadFile);
  EXPECT_THAT(error.message(), HasSubstr("too many scans"));
}

TEST(DecodeImage, RefusesADamagedPng) {
  std::string file = encode_png(gradient_image(24, 24));
  file[file.find("IDAT") + 10] ^= 0x55;
  EXPECT_EQ(error_of([&] { decode(file); }).kind(), ErrorKind::kBadFile);
}

TEST(EncodePng, RefusesAPictureWhoseBytesDoNotMatchItsSize) {
  EXPECT_EQ(error_of([] {
              encode_png({2, 2, std::vector<std::uint8_t>(11)});
            }).kind(),
            ErrorKind::kInternal);
  EXPECT_EQ(error_of([] { encode_png({}); }).kind(), ErrorKind::kInternal);
}

}  // namespace
}  // namespace sightline
