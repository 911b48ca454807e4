#include "reports/significance.h"

#include <gtest/gtest.h>

#include "reports/comparison.h"
#include "reports/json_report.h"
#include "support/runs_fixture.h"

namespace sightline {
namespace {

std::optional<PairedDifference> difference(double p) {
  PairedDifference out;
  out.n = 100;
  out.p = p;
  return out;
}

TEST(Significance, AValueWithoutATestTakesNoPartInItsFamily) {
  const std::optional<PairedDifference> none;
  const auto first = difference(.04);
  const auto second = difference(.01);
  EXPECT_EQ(claimed({&first, &none, &second}), (AdjustedFamily{.04, std::nullopt, .02}));
  EXPECT_EQ(explored({&second, &none, &first}), (AdjustedFamily{.02, std::nullopt, .04}));
  EXPECT_TRUE(claimed({}).empty());
}

TEST(Significance, AReportAndAComparisonOfOneRunClaimTheSame) {
  StoredRuns runs;
  runs.add(plan_with_harmless(40));
  const Comparison found = compare(runs.reports, {});
  const Json report = json_summary(runs.reports.front());
  int claims = 0;
  for (const Json& row : report.at("benchmarks").at(0).at("rows")) {
    if (!row.value("paired", Json::object()).contains("holm_p")) continue;
    ++claims;
    for (const ComparedRow& compared : found.rows) {
      const bool same =
          compared.metric.name == row.at("metric") && compared.side.defence == row.at("defence");
      if (same) {
        EXPECT_EQ(row.at("paired").at("holm_p"), compared.adjusted.value());
      }
    }
  }
  EXPECT_EQ(claims, 2);
}

}  // namespace
}  // namespace sightline
