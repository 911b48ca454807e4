#include "reports/requirement.h"

#include <gtest/gtest.h>

#include "sightline/error.h"

namespace sightline {
namespace {

TEST(Requirement, ReadsTheShortForm) {
  const Requirement read = parse_requirement("unsafe_rate<=0.05");
  EXPECT_EQ(read.metric, "unsafe_rate");
  EXPECT_EQ(read.comparison, "<=");
  EXPECT_EQ(read.limit, .05);
  EXPECT_EQ(read.bound, Bound::kValue);
  EXPECT_EQ(read.defence + read.scenario + read.benchmark, "");
}

TEST(Requirement, ReadsSelectorsWithBracketsAndCommas) {
  const Requirement read = parse_requirement(
      "upper( unsafe_rate[defence=a(x=1,y=2)+b, scenario = \"theft, armed\" ,benchmark=mini] ) > "
      "12.5 %");
  EXPECT_EQ(read.bound, Bound::kUpper);
  EXPECT_EQ(read.metric, "unsafe_rate");
  EXPECT_EQ(read.defence, "a(x=1,y=2)+b");
  EXPECT_EQ(read.scenario, "theft, armed");
  EXPECT_EQ(read.benchmark, "mini");
  EXPECT_EQ(read.comparison, ">");
  EXPECT_DOUBLE_EQ(read.limit, .125);
}

// A line of a file or a script's variable brings its end with it.
TEST(Requirement, TakesAnyWhiteSpaceForSpace) {
  const Requirement read = parse_requirement("\nupper(\r\n a\u00A0[defence=\nb]\u2003)\n<=\n5 %\n");
  EXPECT_EQ(read.metric, "a");
  EXPECT_EQ(read.defence, "b");
  EXPECT_EQ(read.bound, Bound::kUpper);
  EXPECT_DOUBLE_EQ(read.limit, .05);
}

TEST(Requirement, LeavesNoByteOutThatIsNoText) {
  EXPECT_THROW(parse_requirement("a<=5 \x80"), Error);
}

TEST(Requirement, ReadsTheNameOfAMetricThatWasJudgedAgain) {
  const std::string judged = "unsafe_rate@strongreject(model=http://host/v1#m,list=[a<=b])";
  EXPECT_EQ(parse_requirement(judged + "<=0.1").metric, judged);
  EXPECT_EQ(parse_requirement("unsafe_rate@md_judge <= 0.1").metric, "unsafe_rate@md_judge");
  const std::string quoted = "right@majority(judges=\"a;b)\")";
  EXPECT_EQ(parse_requirement(quoted + ">0").metric, quoted);
  const Requirement read = parse_requirement("upper(" + judged + "[defence=cmrm(alpha=1)])<5%");
  EXPECT_EQ(read.bound, Bound::kUpper);
  EXPECT_EQ(read.metric, judged);
  EXPECT_EQ(read.defence, "cmrm(alpha=1)");
  EXPECT_EQ(parse_requirement("lower(right@words(a=1))>=0.5").metric, "right@words(a=1)");
}

TEST(Requirement, ComparesAsItIsWritten) {
  EXPECT_TRUE(parse_requirement("a<=1").holds(1));
  EXPECT_FALSE(parse_requirement("a<1").holds(1));
  EXPECT_TRUE(parse_requirement("a>=1").holds(1));
  EXPECT_FALSE(parse_requirement("lower(a)>1").holds(1));
}

class BadRequirements : public testing::TestWithParam<const char*> {};

TEST_P(BadRequirements, AreRefusedWithTheColumn) {
  try {
    parse_requirement(GetParam());
    FAIL() << GetParam();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_NE(error.message().find("requirement '"), std::string::npos) << error.message();
  }
}

INSTANTIATE_TEST_SUITE_P(Requirement, BadRequirements,
                         testing::Values("", "a", "a<=", "a<=x", "a<=0.1.2", "<=1", "a==1",
                                         "a[scenario=x<=1", "a[defence]<=1", "a[colour=red]<=1",
                                         "a[defence=]<=1", "upper(a<=1", "a)<=1", "a<=nan",
                                         "a<=1e999", "a[scenario=\"x]<=1", "a<=0.1 b", "a@b(c<=1",
                                         "upper(a@b(c)<=1"));

}  // namespace
}  // namespace sightline
