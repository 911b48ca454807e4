#include "training/record.h"

#include <numeric>
#include <sstream>

#include "base/json_records.h"

namespace sightline {
namespace {

constexpr std::size_t kExamples = 10;
constexpr std::string_view kSpace = " \t\n\v\f\r";

OrderedJson turn_json(const TrainingTurn& turn) {
  OrderedJson out;
  out["from"] = turn.role == "user" ? "human" : "gpt";
  out["value"] = turn.text;
  if (!turn.supervise) out["supervise"] = false;
  if (!turn.supervise_end) out["supervise_eos"] = false;
  if (turn.refusal) out["refusal"] = true;
  return out;
}

}  // namespace

std::int64_t RejectedRecords::total() const {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0},
                         [](std::int64_t sum, const auto& reason) { return sum + reason.second; });
}

void RejectedRecords::add(const std::string& reason, std::string example) {
  ++counts[reason];
  if (examples.size() < kExamples) examples.push_back(std::move(example));
}

std::vector<TrainingRecord> read_training_records(const std::filesystem::path& file,
                                                  RejectedRecords& rejected) {
  std::vector<TrainingRecord> records;
  std::map<std::string, std::string> places;  // id → where it first stood
  std::size_t number = 0;
  for_each_json_record(file, [&](const Json& json, const std::string& origin) {
    ++number;
    try {
      TrainingRecord record = parse_training_record(json, origin);
      if (record.id.empty()) record.id = format("#{}", number);
      const auto [first, is_new] = places.emplace(record.id, origin);
      if (!is_new) {
        fail_with_hint(ErrorKind::kBadFile, "every record of a file needs an id of its own",
                       "{}: id '{}' occurs twice, first at {}", origin, record.id, first->second);
      }
      records.push_back(std::move(record));
    } catch (const RecordError& error) {
      rejected.add(error.reason(), error.message());
    }
  });
  return records;
}

OrderedJson conversation_json(const TrainingRecord& record) {
  OrderedJson out;
  out["id"] = record.id;
  if (record.images.size() == 1) out["image"] = record.images.front();
  if (record.images.size() > 1) out["image"] = record.images;
  out["conversations"] = OrderedJson::array();
  for (const TrainingTurn& turn : record.turns) out["conversations"].push_back(turn_json(turn));
  if (!record.system.empty()) out["system"] = record.system;
  if (record.kind != TrainingRecord{}.kind) out["kind"] = record.kind;
  if (!record.source.empty()) out["source"] = record.source;
  if (record.weight != 1) out["weight"] = record.weight;
  if (!record.gold.empty()) out["gold"] = record.gold;
  if (!record.pair_id.empty()) out["pair_id"] = record.pair_id;
  return out;
}

std::string trimmed_text(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(kSpace) - first + 1));
}

std::string without_image_tags(std::string_view text) {
  std::string out;
  for (std::size_t tag = text.find(kImageTag); tag != std::string_view::npos;
       tag = text.find(kImageTag)) {
    out += text.substr(0, tag);
    text.remove_prefix(tag + kImageTag.size());
  }
  return trimmed_text(out += text);
}

std::int64_t word_count(const std::string& text) {
  std::istringstream stream(text);
  std::int64_t count = 0;
  for (std::string word; stream >> word;) ++count;
  return count;
}

}  // namespace sightline
