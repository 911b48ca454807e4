#include "reports/html.h"

#include <gtest/gtest.h>

#include <chrono>

#include "reports/json_report.h"
#include "reports/page.h"
#include "support/report_fixture.h"

namespace sightline {
namespace {

constexpr const char* kData = "<script type=\"application/json\" id=\"report-data\">";

std::size_t count(const std::string& text, const std::string& wanted) {
  std::size_t found = 0;
  for (std::size_t at = text.find(wanted); at != std::string::npos;
       at = text.find(wanted, at + 1)) {
    ++found;
  }
  return found;
}

// What stands between the opening of the data block and the next end of a script.
std::string data_of(const std::string& page) {
  const std::size_t start = page.find(kData) + std::string(kData).size();
  return page.substr(start, page.find("</script>", start) - start);
}

std::size_t scripts_of(const std::string& page) { return count(page, "<script"); }

TEST(ReportPage, NeedsNothingElseAndIsSmall) {
  const std::string page(report_page());
  EXPECT_EQ(count(page, "<!--report-data-->"), 1U);
  EXPECT_EQ(count(page, "<link rel=\"stylesheet\""), 0U);
  EXPECT_EQ(count(page, " src=\"/"), 0U);
  EXPECT_EQ(count(page, "default-src 'none'; script-src 'sha256-"), 1U);
  EXPECT_LT(page.size(), 1'200'000U);
}

TEST(Html, HoldsTheJsonReport) {
  const StoredReport stored;
  const Json data = parse_json(data_of(html_of(stored.report)), "page");
  EXPECT_EQ(data, json_report(stored.report));
}

TEST(Html, HoldsEachPictureOnce) {
  const std::string page = html_of(StoredReport().report);
  EXPECT_EQ(count(page, "id=\"picture-"), 1U);
  EXPECT_EQ(count(page, ">data:image/png;base64,"), 1U);
}

TEST(Html, LetsNothingFromOutsideBeMarkup) {
  const std::string attack =
      "</script><!--<script>alert(1)</script><img src=x onerror=alert(1)>\" onload='x'";
  EvalPlan plan = small_plan(2);
  plan.benchmarks[0].name = attack;
  plan.benchmarks[0].metrics[0].title = attack;
  plan.defences[1].name = attack;
  plan.benchmarks[0].licence = attack;
  for (Sample& sample : plan.benchmarks[0].samples) {
    sample.scenario = attack;
    sample.variant = attack;
    sample.conversation = ask(attack + " 1", Picture::from_bytes(attack, attack));
    sample.id += attack;
  }
  const StoredReport stored(plan, [&attack](const FakeAsk&) { return "Sure " + attack; });
  const std::string page = html_of(stored.report);
  EXPECT_EQ(scripts_of(page), scripts_of(html_of(StoredReport().report)));
  EXPECT_EQ(count(page, "<img src=x"), 0U);
  EXPECT_EQ(count(data_of(page), "<"), 0U);
  EXPECT_EQ(parse_json(data_of(page), "page"), json_report(stored.report));
}

TEST(Html, OfTwentyThousandSamplesTakesSeconds) {
  const StoredReport stored(small_plan(20'000, 1));
  const auto start = std::chrono::steady_clock::now();
  const std::string page = html_of(stored.report);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  EXPECT_LT(page.size(), 40'000'000U);
}

}  // namespace
}  // namespace sightline
