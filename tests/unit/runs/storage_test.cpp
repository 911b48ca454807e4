// Folders that cannot be written and disks that are full.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cstring>
#include <iostream>

#include "runs/run_store.h"
#include "support/eval_fixture.h"
#include "support/temporary_folder.h"

namespace sightline {
namespace {

// A file system of its own, gone at the end of the test.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& size) {
    const std::string options = "size=" + size;
    mounted_ = ::mount("tmpfs", path().c_str(), "tmpfs", 0, options.c_str()) == 0;
    if (!mounted_) std::cerr << "SKIPPED: no mount here: " << std::strerror(errno) << "\n";
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  void make_read_only() const {
    ::mount("tmpfs", path().c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr);
  }
  bool mounted() const { return mounted_; }
  const std::filesystem::path& path() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
  bool mounted_ = false;
};

std::string run_on(const std::filesystem::path& file, int samples) {
  FakeGenerator generator(small_script);
  const EvalPlan plan = small_plan(samples, 4);
  try {
    RunStore store(file, RunStore::Mode::kWrite);
    const std::vector<RunInfo> runs = store.runs();
    const RunConfig config = describe_run(plan, generator.info());
    const auto run = runs.empty() ? store.start(config) : store.resume(runs[0].id, config);
    run_eval(plan, generator, *run);
    return "";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kBadFile);
    return error.message();
  }
}

TEST(Storage, AFullDiskEndsTheRunWithItsReasonAndKeepsTheAnswers) {
  const SmallDisk disk("1500k");
  if (!disk.mounted()) GTEST_SKIP() << "needs the right to mount a small file system";
  const std::filesystem::path file = disk.path() / "runs.db";
  const std::string message = run_on(file, 300);
  EXPECT_NE(message.find("disk is full"), std::string::npos) << message;
  EXPECT_NE(message.find(file.string()), std::string::npos) << message;
  ASSERT_EQ(::mount("tmpfs", disk.path().c_str(), "tmpfs", MS_REMOUNT, "size=64m"), 0);
  RunStore store(file, RunStore::Mode::kWrite);
  const std::size_t kept = store.answers(1).size();
  EXPECT_GT(kept, 50U);
  EXPECT_EQ(run_on(file, 300), "");
  EXPECT_EQ(store.answers(1).size(), 600U);
}

TEST(Storage, AReadOnlyFolderIsNamed) {
  const SmallDisk disk("1m");
  if (!disk.mounted()) GTEST_SKIP() << "needs the right to mount a small file system";
  disk.make_read_only();
  const std::string message = run_on(disk.path() / "runs.db", 2);
  EXPECT_NE(message.find((disk.path() / "runs.db").string()), std::string::npos) << message;
}

TEST(Storage, AStoreInAReadOnlyFolderCanBeRead) {
  const SmallDisk disk("1m");
  if (!disk.mounted()) GTEST_SKIP() << "needs the right to mount a small file system";
  EXPECT_EQ(run_on(disk.path() / "runs.db", 2), "");
  disk.make_read_only();
  RunStore store(disk.path() / "runs.db", RunStore::Mode::kRead);
  EXPECT_EQ(store.answers(1).size(), 4U);
}

TEST(Storage, AFolderThatCannotBeMadeIsNamed) {
  const std::string message = run_on("/proc/no/such/runs.db", 2);
  EXPECT_NE(message.find("/proc/no"), std::string::npos) << message;
}

}  // namespace
}  // namespace sightline
