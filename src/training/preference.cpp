#include "training/preference.h"

#include <map>

#include "base/json_records.h"
#include "training/record_fields.h"

namespace sightline {
namespace {

std::optional<double> number_or_none(const Json& json, const char* key, const std::string& origin) {
  if (!json.contains(key) || json[key].is_null()) return std::nullopt;
  return record_field<double>(json, key, origin);
}

}  // namespace

PreferenceRecord parse_preference_record(const Json& json, const std::string& origin) {
  PreferenceRecord record;
  record.id = id_field(json, origin);
  if (record.id.empty()) reject_record("no_id", format("{}: key 'id' is missing", origin));
  const std::string place = format("{}, id '{}'", origin, record.id);
  if (json.contains("image") && !json["image"].is_null()) {
    record.image = image_path_of(json["image"], place);
  }
  record.source = record_field_or<std::string>(json, "source", place, "");
  record.question = without_image_tags(record_field<std::string>(json, "question", place));
  record.chosen = trimmed_text(record_field<std::string>(json, "chosen", place));
  record.rejected = trimmed_text(record_field<std::string>(json, "rejected", place));
  record.ref_chosen_logp = number_or_none(json, "ref_chosen_logp", place);
  record.ref_rejected_logp = number_or_none(json, "ref_rejected_logp", place);
  if (record.chosen.empty() || record.rejected.empty()) {
    reject_record("empty_answer", format("{}: an answer is empty", place));
  }
  if (record.chosen == record.rejected) {
    reject_record("no_preference", format("{}: 'chosen' and 'rejected' are the same", place));
  }
  return record;
}

std::vector<PreferenceRecord> read_preference_records(const std::filesystem::path& file,
                                                      RejectedRecords& rejected) {
  std::vector<PreferenceRecord> records;
  std::map<std::pair<std::string, std::string>, std::string> places;
  for_each_json_record(file, [&](const Json& json, const std::string& origin) {
    try {
      PreferenceRecord record = parse_preference_record(json, origin);
      const auto [first, is_new] = places.emplace(std::pair(record.source, record.id), origin);
      if (!is_new) {
        fail(ErrorKind::kBadFile, "{}: id '{}' occurs twice, first at {}", origin, record.id,
             first->second);
      }
      records.push_back(std::move(record));
    } catch (const RecordError& error) {
      rejected.add(error.reason(), error.message());
    }
  });
  return records;
}

OrderedJson preference_json(const PreferenceRecord& record) {
  OrderedJson out;
  out["id"] = record.id;
  if (!record.image.empty()) out["image"] = record.image;
  out["question"] = record.question;
  out["chosen"] = record.chosen;
  out["rejected"] = record.rejected;
  if (!record.source.empty()) out["source"] = record.source;
  if (record.ref_chosen_logp) out["ref_chosen_logp"] = *record.ref_chosen_logp;
  if (record.ref_rejected_logp) out["ref_rejected_logp"] = *record.ref_rejected_logp;
  return out;
}

}  // namespace sightline
