// Comma- and tab-separated values (RFC 4180), a record at a time: quoted cells may hold separators,
// doubled quotes and line ends. Files of any size are read in bounded memory.
//
//   CsvTable table("items.csv", {"id", "question"});
//   const std::size_t question = table.column("question");
//   while (const auto record = table.next()) use(record->cells[question]);
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sightline {

inline constexpr std::size_t kMaxCsvCellBytes = std::size_t{64} << 20;  // a 48 MiB picture, base64
inline constexpr std::size_t kMaxCsvRecordBytes = std::size_t{256} << 20;
inline constexpr std::size_t kMaxCsvColumns = 4096;

struct CsvFormat {
  char separator = ',';  // '\t' for .tsv
  std::size_t max_cell_bytes = kMaxCsvCellBytes;
  std::size_t max_record_bytes = kMaxCsvRecordBytes;
};

struct CsvRecord {
  std::size_t line = 0;  // where it begins, from one
  std::vector<std::string> cells;
};

// Records in order; blank lines are left out and a BOM is skipped. Lines end with LF, CRLF or CR.
// Not thread-safe. Cells are bytes: whether they are UTF-8 is not checked here.
class CsvReader {
 public:
  // Throws kNotFound when absent, kBadFile when it is not a regular file or cannot be read.
  explicit CsvReader(std::filesystem::path file, const CsvFormat& format = {});

  // The next record, or nothing at the end. Throws kBadFile naming file and line for a quote that
  // never closes, text after a quoted cell, or what is beyond the limits.
  std::optional<CsvRecord> next();

  const std::filesystem::path& file() const { return file_; }

 private:
  int peek();  // the next byte, or kEnd
  bool take(char wanted);
  bool take_line_end();
  std::string cell();
  void read_plain(std::string& cell);
  void read_quoted(std::string& cell);
  void append(std::string& cell, std::string_view text);

  std::filesystem::path file_;
  CsvFormat format_;
  std::ifstream in_;
  std::string block_;
  std::size_t at_ = 0;  // in block_
  std::size_t line_ = 1;
  std::size_t record_bytes_ = 0;
};

// Where in a record's cells a column stands. Throws kBadFile listing the columns found.
std::size_t csv_column(const CsvRecord& header, std::string_view name,
                       const std::filesystem::path& file);

// A file whose first record names its columns.
class CsvTable {
 public:
  // Throws like CsvReader, and kBadFile listing wanted and found columns when one is absent.
  CsvTable(const std::filesystem::path& file, std::initializer_list<std::string_view> wanted,
           const CsvFormat& format = {});

  std::span<const std::string> columns() const { return header_.cells; }
  bool has(std::string_view column) const;

  std::size_t column(std::string_view name) const {
    return csv_column(header_, name, reader_.file());
  }

  // The next record. Throws like CsvReader::next, and kBadFile naming the line when it has more or
  // fewer cells than there are columns.
  std::optional<CsvRecord> next();

 private:
  CsvReader reader_;
  CsvRecord header_;
};

struct CsvStyle {
  char separator = ',';
  bool quote_all = true;  // which every reader takes; else the cells that need it
  std::string_view line_end = "\n";
};

// One line: "a","say ""hi""" and LF. CsvReader reads it back.
std::string csv_line(std::span<const std::string> cells, const CsvStyle& style = {});

}  // namespace sightline
