// Answers tests/oracle/test_csv.py: one JSON object per line in, one out.
//
//   {"read": FILE, "separator": C}           → {"records": [[CELL…]…]} or {"error": message}
//   {"write": [[CELL…]…], "separator": C}    → {"text": …}
#include <iostream>
#include <string>
#include <vector>

#include "base/csv.h"
#include "base/json.h"

namespace sightline {
namespace {

Json answer(const Json& in) {
  const char separator = in.at("separator").get<std::string>().at(0);
  if (in.contains("write")) {
    std::string text;
    for (const Json& cells : in.at("write")) {
      text += csv_line(cells.get<std::vector<std::string>>(), {.separator = separator});
    }
    return {{"text", text}};
  }
  Json records = Json::array();
  try {
    CsvReader reader(in.at("read").get<std::string>(), {.separator = separator});
    while (const auto record = reader.next()) records.push_back(record->cells);
  } catch (const Error& error) {
    return {{"error", error.message()}};
  }
  return {{"records", records}};
}

}  // namespace
}  // namespace sightline

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << sightline::dump_json(sightline::answer(sightline::parse_json(line, "request")))
              << "\n";
  }
}
