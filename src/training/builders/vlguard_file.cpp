#include "training/builders/vlguard_file.h"

#include <set>

#include "base/json_records.h"
#include "training/record_fields.h"

namespace sightline {
namespace {

VlguardPair pair_of(const Json& item, const char* key, bool unsafe, const std::string& origin) {
  VlguardPair pair{.instruction = without_image_tags(record_field<std::string>(item, key, origin)),
                   .response = trimmed_text(record_field<std::string>(item, "response", origin)),
                   .unsafe = unsafe};
  if (pair.instruction.empty() || pair.response.empty()) {
    reject_record("empty_answer", format("{}: an instruction or response is empty", origin));
  }
  return pair;
}

VlguardRecord parse(const Json& json, const std::string& origin) {
  VlguardRecord record;
  record.id = id_field(json, origin);
  if (record.id.empty()) reject_record("no_id", format("{}: key 'id' is missing", origin));
  const std::string place = format("{}, id '{}'", origin, record.id);
  record.image = image_path_of(json.value("image", Json()), place);
  const bool safe = record_field<bool>(json, "safe", place);
  const Json& pairs = list_field(json, "instr-resp", place);
  if (pairs.size() != (safe ? 2U : 1U)) {
    reject_record("malformed", format("{}: {} pairs in 'instr-resp', wanted {}", place,
                                      pairs.size(), safe ? 2 : 1));
  }
  if (!safe) {
    record.pairs = {pair_of(pairs[0], "instruction", true, place)};
    return record;
  }
  const std::size_t first = pairs[0].is_object() && pairs[0].contains("safe_instruction") ? 0 : 1;
  record.pairs = {pair_of(pairs[first], "safe_instruction", false, place),
                  pair_of(pairs[1 - first], "unsafe_instruction", true, place)};
  return record;
}

}  // namespace

std::vector<VlguardRecord> read_vlguard(const std::filesystem::path& file,
                                        RejectedRecords& rejected) {
  std::vector<VlguardRecord> records;
  std::set<std::string> ids;
  for_each_json_record(file, [&](const Json& json, const std::string& origin) {
    try {
      records.push_back(parse(json, origin));
    } catch (const RecordError& error) {
      rejected.add(error.reason(), error.message());
      return;
    }
    if (!ids.insert(records.back().id).second) {
      fail(ErrorKind::kBadFile, "{}: id '{}' occurs twice", origin, records.back().id);
    }
  });
  return records;
}

std::string first_sentence(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool ends = text[i] == '.' || text[i] == '!' || text[i] == '?';
    const bool last = i + 1 == text.size();
    if (ends && (last || std::string_view(" \t\n\r").find(text[i + 1]) != std::string::npos)) {
      return text.substr(0, i + 1);
    }
  }
  return text;
}

}  // namespace sightline
