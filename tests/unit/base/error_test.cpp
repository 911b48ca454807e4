#include "sightline/error.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

namespace sightline {
namespace {

constexpr ErrorKind kAllKinds[] = {
    ErrorKind::kUsage,       ErrorKind::kNotFound, ErrorKind::kBadFile,     ErrorKind::kShape,
    ErrorKind::kUnsupported, ErrorKind::kRemote,   ErrorKind::kInterrupted, ErrorKind::kInternal};

TEST(Format, FillsPlaceholdersInOrder) {
  EXPECT_EQ(format("{} of {}: {}", 3, "x", 2.5), "3 of x: 2.5");
  EXPECT_EQ(format("{}", std::vector<int>{2, 3}), "[2, 3]");
  EXPECT_EQ(format("{{{}}}", true), "{true}");
}

TEST(Format, NumbersReadBackEqual) {
  EXPECT_EQ(to_text(0.1), "0.1");
  EXPECT_EQ(std::stod(to_text(1.0 / 3)), 1.0 / 3);
  EXPECT_EQ(to_text(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(to_text(std::int8_t{-5}), "-5");
}

TEST(Format, RefusesAnotherNumberOfArguments) {
  EXPECT_THROW(format("{} {}", 1), Error);
  EXPECT_THROW(format("{}", 1, 2), Error);
}

TEST(ErrorKinds, HaveDistinctNames) {
  std::set<std::string_view> names;
  for (const ErrorKind kind : kAllKinds) names.insert(name_of(kind));
  EXPECT_EQ(names.size(), std::size(kAllKinds));
}

TEST(ErrorKinds, HaveTheDocumentedExitCodes) {
  const int wanted[] = {2, 3, 4, 4, 5, 6, 130, 70};
  for (std::size_t i = 0; i < std::size(kAllKinds); ++i) {
    EXPECT_EQ(exit_code_of(kAllKinds[i]), wanted[i]) << name_of(kAllKinds[i]);
  }
}

TEST(Fail, CarriesKindMessageAndHint) {
  try {
    fail_with_hint(ErrorKind::kNotFound, "look elsewhere", "no {} at {}", "model", "x");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kNotFound);
    EXPECT_EQ(error.message(), "no model at x");
    EXPECT_EQ(error.hint(), "look elsewhere");
    EXPECT_STREQ(error.what(), "no model at x (hint: look elsewhere)");
  }
}

}  // namespace
}  // namespace sightline
