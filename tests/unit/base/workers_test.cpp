#include "base/workers.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace sightline {
namespace {

TEST(ShareWork, DoesEachPieceOnce) {
  std::vector<std::atomic<int>> calls(100);
  share_work(calls.size(), 4, {}, [&](std::size_t i) {
    ++calls[i];
    return true;
  });
  for (const std::atomic<int>& one : calls) EXPECT_EQ(one.load(), 1);
}

TEST(ShareWork, EndsOnlyTheWorkerOfACancelledPiece) {
  std::atomic<int> calls = 0;
  share_work(10, 2, {}, [&](std::size_t i) {
    ++calls;
    return i != 0;
  });
  EXPECT_EQ(calls.load(), 10);
}

TEST(ShareWork, BeginsNothingAfterAStop) {
  std::stop_source stop;
  int calls = 0;
  share_work(10, 1, stop.get_token(), [&](std::size_t i) {
    ++calls;
    if (i == 3) stop.request_stop();
    return true;
  });
  EXPECT_EQ(calls, 4);
}

TEST(ShareWork, RethrowsTheFirstFailureAndBeginsNothingAfterIt) {
  int calls = 0;
  const auto work = [&](std::size_t i) {
    ++calls;
    if (i == 2) throw std::runtime_error("no room");
    return true;
  };
  EXPECT_THROW(share_work(10, 1, {}, work), std::runtime_error);
  EXPECT_EQ(calls, 3);
}

}  // namespace
}  // namespace sightline
