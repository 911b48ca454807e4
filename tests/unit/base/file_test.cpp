#include "base/file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>
#include <vector>

#include "base/share.h"
#include "sightline/error.h"
#include "support/temporary_folder.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

ErrorKind kind_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.kind();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorKind::kInternal;
}

// An environment variable for the length of a test.
class Environment {
 public:
  Environment(const char* name, const std::string& value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    ::setenv(name, value.c_str(), 1);
  }
  ~Environment() {
    if (old_)
      ::setenv(name_, old_->c_str(), 1);
    else
      ::unsetenv(name_);
  }

 private:
  const char* name_;
  std::optional<std::string> old_;
};

std::size_t entries_in(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(ReadFile, ReturnsEveryByte) {
  const TemporaryFolder folder;
  const std::string bytes("a\0b\n\xFF", 5);
  write_file_atomically(folder.path() / "f", bytes);
  EXPECT_EQ(read_file(folder.path() / "f", 5), bytes);
}

TEST(ReadFile, RefusesWhatIsAbsentTooLargeOrNoFile) {
  const TemporaryFolder folder;
  write_file_atomically(folder.path() / "f", "12345");
  EXPECT_EQ(kind_of([&] { read_file(folder.path() / "none", 9); }), ErrorKind::kNotFound);
  EXPECT_EQ(kind_of([&] { read_file(folder.path() / "f", 4); }), ErrorKind::kBadFile);
  EXPECT_EQ(kind_of([&] { read_file(folder.path(), 9); }), ErrorKind::kBadFile);
  EXPECT_EQ(kind_of([&] { read_file("/dev/zero", 9); }), ErrorKind::kBadFile);
}

TEST(MappedFile, OutlivesItsNameAndHoldsTheBytes) {
  const TemporaryFolder folder;
  write_file_atomically(folder.path() / "f", "mapped");
  const auto mapped = MappedFile::open(folder.path() / "f");
  fs::remove(folder.path() / "f");
  const auto* text = reinterpret_cast<const char*>(mapped->bytes().data());
  EXPECT_EQ(std::string(text, mapped->bytes().size()), "mapped");
}

TEST(MappedFile, AnEmptyFileHasNoBytes) {
  const TemporaryFolder folder;
  write_file_atomically(folder.path() / "f", "");
  EXPECT_TRUE(MappedFile::open(folder.path() / "f")->bytes().empty());
}

TEST(AtomicFile, IsInvisibleUntilCommitted) {
  const TemporaryFolder folder;
  write_file_atomically(folder.path() / "f", "old");
  AtomicFile out(folder.path() / "f");
  out.write("new");
  EXPECT_EQ(read_file(folder.path() / "f", 9), "old");
  out.commit();
  EXPECT_EQ(read_file(folder.path() / "f", 9), "new");
}

TEST(AtomicFile, LeavesNothingBehindWithoutCommit) {
  const TemporaryFolder folder;
  { AtomicFile(folder.path() / "f").write("lost"); }
  EXPECT_EQ(entries_in(folder.path()), 0u);
}

TEST(AtomicFile, WritersOfOneTargetDoNotMix) {
  const TemporaryFolder folder;
  std::vector<std::thread> writers;
  for (char letter = 'a'; letter < 'i'; ++letter) {
    writers.emplace_back([&folder, letter] {
      write_file_atomically(folder.path() / "f", std::string(10000, letter));
    });
  }
  for (std::thread& writer : writers) writer.join();
  const std::string content = read_file(folder.path() / "f", 10000);
  EXPECT_EQ(content, std::string(10000, content.front()));
  EXPECT_EQ(entries_in(folder.path()), 1u);
}

TEST(AtomicFile, NamesTheTargetThatCannotBeWritten) {
  const TemporaryFolder folder;
  try {
    AtomicFile out(folder.path() / "no" / "f");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kBadFile);
    EXPECT_THAT(error.message(), HasSubstr((folder.path() / "no" / "f").string()));
  }
}

TEST(AtomicFile, AFullDiskIsABadFileAndLeavesTheOldOne) {
  const TemporaryFolder folder;
  write_file_atomically(folder.path() / "f", "old");
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 1000;
  ::setrlimit(RLIMIT_FSIZE, &small);  // writing more fails as a full disk does
  const ErrorKind kind =
      kind_of([&] { write_file_atomically(folder.path() / "f", std::string(5000, 'x')); });
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, old_handler);
  EXPECT_EQ(kind, ErrorKind::kBadFile);
  EXPECT_EQ(read_file(folder.path() / "f", 9), "old");
  EXPECT_EQ(entries_in(folder.path()), 1u);
}

TEST(MakeFolder, CreatesParentsAndRefusesAFileInTheWay) {
  const TemporaryFolder folder;
  make_folder(folder.path() / "a" / "b");
  make_folder(folder.path() / "a" / "b");
  EXPECT_TRUE(fs::is_directory(folder.path() / "a" / "b"));
  write_file_atomically(folder.path() / "f", "");
  EXPECT_EQ(kind_of([&] { make_folder(folder.path() / "f" / "b"); }), ErrorKind::kBadFile);
}

TEST(CacheFolder, FollowsTheEnvironment) {
  const Environment xdg("XDG_CACHE_HOME", "/x");
  {
    const Environment own("SIGHTLINE_CACHE", "/own");
    EXPECT_EQ(cache_folder(), "/own");
  }
  const Environment unset("SIGHTLINE_CACHE", "");
  EXPECT_EQ(cache_folder(), "/x/sightline");
}

TEST(SharePath, LooksOnlyWhereTold) {
  const TemporaryFolder folder;
  make_folder(folder.path() / "data");
  const Environment share("SIGHTLINE_SHARE", folder.path().string());
  EXPECT_EQ(share_path("data"), folder.path() / "data");
  EXPECT_EQ(kind_of([] { share_path("models"); }), ErrorKind::kNotFound);
}

TEST(SharePath, FindsTheSourceTree) {
  const Environment share("SIGHTLINE_SHARE", "");
  EXPECT_TRUE(fs::exists(share_path("models/default/config.json")));
}

}  // namespace
}  // namespace sightline
