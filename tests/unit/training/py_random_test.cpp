#include "training/py_random.h"

#include <gtest/gtest.h>

#include <numeric>

namespace sightline {
namespace {

using Indices = std::vector<std::size_t>;

TEST(PyRandom, GivesThePublishedWords) {
  PyRandom random(0);
  for (const std::uint32_t wanted : {3626764237U, 1654615998U, 3255389356U, 3823568514U}) {
    EXPECT_EQ(random.next(), wanted);
  }
}

TEST(PyRandom, SamplesSmallAndLargePopulationsAsPythonDoes) {
  EXPECT_EQ(PyRandom(0).sample(100, 10), (Indices{49, 97, 53, 5, 33, 65, 62, 51, 38, 61}));
  EXPECT_EQ(PyRandom(0).sample(10000, 5), (Indices{6311, 6890, 663, 4242, 8376}));
  EXPECT_EQ(PyRandom(0).sample(3, 0), Indices{});
}

TEST(PyRandom, ShufflesAndChoosesAsPythonDoes) {
  std::vector<int> order(10);
  std::iota(order.begin(), order.end(), 0);
  PyRandom(0).shuffle(order);
  EXPECT_EQ(order, (std::vector<int>{7, 8, 1, 5, 3, 4, 2, 0, 9, 6}));

  const std::vector<int> from = {1, 2, 3, 4, 5};
  PyRandom random(0);
  std::vector<int> chosen;
  for (int i = 0; i < 12; ++i) chosen.push_back(random.choice(from));
  EXPECT_EQ(chosen, (std::vector<int>{4, 4, 1, 3, 5, 4, 4, 3, 4, 3, 5, 2}));
}

}  // namespace
}  // namespace sightline
