#include "engine/stop_text.h"

#include <gtest/gtest.h>

namespace sightline {
namespace {

std::string shown(StopText& stop, const std::vector<std::string>& pieces) {
  std::string out;
  for (const std::string& piece : pieces) out += stop.push(piece) + "|";
  return out + stop.finish();
}

TEST(StopText, PassesTextThroughWithoutStops) {
  StopText stop({});
  EXPECT_EQ(shown(stop, {"ab", "c"}), "ab|c|");
}

TEST(StopText, HoldsBackWhatMayBecomeAStop) {
  StopText stop({"END"});
  EXPECT_EQ(shown(stop, {"xE", "N", "y"}), "x||ENy|");
  EXPECT_FALSE(stop.stopped());
}

TEST(StopText, EndsBeforeTheFirstStopAcrossPieces) {
  StopText stop({"END", "##"});
  EXPECT_EQ(shown(stop, {"abE", "ND##", "more"}), "ab|||");
  EXPECT_TRUE(stop.stopped());
}

TEST(StopText, GivesBackTheHeldEnd) {
  StopText stop({"abc"});
  EXPECT_EQ(shown(stop, {"xab"}), "x|ab");
}

TEST(StopText, OverlappingBeginningsKeepTheLongestTail) {
  StopText stop({"aab"});
  EXPECT_EQ(shown(stop, {"aaa", "b"}), "a||");
  EXPECT_TRUE(stop.stopped());
}

}  // namespace
}  // namespace sightline
