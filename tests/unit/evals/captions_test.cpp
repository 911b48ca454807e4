#include "evals/captions.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/file.h"
#include "sightline/error.h"
#include "support/fake_generator.h"
#include "support/temporary_folder.h"

namespace sightline {
namespace {

std::vector<std::shared_ptr<const Picture>> pictures(int count) {
  std::vector<std::shared_ptr<const Picture>> out;
  for (int i = 0; i < count; ++i) out.push_back(Picture::from_bytes(std::to_string(i), "p"));
  return out;
}

class Describing : public ::testing::Test {
 protected:
  Captions describe(Generator& generator, int count, int workers = 1) const {
    return describe_pictures(pictures(count), generator,
                             {.file = file(), .workers = workers, .show_progress = false});
  }
  std::filesystem::path file() const { return folder_.path() / "out" / "captions.jsonl"; }

 private:
  TemporaryFolder folder_;
};

TEST_F(Describing, AsksForEachPictureOnceAndKeepsWhatItHeard) {
  FakeGenerator generator([](const FakeAsk& asked) {
    EXPECT_TRUE(asked.has_picture);
    EXPECT_NE(asked.question.find("Describe this picture"), std::string::npos);
    return " A red bicycle.\n";
  });
  const Captions first = describe(generator, 5, 3);
  ASSERT_EQ(first.size(), 5U);
  EXPECT_EQ(first.begin()->second, (Caption{.text = "A red bicycle.", .error = ""}));
  EXPECT_EQ(describe(generator, 5), first);
  EXPECT_EQ(generator.asks().size(), 5U);
  EXPECT_EQ(describe(generator, 7).size(), 7U);
  EXPECT_EQ(generator.asks().size(), 7U);
}

TEST_F(Describing, GoesOnWhereAKilledProgramLeftHalfALine) {
  FakeGenerator generator;
  const Captions all = describe(generator, 3);
  const std::string text = read_file(file(), 1 << 20);
  write_file_atomically(file(), text.substr(0, text.size() - 10));
  EXPECT_EQ(describe(generator, 3), all);
  EXPECT_EQ(generator.asks().size(), 4U);
  EXPECT_EQ(describe(generator, 3), all);
  EXPECT_EQ(generator.asks().size(), 4U) << "the line after the half one is read";
}

TEST_F(Describing, AnotherModelDescribesForItself) {
  class Other : public FakeGenerator {
   public:
    ModelInfo info() const override { return {.name = "other", .weights_sha256 = "x"}; }
  };
  FakeGenerator generator;
  describe(generator, 2);
  Other other;
  describe(other, 2);
  EXPECT_EQ(other.asks().size(), 2U);
}

TEST_F(Describing, WhatFailsWithOnePictureIsThatPicturesError) {
  std::atomic<int> calls = 0;
  FakeGenerator generator([&calls](const FakeAsk&) -> std::string {
    const int call = calls++;
    if (call == 0) throw Error(ErrorKind::kBadFile, "no picture");
    return call == 1 ? "  " : "a cup";
  });
  const Captions captions = describe(generator, 3);
  EXPECT_EQ(
      std::ranges::count_if(captions, [](const auto& one) { return one.second.text.empty(); }), 2);
  EXPECT_EQ(
      std::ranges::count_if(captions, [](const auto& one) { return one.second.error.empty(); }), 1);
  describe(generator, 3);
  EXPECT_EQ(generator.asks().size(), 5U) << "failures are not kept";
}

TEST_F(Describing, AStopEndsItAndWhatWasDescribedStays) {
  std::stop_source stop;
  FakeGenerator generator([&stop](const FakeAsk&) {
    stop.request_stop();
    return "a cup";
  });
  try {
    describe_pictures(pictures(4), generator,
                      {.file = file(), .stop = stop.get_token(), .show_progress = false});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInterrupted);
  }
  FakeGenerator again;
  EXPECT_EQ(describe(again, 4).size(), 4U);
  EXPECT_EQ(again.asks().size(), 3U);
}

}  // namespace
}  // namespace sightline
