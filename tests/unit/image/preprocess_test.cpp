#include "image/preprocess.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <set>

#include "base/file.h"
#include "base/json.h"
#include "encoders.h"
#include "image/synthetic.h"

namespace sightline {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

PreprocessConfig parse(const std::string& text) {
  return parse_preprocess_config(parse_json(text, "p.json"), "p.json");
}

Error parse_error(const std::string& text) {
  return error_of([&] { parse(text); });
}

TEST(PreprocessConfig, IsClipsByDefault) {
  EXPECT_EQ(parse("{}"), PreprocessConfig{});
  EXPECT_EQ(parse(R"({"size": null, "image_mean": null, "do_resize": null})"), PreprocessConfig{});
}

TEST(PreprocessConfig, ReadsEveryField) {
  const PreprocessConfig config = parse(R"({
      "image_processor_type": "CLIPImageProcessorFast", "do_resize": false,
      "size": {"height": 30, "width": 40}, "resample": 2, "do_center_crop": false,
      "crop_size": {"height": 5, "width": 6}, "do_rescale": false, "rescale_factor": 0.5,
      "do_normalize": false, "image_mean": [0.1, 0.2, 0.3], "image_std": 0.5})");
  PreprocessConfig want;
  want.do_resize = want.do_center_crop = want.do_rescale = want.do_normalize = false;
  want.size = {.shortest_edge = 0, .height = 30, .width = 40};
  want.resample = Filter::kBilinear;
  want.crop_height = 5;
  want.crop_width = 6;
  want.rescale_factor = 0.5;
  want.image_mean = {0.1, 0.2, 0.3};
  want.image_std = {0.5, 0.5, 0.5};
  EXPECT_EQ(config, want);
}

TEST(PreprocessConfig, TakesNumbersForSizes) {
  const PreprocessConfig config = parse(R"({"size": 336, "crop_size": 300})");
  EXPECT_EQ(config.size, (ResizeTarget{.shortest_edge = 336}));
  EXPECT_EQ(config.crop_height, 300);
  EXPECT_EQ(config.crop_width, 300);
}

TEST(PreprocessConfig, PadsToASquareWhereLlavaSaysSo) {
  EXPECT_TRUE(
      parse(R"({"image_processor_type": "LlavaImageProcessor", "do_pad": true})").pad_to_square);
  EXPECT_TRUE(parse(R"({"image_aspect_ratio": "pad"})").pad_to_square);
  EXPECT_FALSE(
      parse(R"({"image_processor_type": "CLIPImageProcessor", "do_pad": true})").pad_to_square);
}

TEST(PreprocessConfig, RefusesWhatItDoesNotKnow) {
  const Error other = parse_error(R"({"image_processor_type": "Pix2StructImageProcessor"})");
  EXPECT_EQ(other.kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(other.message(), AllOf(HasSubstr("p.json"), HasSubstr("Pix2StructImageProcessor")));
  EXPECT_THAT(other.hint(), HasSubstr("CLIPImageProcessor"));
  EXPECT_EQ(parse_error(R"({"size": {"max_pixels": 5}})").kind(), ErrorKind::kUnsupported);
  EXPECT_EQ(parse_error(R"({"do_pad": true, "pad_size": {"height": 5, "width": 5}})").kind(),
            ErrorKind::kUnsupported);
}

TEST(PreprocessConfig, RefusesBrokenFieldsByName) {
  for (const auto& [text, word] : std::vector<std::pair<std::string, std::string>>{
           {"[]", "object"},
           {R"({"image_processor": 3})", "object"},
           {R"({"size": "big"})", "size"},
           {R"({"size": 0})", "size"},
           {R"({"size": {"shortest_edge": -4}})", "shortest_edge"},
           {R"({"size": {"shortest_edge": 99999999999999999999}})", "shortest_edge"},
           {R"({"crop_size": {"height": 5}})", "width"},
           {R"({"crop_size": [5, 5]})", "crop_size"},
           {R"({"do_resize": "yes"})", "do_resize"},
           {R"({"resample": 9})", "resample"},
           {R"({"image_mean": [0.1, 0.2]})", "image_mean"},
           {R"({"image_mean": [0.1, 0.2, "x"]})", "image_mean"},
           {R"({"image_std": [0.1, 0, 0.3]})", "image_std"}}) {
    const Error error = parse_error(text);
    EXPECT_THAT(error.message(), AllOf(HasSubstr("p.json"), HasSubstr(word))) << text;
    EXPECT_NE(error.kind(), ErrorKind::kInternal) << text;
  }
}

TEST(PreprocessConfig, HashTextTellsEveryFieldApart) {
  const std::set<std::string> texts = {
      PreprocessConfig{}.hash_text(),
      parse(R"({"image_aspect_ratio": "pad"})").hash_text(),
      parse(R"({"do_resize": false})").hash_text(),
      parse(R"({"size": 225})").hash_text(),
      parse(R"({"size": {"shortest_edge": 224, "longest_edge": 300}})").hash_text(),
      parse(R"({"size": {"height": 224, "width": 225}})").hash_text(),
      parse(R"({"resample": 1})").hash_text(),
      parse(R"({"do_center_crop": false})").hash_text(),
      parse(R"({"crop_size": {"height": 224, "width": 225}})").hash_text(),
      parse(R"({"crop_size": {"height": 225, "width": 224}})").hash_text(),
      parse(R"({"do_rescale": false})").hash_text(),
      parse(R"({"rescale_factor": 0.1})").hash_text(),
      parse(R"({"do_normalize": false})").hash_text(),
      parse(R"({"image_mean": 0.5})").hash_text(),
      parse(R"({"image_std": 0.5})").hash_text()};
  EXPECT_EQ(texts.size(), 15u);
  EXPECT_EQ(parse(R"({"size": 224})").hash_text(), PreprocessConfig{}.hash_text());
}

class PreprocessFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
    make_folder(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const char* name, const char* text) { write_file_atomically(folder_ / name, text); }

  std::filesystem::path folder_;
};

