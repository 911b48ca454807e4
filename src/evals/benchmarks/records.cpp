#include "evals/benchmarks/records.h"

#include <algorithm>
#include <vector>

#include "base/csv.h"
#include "base/file.h"
#include "text/unicode.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

using Needed = std::span<const std::string>;
using Take = std::function<void(const Record&)>;

Record record_of(const fs::path& file, std::string key, std::string origin) {
  Record record{.fields = Json::object(), .key = std::move(key), .origin = std::move(origin)};
  record.place = file.filename().string() + "#" + record.key;
  return record;
}

void check(const Record& record, Needed needed) {
  if (!record.fields.is_object()) {
    fail(ErrorKind::kBadFile, "{} should be an object, found {}", record.origin,
         record.fields.type_name());
  }
  for (const std::string& key : needed) {
    if (!record.fields.contains(key)) detail::json_missing(record.origin, key.c_str());
  }
}

void read_lines(const fs::path& file, Needed needed, const Take& take) {
  const auto mapped = MappedFile::open(file);
  const auto bytes = mapped->bytes();
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::size_t number = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string_view line = text.substr(start, end - start);
    const std::string origin = format("{}, line {}", file, ++number);
    start = end + 1;
    if (line.size() > kMaxLineBytes) {
      fail(ErrorKind::kBadFile, "{} has {} bytes, at most {} are read", origin, line.size(),
           kMaxLineBytes);
    }
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    Record record = record_of(file, std::to_string(number), origin);
    record.fields = parse_json(line, origin);
    check(record, needed);
    take(record);
  }
}

// Keys that are numbers in the order of their values: "2" before "10".
bool before(std::string_view left, std::string_view right) {
  return left.size() != right.size() ? left.size() < right.size() : left < right;
}

void read_document(const fs::path& file, Needed needed, const Take& take) {
  Json document = parse_json(read_file(file, kMaxDocumentBytes), file.string());
  if (!document.is_structured()) {
    fail(ErrorKind::kBadFile, "{} should hold a list or an object of records, found {}", file,
         document.type_name());
  }
  std::vector<std::string> keys;
  for (const auto& [key, value] : document.items()) keys.push_back(key);
  if (document.is_object()) std::ranges::sort(keys, before);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string key = document.is_object() ? keys[i] : std::to_string(i + 1);
    Record record = record_of(file, key, format("{}, item {}", file, key));
    record.fields = std::move(document.is_object() ? document[keys[i]] : document[i]);
    check(record, needed);
    take(record);
  }
}

void read_table(const fs::path& file, char separator, Needed needed, const Take& take) {
  CsvTable table(file, {}, {.separator = separator});
  for (const std::string& column : needed) table.column(column);
  std::size_t number = 0;
  while (const auto row = table.next()) {
    Record record =
        record_of(file, std::to_string(++number), format("{}, line {}", file, row->line));
    for (std::size_t i = 0; i < row->cells.size(); ++i) {
      if (!text::is_valid_utf8(row->cells[i])) {
        fail(ErrorKind::kBadFile, "{}: column '{}' is not UTF-8", record.origin,
             table.columns()[i]);
      }
      record.fields[table.columns()[i]] = row->cells[i];
    }
    take(record);
  }
}

}  // namespace

void for_each_record(const fs::path& file, Needed needed, const Take& take) {
  const std::string extension = file.extension();
  if (extension == ".jsonl") return read_lines(file, needed, take);
  if (extension == ".json") return read_document(file, needed, take);
  if (extension == ".csv") return read_table(file, ',', needed, take);
  if (extension == ".tsv") return read_table(file, '\t', needed, take);
  fail(ErrorKind::kUnsupported, "'{}' should be a .jsonl, .json, .csv or .tsv file", file);
}

}  // namespace sightline
