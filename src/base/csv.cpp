#include "base/csv.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "sightline/error.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr int kEnd = -1;
constexpr std::size_t kBlockBytes = std::size_t{1} << 16;
constexpr std::string_view kBom = "\xEF\xBB\xBF";

std::ifstream opened(const fs::path& file) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (status.type() == fs::file_type::not_found) {
    fail(ErrorKind::kNotFound, "cannot open '{}': No such file or directory", file);
  }
  if (!fs::is_regular_file(status)) {
    fail(ErrorKind::kBadFile, "'{}' is not a regular file", file);
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) fail(ErrorKind::kBadFile, "cannot open '{}': {}", file, std::strerror(errno));
  return in;
}

std::string in_quotes(std::string_view cell) {
  std::string out = "\"";
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string quoted_list(std::span<const std::string> names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "'" : ", '") + name + "'";
  return out;
}

}  // namespace

CsvReader::CsvReader(fs::path file, const CsvFormat& format)
    : file_(std::move(file)), format_(format), in_(opened(file_)) {
  peek();
  if (std::string_view(block_).starts_with(kBom)) at_ = kBom.size();
}

int CsvReader::peek() {
  if (at_ == block_.size()) {
    block_.resize(kBlockBytes);
    in_.read(block_.data(), static_cast<std::streamsize>(block_.size()));
    if (in_.bad()) fail(ErrorKind::kBadFile, "cannot read '{}': {}", file_, std::strerror(errno));
    block_.resize(static_cast<std::size_t>(in_.gcount()));
    at_ = 0;
  }
  return block_.empty() ? kEnd : static_cast<unsigned char>(block_[at_]);
}

bool CsvReader::take(char wanted) {
  if (peek() != static_cast<unsigned char>(wanted)) return false;
  ++at_;
  return true;
}

bool CsvReader::take_line_end() {
  const bool carriage = take('\r');
  const bool found = take('\n') || carriage;
  if (found) ++line_;
  return found;
}

void CsvReader::append(std::string& cell, std::string_view text) {
  record_bytes_ += text.size();
  const bool long_cell = text.size() > format_.max_cell_bytes - cell.size();
  if (long_cell || record_bytes_ > format_.max_record_bytes) {
    fail_with_hint(ErrorKind::kBadFile, "is a quote left open?",
                   "{}, line {}: a {} of more than {} bytes", file_, line_,
                   long_cell ? "cell" : "record",
                   long_cell ? format_.max_cell_bytes : format_.max_record_bytes);
  }
  cell += text;
}

void CsvReader::read_plain(std::string& cell) {
  const auto ends = [this](char c) { return c == format_.separator || c == '\n' || c == '\r'; };
  while (peek() != kEnd) {
    const std::string_view rest = std::string_view(block_).substr(at_);
    const auto end = std::find_if(rest.begin(), rest.end(), ends);
    append(cell, rest.substr(0, static_cast<std::size_t>(end - rest.begin())));
    at_ += static_cast<std::size_t>(end - rest.begin());
    if (end != rest.end()) return;
  }
}

void CsvReader::read_quoted(std::string& cell) {
  const std::size_t first_line = line_;
  while (peek() != kEnd) {
    const std::string_view rest = std::string_view(block_).substr(at_);
    const std::size_t end = std::min(rest.find('"'), rest.size());
    append(cell, rest.substr(0, end));
    line_ += static_cast<std::size_t>(std::count(rest.begin(), rest.begin() + end, '\n'));
    at_ += end;
    if (end == rest.size()) continue;
    ++at_;
    if (!take('"')) return;
    append(cell, "\"");
  }
  fail(ErrorKind::kBadFile, "{}, line {}: a quote that never closes", file_, first_line);
}

std::string CsvReader::cell() {
  std::string out;
  if (take('"'))
    read_quoted(out);
  else
    read_plain(out);
  return out;
}

std::optional<CsvRecord> CsvReader::next() {
  while (take_line_end()) {
  }
  if (peek() == kEnd) return std::nullopt;
  CsvRecord record{.line = line_, .cells = {}};
  record_bytes_ = 0;
  do {
    if (record.cells.size() == kMaxCsvColumns) {
      fail(ErrorKind::kBadFile, "{}, line {}: more than {} cells", file_, line_, kMaxCsvColumns);
    }
    record.cells.push_back(cell());
  } while (take(format_.separator));
  if (peek() != kEnd && !take_line_end()) {
    fail(ErrorKind::kBadFile, "{}, line {}: text after a quoted cell", file_, line_);
  }
  return record;
}

std::size_t csv_column(const CsvRecord& header, std::string_view name, const fs::path& file) {
  const auto found = std::find(header.cells.begin(), header.cells.end(), name);
  if (found == header.cells.end()) {
    fail(ErrorKind::kBadFile, "{}: no column '{}'; found {}", file, name,
         quoted_list(header.cells));
  }
  return static_cast<std::size_t>(found - header.cells.begin());
}

CsvTable::CsvTable(const fs::path& file, std::initializer_list<std::string_view> wanted,
                   const CsvFormat& format)
    : reader_(file, format) {
  auto header = reader_.next();
  if (!header) fail(ErrorKind::kBadFile, "{}: empty, wanted a line of column names", file);
  header_ = std::move(*header);
  for (const std::string_view name : wanted) {
    if (has(name)) continue;
    const std::vector<std::string> all(wanted.begin(), wanted.end());
    fail(ErrorKind::kBadFile, "{}: no column '{}'; wanted {}; found {}", file, name,
         quoted_list(all), quoted_list(header_.cells));
  }
}

bool CsvTable::has(std::string_view column) const {
  return std::find(header_.cells.begin(), header_.cells.end(), column) != header_.cells.end();
}

std::optional<CsvRecord> CsvTable::next() {
  auto record = reader_.next();
  if (record && record->cells.size() != header_.cells.size()) {
    fail(ErrorKind::kBadFile, "{}, line {}: {} cells, wanted {}", reader_.file(), record->line,
         record->cells.size(), header_.cells.size());
  }
  return record;
}

std::string csv_line(std::span<const std::string> cells, const CsvStyle& style) {
  const std::string special = std::string("\"\r\n") + style.separator;
  std::string out;
  for (const std::string& cell : cells) {
    if (&cell != cells.data()) out += style.separator;
    const bool blank_line = cells.size() == 1 && cell.empty();
    const bool quotes =
        style.quote_all || blank_line || cell.find_first_of(special) != std::string::npos;
    out += quotes ? in_quotes(cell) : cell;
  }
  return out.append(style.line_end);
}

}  // namespace sightline
