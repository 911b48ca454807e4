// A question with a picture and two answers of which one is preferred (SPA-VL's layout).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "training/record.h"

namespace sightline {

struct PreferenceRecord {
  std::string id;
  std::string source;    // keyword of the file it came from; ids are unique within a source
  std::string image;     // empty: text only
  std::string question;  // without picture tags
  std::string chosen;
  std::string rejected;
  std::optional<double> ref_chosen_logp;  // cached sums of a reference model
  std::optional<double> ref_rejected_logp;
};

// One record; throws RecordError: malformed, no_id, image_path, empty_answer, no_preference (both
// answers are the same).
PreferenceRecord parse_preference_record(const Json& json, const std::string& origin);

// A .json list or .jsonl; what is not taken goes into `rejected`. Throws Error like
// read_training_records.
std::vector<PreferenceRecord> read_preference_records(const std::filesystem::path& file,
                                                      RejectedRecords& rejected);

OrderedJson preference_json(const PreferenceRecord& record);

}  // namespace sightline
