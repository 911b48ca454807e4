#include "base/json_records.h"

#include <string_view>

#include "base/file.h"

namespace sightline {
namespace {

using Take = std::function<void(const Json&, const std::string&)>;

constexpr std::string_view kSpace = " \t\r\n";

void check_size(std::size_t size, const std::string& origin) {
  if (size > kMaxRecordBytes) {
    fail(ErrorKind::kBadFile, "{}: {} bytes in one record, at most {} are read", origin, size,
         kMaxRecordBytes);
  }
}

void take_object(std::string_view text, const std::string& origin, const Take& take) {
  check_size(text.size(), origin);
  const Json json = parse_json(text, origin);
  if (!json.is_object()) {
    fail(ErrorKind::kBadFile, "{}: wanted a JSON object, found {}", origin, json.type_name());
  }
  take(json, origin);
}

void take_lines(std::string_view text, const std::string& name, const Take& take) {
  std::size_t number = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string_view line = text.substr(start, end - start);
    ++number;
    if (line.find_first_not_of(kSpace) != std::string_view::npos) {
      take_object(line, format("{}, line {}", name, number), take);
    }
    start = end + 1;
  }
}

// Where the element that begins at `start` ends: at the comma or bracket that is not its own.
std::size_t end_of_element(std::string_view text, std::size_t start, const std::string& origin) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = start; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (depth == 0 && (c == ',' || c == ']')) {
      return i;
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
    if (i - start > kMaxRecordBytes) check_size(i - start, origin);
  }
  fail(ErrorKind::kBadFile, "{}: the file ends inside the list", origin);
}

void take_list(std::string_view text, const std::string& name, const Take& take) {
  std::size_t at = text.find_first_not_of(kSpace, 1);
  if (at != std::string_view::npos && text[at] == ']') {
    at += 1;
  } else {
    for (std::size_t number = 1;; ++number) {
      const std::string origin = format("{}: record {}", name, number);
      const std::size_t start = std::min(at, text.size());
      const std::size_t end = end_of_element(text, start, origin);
      take_object(text.substr(start, end - start), origin, take);
      at = end + 1;
      if (text[end] == ']') break;
    }
  }
  if (at < text.size() && text.find_first_not_of(kSpace, at) != std::string_view::npos) {
    fail(ErrorKind::kBadFile, "{}: text after the list, at byte {}", name, at + 1);
  }
}

}  // namespace

void for_each_json_record(const std::filesystem::path& file, const Take& take) {
  const auto mapped = MappedFile::open(file);
  const auto bytes = mapped->bytes();
  if (bytes.size() > kMaxRecordFileBytes) {
    fail(ErrorKind::kBadFile, "{}: {} bytes, at most {} are read", file, bytes.size(),
         kMaxRecordFileBytes);
  }
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return;
  if (text[first] == '[')
    take_list(text.substr(first), file.string(), take);
  else
    take_lines(text, file.string(), take);
}

}  // namespace sightline
