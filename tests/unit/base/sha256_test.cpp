#include "base/sha256.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "sightline/error.h"
#include "support/temporary_folder.h"

namespace sightline {
namespace {

// The two examples of FIPS 180-2.
constexpr const char* kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr const char* kOfNothing =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST(Sha256, MeetsTheStandardsExamples) {
  EXPECT_EQ(sha256("abc"), kOfAbc);
  EXPECT_EQ(sha256(""), kOfNothing);
}

TEST(Sha256, PiecewiseIsTheSame) { EXPECT_EQ(Sha256().add("a").add("").add("bc").hex(), kOfAbc); }

TEST(Sha256, OfAFileIsOfItsBytes) {
  const TemporaryFolder folder;
  write_file_atomically(folder.path() / "f", "abc");
  EXPECT_EQ(sha256_of_file(folder.path() / "f"), kOfAbc);
  EXPECT_THROW(sha256_of_file(folder.path() / "none"), Error);
}

}  // namespace
}  // namespace sightline
