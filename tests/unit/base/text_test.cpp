// What people read on stderr: log lines and progress.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/log.h"
#include "base/progress.h"

namespace sightline {
namespace {

using ::testing::HasSubstr;
using ::testing::internal::CaptureStderr;
using ::testing::internal::GetCapturedStderr;

TEST(Duration, ReadsNaturally) {
  EXPECT_EQ(duration_text(12.34), "12.3 s");
  EXPECT_EQ(duration_text(65), "1m 05s");
  EXPECT_EQ(duration_text(7800), "2h 10m");
}

TEST(Progress, EndsWithWhatWasDone) {
  CaptureStderr();
  {
    Progress progress("asking", 3, "answers");
    for (int i = 0; i < 3; ++i) progress.advance();
  }
  const std::string out = GetCapturedStderr();
  EXPECT_THAT(out, HasSubstr("asking"));
  EXPECT_THAT(out, HasSubstr("3/3 answers"));
  EXPECT_EQ(out.back(), '\n');
}

TEST(Progress, NothingToDoDividesByNothing) {
  CaptureStderr();
  { Progress progress("asking", 0, "answers"); }
  EXPECT_THAT(GetCapturedStderr(), HasSubstr("0/0 answers"));
}

TEST(Log, DropsWhatIsBelowTheLevel) {
  set_log_level(LogLevel::kWarning);
  CaptureStderr();
  log_info("not {}", "this");
  log_warning("but {}", "that");
  const std::string out = GetCapturedStderr();
  set_log_level(LogLevel::kInfo);
  EXPECT_THAT(out, HasSubstr("warning: but that"));
  EXPECT_THAT(out, Not(HasSubstr("not this")));
}

}  // namespace
}  // namespace sightline
