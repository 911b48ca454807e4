// The rows that flow from benchmark to report. All plain data.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sightline/request.h"

namespace sightline {

struct Sample {
  std::string id;        // unique within its benchmark
  std::string subset;    // "unsafe", "over_safety", "utility", …
  std::string scenario;  // risk category or topic, for per-scenario rows
  std::string variant;   // "picture", "text_only", "blank", "noise"
  Conversation conversation;
  std::string expected_json;  // benchmark-specific gold, a JSON object
  std::string cluster;        // items of one cluster are not independent (same picture or text)
  std::map<std::string, std::string> meta;
};

// The note in `meta` of a sample whose picture the data lack.
inline constexpr const char* kMissingPicture = "missing_picture";

// Is its picture not there, so that it could not be asked? What the data lack is no failure of the
// model or of the run.
bool lacks_picture(const Sample& sample);

enum class Status { kOk, kUnparsed, kEmpty, kError, kTimeout, kFiltered };
std::string_view name_of(Status status);
Status status_of(std::string_view name);  // throws Error{kBadFile}

struct Verdict {
  std::string label;   // "refuse", "comply", "correct", "wrong", "yes", "no"; empty unless ok
  double score = 0;    // 1: the event the label names happened; only read when status is ok
  std::string reason;  // what fired, for people
  std::string raw;     // a model judge's own words
  Status status = Status::kOk;
};

struct Answer {
  std::string text;
  Status status = Status::kOk;  // kError, kTimeout, kFiltered: `error` says why
  std::string error;
  std::vector<std::int64_t> token_ids;
  Usage usage;
  FinishReason finish = FinishReason::kStop;
  double seconds = 0;
  std::map<std::string, double> first_token_scores = {};  // Generation's; empty: not told
};

}  // namespace sightline
