// The objects of a data file one at a time, so that a file of gigabytes never stands in memory as
// one document. A file is a JSON list of objects or JSON Lines; which, its first character says.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "base/json.h"

namespace sightline {

inline constexpr std::size_t kMaxRecordFileBytes = std::size_t{8} << 30;
inline constexpr std::size_t kMaxRecordBytes = std::size_t{16} << 20;  // one object, one line

// Calls `take` with every object in order; `origin` is "a.json: record 3" or "a.jsonl, line 3",
// counted from one. A BOM, CRLF and blank lines are skipped. Throws Error: kNotFound, kBadFile for
// what is no JSON, no object, too deep or too long.
void for_each_json_record(
    const std::filesystem::path& file,
    const std::function<void(const Json& json, const std::string& origin)>& take);

}  // namespace sightline
