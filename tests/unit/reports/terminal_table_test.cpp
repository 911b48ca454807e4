#include "reports/terminal_table.h"

#include <gtest/gtest.h>

#include <sstream>

#include "support/report_fixture.h"

namespace sightline {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(TerminalTable, AlignsItsColumnsAlsoUnderWideNames) {
  EvalPlan plan = small_plan(10);
  plan.defences[1].name = "盾牌";
  const StoredReport stored(plan);
  const auto lines = lines_of(terminal_table(stored.report, {.width = 200, .colours = false}));
  const std::size_t header = 2;
  const auto column_of = [](const std::string& line, const std::string& text) {
    return display_width(line.substr(0, line.find(text)));
  };
  const std::size_t column = column_of(lines.at(header), "unsafe rate");
  EXPECT_EQ(column_of(lines.at(header + 2), "50.0 %"), column);
  EXPECT_EQ(column_of(lines.at(header + 3), "10.0 %"), column);
}

TEST(TerminalTable, HoldsValueIntervalAndCount) {
  const StoredReport stored;
  const std::string table = terminal_table(stored.report, {.width = 200, .colours = false});
  EXPECT_NE(table.find("50.0 % [33.2, 66.8] n=30"), std::string::npos) << table;
  EXPECT_NE(table.find("run 1 · fake, fp32, cpu · small · 30 samples"), std::string::npos) << table;
  EXPECT_EQ(table.find('\033'), std::string::npos);
}

TEST(TerminalTable, PutsCellsOnLinesWhereTheTerminalIsNarrow) {
  EvalPlan plan = small_plan(10);
  for (int i = 0; i < 4; ++i) plan.benchmarks[0].metrics.push_back(plan.benchmarks[0].metrics[0]);
  for (std::size_t i = 0; i < plan.benchmarks[0].metrics.size(); ++i) {
    plan.benchmarks[0].metrics[i].name += std::to_string(i);
  }
  const StoredReport stored(plan);
  for (const std::string& line :
       lines_of(terminal_table(stored.report, {.width = 120, .colours = false}))) {
    EXPECT_LE(display_width(line), 120U) << line;
    EXPECT_TRUE(line.empty() || line.back() != ' ') << "'" << line << "'";
  }
}

TEST(TerminalTable, ShowsWhatThePictureChanges) {
  const StoredReport stored(ablated_plan(12), ablated_script);
  const std::string wide = terminal_table(stored.report, {.width = 200, .colours = false});
  EXPECT_NE(wide.find("What the picture changes\n"), std::string::npos) << wide;
  EXPECT_NE(wide.find("n=6 +100.0 points against image=none, p = 0.031"), std::string::npos)
      << wide;
  for (const std::string& line :
       lines_of(terminal_table(stored.report, {.width = 110, .colours = false}))) {
    EXPECT_LE(display_width(line), 110U) << line;
  }
}

TEST(TerminalTable, ColoursOnlyWhenAsked) {
  const StoredReport stored;
  EXPECT_NE(terminal_table(stored.report, {.width = 200, .colours = true}).find("\033[1m"),
            std::string::npos);
}

TEST(TerminalTable, SaysWhatIsUnfinished) {
  StoredReport stored;
  stored.report.answered = 12;
  EXPECT_NE(terminal_table(stored.report, {}).find("12 of 60 answers"), std::string::npos);
}

}  // namespace
}  // namespace sightline
