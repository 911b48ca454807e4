#include "reports/text_table.h"

#include <gtest/gtest.h>

namespace sightline {
namespace {

TEST(DisplayWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("é–−"), 3U);
  EXPECT_EQ(display_width("漢字"), 4U);
  EXPECT_EQ(display_width("e\u0301"), 1U);
}

TEST(Printable, DisarmsTerminals) {
  EXPECT_EQ(printable("a\x1b[2Jb\r\x07"), "a\uFFFD[2Jb\uFFFD\uFFFD");
  EXPECT_EQ(printable("\xFF ok"), "\uFFFD ok");
  EXPECT_EQ(printable("\u009B"
                      "31m"),
            "\uFFFD31m");  // C1 control sequence introducer
}

TEST(TerminalStyle, IsPlainWithoutATerminal) { EXPECT_FALSE(terminal_style(-1).colours); }

TEST(TableText, AlignsColumnsAndEndsNoLineInSpaces) {
  const TextTable table{.header = {{"a"}, {"second"}, {"c"}},
                        .rows = {{{"漢字"}, {"x"}, {"1"}}, {{"b"}, {"longer text"}, {""}}}};
  EXPECT_EQ(table_text(table, false, false),
            "a     second       c\n"
            "────────────────────\n"
            "漢字  x            1\n"
            "b     longer text\n");
  EXPECT_EQ(width_of(table), 20U);
}

TEST(TableText, PutsRowsApartWhereCellsHaveLines) {
  const TextTable table{.header = {{"a"}}, .rows = {{{"1", "2"}}, {{"3"}}}};
  EXPECT_EQ(table_text(table, true, false), "a\n─\n1\n2\n\n3\n");
}

TEST(Wrapped, BreaksBetweenWords) {
  EXPECT_EQ(wrapped("one two three", 8), (TextCell{"one two", "three"}));
  EXPECT_EQ(wrapped("unbreakable", 3), (TextCell{"unbreakable"}));
}

}  // namespace
}  // namespace sightline
