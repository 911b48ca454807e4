#include "base/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"

namespace sightline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Registry, ReturnsWhatWasAdded) {
  Registry<int> registry("number");
  registry.add("two", 2);
  registry.add("one", 1);
  EXPECT_EQ(registry.at("two"), 2);
  EXPECT_THAT(registry.names(), ElementsAre("one", "two"));
}

TEST(Registry, RefusesASecondEntryOfAName) {
  Registry<int> registry("number");
  registry.add("one", 1);
  EXPECT_THROW(registry.add("one", 2), Error);
}

TEST(Registry, NamesTheNearestOfAnUnknownName) {
  Registry<int> registry("defence");
  registry.add("cmrm", 1);
  registry.add("none", 2);
  try {
    registry.at("crmm");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "unknown defence 'crmm'");
    EXPECT_THAT(error.hint(), HasSubstr("did you mean 'cmrm'?"));
  }
}

TEST(NearNames, ListsTwelveAtMostAndGuessesOnlyWhatIsNear) {
  const std::vector<std::string> many(20, "abcdef");
  EXPECT_THAT(near_names_hint("zzz", many), HasSubstr("known: abcdef"));
  EXPECT_THAT(near_names_hint("zzz", many), Not(HasSubstr("did you mean")));
  EXPECT_THAT(near_names_hint("zzz", many), HasSubstr("…"));
}

TEST(Random, IsTheSameEverywhere) {
  Random random(1234);
  EXPECT_EQ(random.next(), 0xbb0cf61b2f181cdbULL);  // of the published SplitMix64
}

TEST(Random, StaysBelowItsBoundAndReachesIt) {
  Random random(1);
  bool reached[5] = {};
  for (int i = 0; i < 200; ++i) {
    reached[random.below(5)] = true;
    const double x = random.uniform();
    ASSERT_GE(x, 0.0);
    ASSERT_LT(x, 1.0);
  }
  EXPECT_THAT(reached, ::testing::Each(true));
}

TEST(Random, ShufflesAlikeEverywhere) {
  std::vector<int> list = {0, 1, 2, 3, 4, 5};
  Random random(7);
  shuffle(list, random);
  EXPECT_EQ(list, (std::vector<int>{1, 5, 0, 2, 4, 3}));
  std::vector<int> one = {8};
  shuffle(one, random);
  EXPECT_EQ(one, std::vector<int>{8});
}

TEST(DeriveSeed, DependsOnSeedAndName) {
  EXPECT_EQ(derive_seed(1, "a"), derive_seed(1, "a"));
  EXPECT_NE(derive_seed(1, "a"), derive_seed(1, "b"));
  EXPECT_NE(derive_seed(1, "a"), derive_seed(2, "a"));
}

}  // namespace
}  // namespace sightline