TEST_F(PreprocessFolder, PrefersTheNestedConfiguration) {
  write("preprocessor_config.json", R"({"size": 100})");
  write("processor_config.json", R"({"patch_size": 14})");
  EXPECT_EQ(read_preprocess_config(folder_).size.shortest_edge, 100);
  write("processor_config.json", R"({"patch_size": 14, "image_processor": {"size": 90}})");
  EXPECT_EQ(read_preprocess_config(folder_).size.shortest_edge, 90);
}

TEST_F(PreprocessFolder, SaysWhichFileIsMissing) {
  const Error error = error_of([&] { read_preprocess_config(folder_); });
  EXPECT_EQ(error.kind(), ErrorKind::kNotFound);
  EXPECT_THAT(error.message(), HasSubstr("preprocessor_config.json"));
}

TEST(Preprocess, NormalisesEachChannel) {
  PreprocessConfig config;
  config.crop_height = 3;
  config.crop_width = 2;
  const PixelValues pixels = preprocess(solid_image(50, 40, {0, 128, 255}), config);
  EXPECT_EQ(pixels.channels, 3);
  EXPECT_EQ(pixels.height, 3);
  EXPECT_EQ(pixels.width, 2);
  ASSERT_EQ(pixels.values.size(), 18u);
  const double bytes[] = {0, 128, 255};
  for (std::size_t i = 0; i < pixels.values.size(); ++i) {
    const std::size_t c = i / 6;
    const double want = (bytes[c] / 255 - config.image_mean[c]) / config.image_std[c];
    EXPECT_NEAR(pixels.values[i], want, 1e-6);
  }
}

TEST(Preprocess, KeepsBytesWhereNothingIsAsked) {
  PreprocessConfig config;
  config.do_resize = config.do_center_crop = config.do_rescale = config.do_normalize = false;
  const Image image = noise_image(3, 2, 1);
  const PixelValues pixels = preprocess(image, config);
  EXPECT_EQ(pixels.values[0], image.rgb[0]);
  EXPECT_EQ(pixels.values[1], image.rgb[3]);
  EXPECT_EQ(pixels.values[6], image.rgb[1]);
}

TEST(Frame, KeepsTheAspectRatioBeforeTheCrop) {
  PreprocessConfig config;
  config.do_center_crop = false;
  config.size = {.shortest_edge = 100};
  const Image wide = frame(noise_image(301, 200, 1), config);
  EXPECT_EQ(wide.width, 150);
  EXPECT_EQ(wide.height, 100);
  config.size.longest_edge = 120;
  const Image bounded = frame(noise_image(301, 200, 1), config);
  EXPECT_EQ(bounded.width, 120);
  EXPECT_EQ(bounded.height, 80);
}

TEST(Frame, PadsWithTheMeanColour) {
  PreprocessConfig config;
  config.pad_to_square = true;
  config.do_resize = config.do_center_crop = false;
  const Image got = frame(solid_image(4, 2, {9, 9, 9}), config);
  EXPECT_EQ(got.height, 4);
  EXPECT_EQ(got.rgb[0], 122);  // int(0.48145466 * 255)
  EXPECT_EQ(got.rgb[1], 116);
  EXPECT_EQ(got.rgb[2], 104);
}

TEST(Frame, TakesVeryLongPicturesAndRefusesImpossibleOnes) {
  EXPECT_EQ(frame(noise_image(1, 20000, 1), {}).height, 224);
  PreprocessConfig whole;
  whole.do_center_crop = false;
  const Error large = error_of([&] { frame(noise_image(1, 20000, 1), whole); });
  EXPECT_EQ(large.kind(), ErrorKind::kUnsupported);
  PreprocessConfig fine;
  fine.size.shortest_edge = 16384;
  const Error narrow = error_of([&] { frame(noise_image(1, 60000, 1), fine); });
  EXPECT_EQ(narrow.kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(narrow.message(), HasSubstr("1 x 60000"));
}

TEST(SyntheticImage, IsTheSameEverywhere) {
  const Image noise = noise_image(4, 4, 1234);
  const std::vector<std::uint8_t> start(noise.rgb.begin(), noise.rgb.begin() + 10);
  const std::vector<std::uint8_t> want = {219, 28, 24,  47, 27,
                                          246, 12, 187, 36, 101};  // SplitMix64
  EXPECT_EQ(start, want);
  EXPECT_NE(noise_image(4, 4, 1235), noise);
}

TEST(SyntheticImage, NoiseUsesEveryByteEqually) {
  const Image noise = noise_image(256, 256, 5);
  std::vector<int> counts(256);
  for (const std::uint8_t byte : noise.rgb) ++counts[byte];
  for (const int count : counts) EXPECT_NEAR(count, 768, 768 / 5);  // five and a half sigma
}

}  // namespace
}  // namespace sightline
