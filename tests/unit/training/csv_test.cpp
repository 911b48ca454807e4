#include "training/builders/csv.h"

#include <gtest/gtest.h>

#include "sightline/error.h"

namespace sightline {
namespace {

using Fields = std::vector<std::string>;

TEST(Csv, ReadsQuotesCommasAndLineEnds) {
  const auto rows = parse_csv(
      "\xEF\xBB\xBF"
      "a,b\r\n\"x, \"\"y\"\"\nz\",\n\nc",
      "t");
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].fields, (Fields{"a", "b"}));
  EXPECT_EQ(rows[1].fields, (Fields{"x, \"y\"\nz", ""}));
  EXPECT_EQ(rows[2].fields, Fields{"c"});
  EXPECT_EQ(rows[2].line, 5U);
  EXPECT_TRUE(parse_csv("", "t").empty());
}

TEST(Csv, RefusesBrokenQuotes) {
  EXPECT_THROW(parse_csv("a,\"b", "t"), Error);
  EXPECT_THROW(parse_csv("\"a\"b,c", "t"), Error);
}

}  // namespace
}  // namespace sightline
