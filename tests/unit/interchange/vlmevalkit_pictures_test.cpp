#include "interchange/vlmevalkit_pictures.h"

#include <gtest/gtest.h>

#include "base/base64.h"
#include "sightline/error.h"

namespace sightline {
namespace {

const std::string kFirst(100, 'a');
const std::string kSecond(100, 'b');

TEST(VlmEvalKitPictures, FollowsReferencesToOtherRows) {
  VlmEvalKitPictures pictures("data.tsv");
  pictures.add("1", base64(kFirst));
  pictures.add("2", "1");
  pictures.add("3", "['1', \"" + base64(kSecond) + "\"]");
  pictures.add("4", "");
  EXPECT_EQ(pictures.of("1").at(0)->bytes(), kFirst);
  EXPECT_EQ(pictures.of("2").at(0)->bytes(), kFirst);
  ASSERT_EQ(pictures.of("3").size(), 2U);
  EXPECT_EQ(pictures.of("3").at(1)->bytes(), kSecond);
  EXPECT_EQ(pictures.of("3").at(0), pictures.of("2").at(0));  // decoded once
  EXPECT_TRUE(pictures.of("4").empty());
  EXPECT_TRUE(pictures.of("5").empty());
}

TEST(VlmEvalKitPictures, RefusesWhatLeadsNowhere) {
  VlmEvalKitPictures pictures("data.tsv");
  pictures.add("1", "2");
  pictures.add("2", "1");
  pictures.add("3", "9");
  pictures.add("4", std::string(100, '*'));
  for (const char* index : {"1", "2", "3", "4"}) {
    EXPECT_THROW(pictures.of(index), Error) << index;
  }
}

}  // namespace
}  // namespace sightline
