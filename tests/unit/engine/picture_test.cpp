#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "sightline/error.h"
#include "sightline/request.h"
#include "support/temporary_folder.h"

namespace sightline {
namespace {

using ::testing::HasSubstr;

std::string error_of(const Picture& picture) {
  try {
    picture.bytes();
  } catch (const Error& error) {
    return error.message();
  }
  return "none";
}

class PictureFile : public testing::Test {
 protected:
  PictureFile() { write_file_atomically(path_, "first"); }

  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "a.png";
};

TEST_F(PictureFile, IsTheSamePictureAsItsBytes) {
  const auto of_file = Picture::from_file(path_.string());
  const auto of_bytes = Picture::from_bytes("first", "a.png");
  EXPECT_EQ(of_file->sha256, of_bytes->sha256);
  EXPECT_EQ(of_file->bytes(), "first");
  EXPECT_EQ(of_bytes->bytes(), "first");
}

TEST_F(PictureFile, ThatBecameAnotherPictureIsAnError) {
  const auto picture = Picture::from_file(path_.string());
  write_file_atomically(path_, "other");
  EXPECT_THAT(error_of(*picture), HasSubstr("a.png' is no longer the picture that it was"));
}

TEST_F(PictureFile, ThatWentAwayIsAnError) {
  const auto picture = Picture::from_file(path_.string());
  std::filesystem::remove(path_);
  EXPECT_THAT(error_of(*picture), HasSubstr("a.png"));
}

}  // namespace
}  // namespace sightline
