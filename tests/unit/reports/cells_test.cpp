#include "reports/cells.h"

#include <gtest/gtest.h>

namespace sightline {
namespace {

MetricValue share(double value, double low, double high) {
  MetricValue out;
  out.value = value;
  out.low = low;
  out.high = high;
  out.unit = "share";
  out.counts.n_ok = 93;
  return out;
}

TEST(Cells, ShowAShareInPercent) {
  EXPECT_EQ(cell_text(share(.123, .091, .165)), "12.3 % [9.1, 16.5] n=93");
}

TEST(Cells, ShowSeconds) {
  MetricValue value = share(.413, .39, .4372);
  value.unit = "seconds";
  EXPECT_EQ(cell_text(value), "0.41 s [0.39, 0.44] n=93");
}

TEST(Cells, ShowShortSecondsWithAThirdDigit) {
  MetricValue value = share(.0413, .039, .0437);
  value.unit = "seconds";
  EXPECT_EQ(cell_text(value), "0.041 s [0.039, 0.044] n=93");
}

TEST(Cells, ShowAnIndexWithItsSign) {
  MetricValue value = share(-.0787, -.12, .0042);
  value.unit = "index";
  EXPECT_EQ(cell_text(value), "−0.079 [−0.120, 0.004] n=93");
}

TEST(Cells, ShowTheClusteredIntervalWhereThereIsOne) {
  MetricValue value = share(.123, .091, .165);
  EXPECT_EQ(clustered_text(value), "");
  value.clustered_low = .05;
  value.clustered_high = .25;
  EXPECT_EQ(clustered_text(value), "[5.0, 25.0]");
}

TEST(Cells, SayWhatIsLeftOut) {
  MetricValue value = share(.5, .4, .6);
  value.counts.n_unparsed = 2;
  value.counts.n_error = 1;
  EXPECT_EQ(cell_text(value), "50.0 % [40.0, 60.0] n=93, 2 unparsed, 1 error");
  value.counts.n_missing = 70;
  EXPECT_EQ(counts_text(value.counts), "n=93, 2 unparsed, 1 error, 70 missing");
}

TEST(Cells, ShowNoNumberWhereThereIsNone) {
  MetricValue value;
  value.unit = "share";
  value.counts.n_empty = 3;
  EXPECT_EQ(cell_text(value), "– n=0, 3 empty");
}

TEST(Cells, TellTheDifferenceWithItsSign) {
  SummaryRow row;
  EXPECT_EQ(paired_text(row), "");
  row.paired = PairedDifference{.against = "none",
                                .n = 60,
                                .gained = 1,
                                .lost = 12,
                                .difference = -11.0 / 60,
                                .p = .00342,
                                .test = "mcnemar"};
  EXPECT_EQ(paired_text(row), "−18.3 points against none, p = 0.003");
  row.paired->difference = .02;
  row.paired->p = .00042;
  EXPECT_EQ(paired_text(row), "+2.0 points against none, p < 0.001");
  row.paired->difference = 0;
  row.paired->p = 1;
  EXPECT_EQ(paired_text(row), "±0.0 points against none, p = 1.000");
}

}  // namespace
}  // namespace sightline
