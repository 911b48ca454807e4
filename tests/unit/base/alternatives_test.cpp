#include "base/alternatives.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sightline {
namespace {

using ::testing::ElementsAre;

TEST(Alternatives, OfATextWithoutBracesAreTheText) {
  EXPECT_THAT(alternatives("cmrm(alpha=1,layers=2:4)"), ElementsAre("cmrm(alpha=1,layers=2:4)"));
  EXPECT_THAT(alternatives(""), ElementsAre(""));
}

TEST(Alternatives, AreOneTextForEachElement) {
  EXPECT_THAT(alternatives("cmrm(alpha={0.5,1,})"),
              ElementsAre("cmrm(alpha=0.5)", "cmrm(alpha=1)", "cmrm(alpha=)"));
}

TEST(Alternatives, OfSeveralBracesAreEveryCombination) {
  EXPECT_THAT(alternatives("{a,b}-{1,2}"), ElementsAre("a-1", "a-2", "b-1", "b-2"));
}

TEST(Alternatives, LeaveOtherBracesAlone) {
  EXPECT_THAT(alternatives("x{adapter}y"), ElementsAre("x{adapter}y"));
  EXPECT_THAT(alternatives("p(text=\"{a,b}\",n={1,2})"),
              ElementsAre("p(text=\"{a,b}\",n=1)", "p(text=\"{a,b}\",n=2)"));
  EXPECT_THAT(alternatives("p={\"a, b}\",c}"), ElementsAre("p=\"a, b}\"", "p=c"));
  EXPECT_THAT(alternatives("a{1,2"), ElementsAre("a{1,2"));
  EXPECT_THAT(alternatives("a}1,2{"), ElementsAre("a}1,2{"));
  EXPECT_THAT(alternatives("{x},{1,2}"), ElementsAre("{x},1", "{x},2"));
}

}  // namespace
}  // namespace sightline
