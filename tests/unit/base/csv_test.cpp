#include "base/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "sightline/error.h"
#include "support/temporary_folder.h"

namespace sightline {
namespace {

using Cells = std::vector<std::string>;
using testing::HasSubstr;

class Csv : public testing::Test {
 protected:
  std::filesystem::path write(const std::string& text) const {
    const auto file = folder_.path() / "t.csv";
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

  std::vector<CsvRecord> read(const std::string& text, const CsvFormat& format = {}) const {
    CsvReader reader(write(text), format);
    std::vector<CsvRecord> records;
    while (auto record = reader.next()) records.push_back(std::move(*record));
    return records;
  }

  std::string refusal_of(const std::string& text, const CsvFormat& format = {}) const {
    try {
      read(text, format);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kBadFile);
      return error.message();
    }
    ADD_FAILURE() << "accepted " << text.substr(0, 50);
    return "";
  }

  TemporaryFolder folder_;
};

TEST_F(Csv, ReadsQuotesSeparatorsAndLineEnds) {
  const auto rows = read(
      "\xEF\xBB\xBF"
      "a,b\r\n\"x, \"\"y\"\"\nz\",\n\nc");
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].cells, (Cells{"a", "b"}));
  EXPECT_EQ(rows[1].cells, (Cells{"x, \"y\"\nz", ""}));
  EXPECT_EQ(rows[2].cells, Cells{"c"});
  EXPECT_EQ(rows[2].line, 5U);
  EXPECT_TRUE(read("").empty());
  EXPECT_TRUE(read("\r\n\n").empty());
  EXPECT_EQ(read("\"\"\n").at(0).cells, Cells{""});
}

TEST_F(Csv, TabsSeparateWhereTold) {
  EXPECT_EQ(read("a,b\t\"c\td\"\n", {.separator = '\t'}).at(0).cells, (Cells{"a,b", "c\td"}));
}

TEST_F(Csv, RefusesBrokenQuotesNamingTheLine) {
  EXPECT_THAT(refusal_of("x\na,\"b\n\n"), HasSubstr("line 2: a quote that never closes"));
  EXPECT_THAT(refusal_of("x\n\"a\"b,c"), HasSubstr("line 2: text after a quoted cell"));
}

// Lengths around the block that is read at once, so that every token is cut in two once.
TEST_F(Csv, BlocksDoNotShow) {
  for (std::size_t length = 65526; length < 65540; ++length) {
    const std::string filler(length, 'x');
    const auto rows = read(filler + "\r\n\"a\"\"b\",\"c\nd\"\r\ne,f");
    ASSERT_EQ(rows.size(), 3U) << length;
    EXPECT_EQ(rows[0].cells.at(0).size(), length);
    EXPECT_EQ(rows[1].cells, (Cells{"a\"b", "c\nd"})) << length;
    EXPECT_EQ(rows[2].cells, (Cells{"e", "f"})) << length;
    EXPECT_EQ(rows[2].line, 4U);
  }
}

TEST_F(Csv, TakesCellsOfMegabytes) {
  const std::string big(std::size_t{5} << 20, 'A');
  EXPECT_EQ(read("1,\"" + big + "\",2\n").at(0).cells, (Cells{"1", big, "2"}));
}

TEST_F(Csv, RefusesWhatIsBeyondItsLimits) {
  const CsvFormat small{.max_cell_bytes = 10, .max_record_bytes = 15};
  EXPECT_EQ(read("1234567890,12345\n1234567890", small).size(), 2U);
  EXPECT_THAT(refusal_of("a\n12345678901", small), HasSubstr("line 2: a cell of more than 10"));
  EXPECT_THAT(refusal_of("\"12345678901\"", small), HasSubstr("a cell of more than 10"));
  EXPECT_THAT(refusal_of("1234567890,123456", small), HasSubstr("a record of more than 15"));
  EXPECT_THAT(refusal_of(std::string(kMaxCsvColumns, ',')), HasSubstr("more than 4096 cells"));
}

TEST_F(Csv, RefusesWhatIsNoFile) {
  const auto kind_of = [](const std::filesystem::path& file) {
    try {
      CsvReader reader(file);
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::kInternal;
  };
  EXPECT_EQ(kind_of(folder_.path() / "no.csv"), ErrorKind::kNotFound);
  EXPECT_EQ(kind_of(folder_.path()), ErrorKind::kBadFile);
}

TEST_F(Csv, ColumnsAreFoundByName) {
  CsvTable table(write("id,\"the question\",x\n1,Why?,\n"), {"the question", "id"});
  EXPECT_EQ(table.column("the question"), 1U);
  EXPECT_TRUE(table.has("x"));
  EXPECT_FALSE(table.has("y"));
  EXPECT_EQ(table.next()->cells, (Cells{"1", "Why?", ""}));
  EXPECT_FALSE(table.next());
}

TEST_F(Csv, AnAbsentColumnIsRefusedWithWhatWasWantedAndFound) {
  try {
    CsvTable(write("id,prompt\n1,Why?\n"), {"id", "question"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.message(), HasSubstr("no column 'question'"));
    EXPECT_THAT(error.message(), HasSubstr("wanted 'id', 'question'; found 'id', 'prompt'"));
  }
  EXPECT_THROW(CsvTable(write(""), {}), Error);
}

TEST_F(Csv, ARecordOfAnotherWidthIsRefusedAndTheNextOneRead) {
  CsvTable table(write("a,b\n1,2\n3\n5,6\n"), {"a"});
  EXPECT_TRUE(table.next());
  try {
    table.next();
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.message(), HasSubstr("line 3: 1 cells, wanted 2"));
  }
  EXPECT_EQ(table.next()->cells, (Cells{"5", "6"}));
}

TEST_F(Csv, WhatIsWrittenIsReadBack) {
  const Cells cells = {"", "a\"b", "c,d", "e\r\nf", " g ", "\t"};
  EXPECT_EQ(csv_line(Cells{"a", "b\"c"}), "\"a\",\"b\"\"c\"\n");
  EXPECT_EQ(read(csv_line(cells)).at(0).cells, cells);
  EXPECT_EQ(read(csv_line(cells, {.separator = '\t'}), {.separator = '\t'}).at(0).cells, cells);
}

TEST_F(Csv, OnlyCellsThatNeedQuotesHaveThemWhereThatIsWanted) {
  const CsvStyle bare{.quote_all = false, .line_end = "\r\n"};
  EXPECT_EQ(csv_line(Cells{"", "1.5", "a b", "c,d", "e\"f", "g\nh"}, bare),
            ",1.5,a b,\"c,d\",\"e\"\"f\",\"g\nh\"\r\n");
  EXPECT_EQ(read(csv_line(Cells{""}, bare)).at(0).cells, Cells{""}) << "no blank line";
}

}  // namespace
}  // namespace sightline
