// Comma-separated values (RFC 4180): quoted fields may hold commas, quotes ("") and line ends.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sightline {

struct CsvRow {
  std::size_t line = 0;  // where it begins, from one
  std::vector<std::string> fields;
};

// Rows in order, blank lines left out; a BOM is skipped. Throws Error{kBadFile} naming `origin` and
// the line for a quote that never closes or text after one.
std::vector<CsvRow> parse_csv(std::string_view text, std::string_view origin);

}  // namespace sightline
