// The records of a data file, in memory one at a time where the syntax allows it:
//
//   *.jsonl          one JSON object a line
//   *.json           a list of objects, or an object of objects
//   *.csv, *.tsv     a header and rows; every cell is a text
//
// A BOM is skipped, lines end with LF or CRLF, blank lines count but hold no record.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

#include "base/json.h"

namespace sightline {

inline constexpr std::size_t kMaxLineBytes = std::size_t{64} << 20;      // of a *.jsonl
inline constexpr std::size_t kMaxDocumentBytes = std::size_t{64} << 20;  // of a *.json

struct Record {
  Json fields;         // an object
  std::string key;     // its key in an object of objects; else its line, row or number from 1
  std::string origin;  // "data/items.json, item 12", for messages
  std::string place;   // "items.json#12": where a sample comes from, wherever the data lie
};

// Calls `take` with each record in order (an object of objects in the order of its keys, numbers
// as numbers). Throws kNotFound, kBadFile (naming the line or item: what is no object, what lacks
// one of `needed`, what is too long) and kUnsupported for another extension.
void for_each_record(const std::filesystem::path& file, std::span<const std::string> needed,
                     const std::function<void(const Record&)>& take);

}  // namespace sightline
