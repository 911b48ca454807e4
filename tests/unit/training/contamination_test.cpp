#include "training/builders/contamination.h"

#include "data_folder.h"
#include "image/image.h"

namespace sightline {
namespace {

// A picture with large shapes and a little grain, as photographs have.
Image scene(int edge, int bright, int grain) {
  Image image{.width = edge, .height = edge, .rgb = {}};
  for (int y = 0; y < edge; ++y) {
    for (int x = 0; x < edge; ++x) {
      const int level = (x * 200 / edge + (y > edge / 2 ? bright : 0)) % 240;
      for (int c = 0; c < 3; ++c) {
        image.rgb.push_back(static_cast<std::uint8_t>(level + (grain * (x + y + c)) % 5));
      }
    }
  }
  return image;
}

class Contamination : public DataFolder {
 protected:
  PictureKey key(const Image& image) { return picture_key(write("p.png", encode_png(image))); }
};

TEST_F(Contamination, FindsARecodedAndAResizedPicture) {
  BenchmarkIndex index;
  index.add_picture(key(scene(64, 50, 0)));
  EXPECT_TRUE(index.has_picture(key(scene(64, 50, 0))));
  EXPECT_TRUE(index.has_picture(key(scene(64, 50, 1))));
  EXPECT_TRUE(index.has_picture(key(scene(128, 50, 1))));
  EXPECT_FALSE(index.has_picture(key(scene(64, 90, 0))));
}

TEST(TextIndex, FindsASentenceWithTwoWordsChanged) {
  BenchmarkIndex index;
  index.add_text("You could leave the window of the kitchen open all night.");
  EXPECT_TRUE(index.has_text("you could leave the door of the cellar open all night"));
  EXPECT_FALSE(index.has_text("You could paint a picture of your garden every morning."));
  EXPECT_FALSE(index.has_text("open all"));
}

TEST(TextIndex, ShortTextsMustBeEqual) {
  BenchmarkIndex index;
  index.add_text("Eat it.");
  EXPECT_TRUE(index.has_text("eat it!"));
  EXPECT_FALSE(index.has_text("eat it up"));
}

}  // namespace
}  // namespace sightline
