#include "base/json.h"

#include "base/file.h"

namespace sightline {

Json parse_json(std::string_view text, std::string_view origin) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  if (text.size() > kMaxJsonBytes) {
    fail(ErrorKind::kBadFile, "{}: {} bytes of JSON, at most {} are read", origin, text.size(),
         kMaxJsonBytes);
  }
  // The parser below takes a NUL byte for the end of the text.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    fail(ErrorKind::kBadFile, "{}: not valid JSON at byte {}: a NUL byte", origin, nul + 1);
  }
  // The callback sees every container with its depth, before its children are built.
  const auto within_depth = [&](int depth, Json::parse_event_t, Json&) {
    if (depth > static_cast<int>(kMaxJsonDepth)) {
      fail(ErrorKind::kBadFile, "{}: JSON nested deeper than {} levels", origin, kMaxJsonDepth);
    }
    return true;
  };
  try {
    return Json::parse(text.begin(), text.end(), within_depth);
  } catch (const Json::parse_error& e) {
    fail(ErrorKind::kBadFile, "{}: not valid JSON at byte {}", origin, e.byte);
  } catch (const Json::exception&) {
    fail(ErrorKind::kBadFile, "{}: JSON with values out of range", origin);
  }
}

Json read_json(const std::filesystem::path& file) {
  return parse_json(read_file(file, kMaxJsonBytes), file.string());
}

std::string dump_json(const Json& value, int indent) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

namespace detail {

void json_missing(std::string_view origin, const char* key) {
  fail(ErrorKind::kBadFile, "{}: key '{}' is missing", origin, key);
}

void json_wrong(std::string_view origin, const char* key, const Json& found,
                std::string_view wanted) {
  std::string text = dump_json(found);
  if (text.size() > 60) text = text.substr(0, 57) + "...";
  fail(ErrorKind::kBadFile, "{}: key '{}' should be {}, found {}", origin, key, wanted, text);
}

}  // namespace detail
}  // namespace sightline
