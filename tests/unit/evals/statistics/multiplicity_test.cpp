#include "evals/statistics/multiplicity.h"

#include <gtest/gtest.h>

namespace sightline {
namespace {

const std::vector<double> kP = {.001, .008, .039, .041, .042, .06, .074, .205};

void expect_near(const std::vector<double>& found, const std::vector<double>& wanted) {
  ASSERT_EQ(found.size(), wanted.size());
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], wanted[i], 5e-7) << i;
}

TEST(Holm, AgreesWithTheVector) {
  expect_near(holm(kP), {.008, .056, .234, .234, .234, .234, .234, .234});
}

TEST(BenjaminiHochberg, AgreesWithTheVector) {
  expect_near(benjamini_hochberg(kP), {.008, .032, .0672, .0672, .0672, .08, .0845714286, .205});
}

TEST(Multiplicity, KeepsTheOrderItWasGiven) {
  const std::vector<double> mixed = {.5, .01, .2};
  expect_near(holm(mixed), {.5, .03, .4});
  expect_near(benjamini_hochberg(mixed), {.5, .03, .3});
}

TEST(Multiplicity, StopsAtOneAndLeavesOneTestAlone) {
  expect_near(holm(std::vector<double>{.9, .8}), {1, 1});
  expect_near(holm(std::vector<double>{.03}), {.03});
  EXPECT_TRUE(holm({}).empty());
  EXPECT_TRUE(benjamini_hochberg({}).empty());
}

}  // namespace
}  // namespace sightline
