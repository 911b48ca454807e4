// One training example as every reader of files produces it and every step of training reads it.
// On disk: LLaVA conversation records (JSON list or JSONL) or chat messages (JSONL); see
// docs/formats/training-data.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace sightline {

using OrderedJson = nlohmann::ordered_json;

// Where a picture stands in a user turn's text: one tag per picture, in order.
inline constexpr std::string_view kImageTag = "<image>";

struct TrainingTurn {
  std::string role;  // "user" or "assistant"
  std::string text;
  bool supervise = true;      // assistant: the answer is a target
  bool supervise_end = true;  // assistant: so is the token that ends the turn
  bool refusal = false;
};

struct TrainingRecord {
  std::string id;
  std::string system;               // empty: the template's own
  std::vector<std::string> images;  // paths as the file has them
  std::vector<TrainingTurn> turns;  // user first, then in turns; ends with an assistant's
  std::string kind = "utility";     // utility, refusal_benign, refusal_harmful, safe_pair, …
  std::string source;
  double weight = 1;
  std::string gold;     // reasoning records: "safe" or "unsafe"
  std::string pair_id;  // reasoning records of one set share it
};

// Records that were not taken, by reason; `examples` names the first few ("a.json: record '17':
// …").
struct RejectedRecords {
  std::map<std::string, std::int64_t> counts;
  std::vector<std::string> examples;

  std::int64_t total() const;
  void add(const std::string& reason, std::string example);
};

// What parse_training_record throws: the kind is kBadFile, `reason` one word of RejectedRecords.
class RecordError : public Error {
 public:
  RecordError(std::string reason, std::string message)
      : Error(ErrorKind::kBadFile, std::move(message)), reason_(std::move(reason)) {}
  const std::string& reason() const { return reason_; }

 private:
  std::string reason_;
};

// Reads a .json list or .jsonl of records, tags normalised. What breaks a rule of the format is put
// into `rejected` and left out. Chat messages without an id are called by their number, "#3".
// Throws Error: kNotFound, kBadFile (no JSON, not a list of objects, an id twice).
std::vector<TrainingRecord> read_training_records(const std::filesystem::path& file,
                                                  RejectedRecords& rejected);

// One record; throws RecordError with what is wrong. `origin` names file and place.
TrainingRecord parse_training_record(const Json& json, const std::string& origin);

// Runs of characters between white space.
std::int64_t word_count(const std::string& text);

// The LLaVA conversation form, with the extension fields that differ from their defaults; keys in
// the order in which LLaVA's own files have them.
OrderedJson conversation_json(const TrainingRecord& record);

// "a\n b " → "a\n b": ASCII white space off both ends.
std::string trimmed_text(std::string_view text);

// The text without its picture tags, trimmed.
std::string without_image_tags(std::string_view text);

}  // namespace sightline
