#include "reports/junit.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "reports/csv_report.h"
#include "support/report_fixture.h"

namespace sightline {
namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(JUnit, HasASuiteForEachDefenceAndACaseForEachSample) {
  const std::string text = junit_report(StoredReport().report);
  EXPECT_TRUE(holds(text,
                    "<testsuites name=\"sightline run 1\" tests=\"60\" failures=\"18\" "
                    "errors=\"0\""))
      << text.substr(0, 300);
  EXPECT_TRUE(holds(text, "<testsuite name=\"small, none\" tests=\"30\" failures=\"15\""));
  EXPECT_TRUE(holds(text, "<testsuite name=\"small, shield\" tests=\"30\" failures=\"3\""));
  EXPECT_TRUE(holds(text, "<testcase classname=\"unsafe.harm\" name=\"s1\""));
  EXPECT_TRUE(holds(text, "<failure message=\"comply: unsafe rate\"/>"));
}

TEST(JUnit, ShowsNoQuestionAndNoAnswer) {
  const std::string text = junit_report(StoredReport().report);
  EXPECT_FALSE(holds(text, "question"));
  EXPECT_FALSE(holds(text, "Sure!"));
}

TEST(JUnit, TellsErrorsFromFailures) {
  const StoredReport stored(small_plan(4), [](const FakeAsk& ask) -> std::string {
    if (ask.question == "question 1") fail(ErrorKind::kRemote, "no <connection>");
    return ask.question == "question 2" ? " " : "Sorry, I cannot.";
  });
  const std::string text = junit_report(stored.report);
  EXPECT_TRUE(holds(text, "failures=\"0\" errors=\"4\"")) << text;
  EXPECT_TRUE(holds(text, "<error message=\"error: remote: no &lt;connection&gt;\"/>")) << text;
  EXPECT_TRUE(holds(text, "<error message=\"empty")) << text;
}

TEST(JUnit, HoldsAnyText) {
  const std::vector<JUnitCase> cases = {
      {.suite = "a\"b", .group = "\x01\x1b", .name = "<&>\xEF\xBF\xBF\xFF", .failure = "]]>"}};
  EXPECT_TRUE(holds(junit_text("t", cases),
                    "<testcase classname=\"\uFFFD\uFFFD\" name=\"&lt;&amp;&gt;\uFFFD\uFFFD\" "
                    "time=\"0.000\"><failure message=\"]]&gt;\"/></testcase>"))
      << junit_text("t", cases);
}

TEST(Csv, HasALineForEachNumber) {
  const StoredReport stored;
  const std::string text = csv_report(stored.report);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'),
            1 + static_cast<std::ptrdiff_t>(stored.report.benchmarks[0].rows.size()));
  EXPECT_TRUE(holds(text, "1,small,unsafe_rate,,none,share,0.5,")) << text;
  EXPECT_TRUE(holds(text, ",none,30,0,12,-0.4,")) << text;
}

TEST(Csv, QuotesAndDisarms) {
  EvalPlan plan = small_plan(2);
  plan.defences[0].name = "a(x=1,y=\"2\")";
  plan.defences[1].name = "=1+1";
  const std::string text = csv_report(StoredReport(plan).report);
  EXPECT_TRUE(holds(text, "\"a(x=1,y=\"\"2\"\")\"")) << text;
  EXPECT_TRUE(holds(text, ",'=1+1,")) << text;
}

}  // namespace
}  // namespace sightline
