// One JSON object → TrainingRecord: LLaVA conversations or chat messages.
#include <cmath>

#include "training/record_fields.h"

namespace sightline {
namespace {

std::vector<std::string> images_of(const Json& json, const char* key, const std::string& origin) {
  std::vector<std::string> out;
  if (!json.contains(key) || json[key].is_null()) return out;
  if (!json[key].is_array()) return {image_path_of(json[key], origin)};
  for (const Json& one : json[key]) out.push_back(image_path_of(one, origin));
  return out;
}

void read_flags(const Json& json, const std::string& origin, TrainingTurn& turn) {
  turn.supervise = record_field_or(json, "supervise", origin, true);
  turn.supervise_end = record_field_or(json, "supervise_eos", origin, true);
  turn.refusal = record_field_or(json, "refusal", origin, false);
}

void read_extensions(const Json& json, const std::string& origin, TrainingRecord& record) {
  record.kind = record_field_or(json, "kind", origin, record.kind);
  record.source = record_field_or(json, "source", origin, record.source);
  record.weight = record_field_or(json, "weight", origin, record.weight);
  record.gold = record_field_or(json, "gold", origin, record.gold);
  record.pair_id = record_field_or(json, "pair_id", origin, record.pair_id);
  if (!std::isfinite(record.weight) || record.weight < 0) {
    reject_record("malformed",
                  format("{}: 'weight' should be 0 or more, found {}", origin, record.weight));
  }
}

void read_conversations(const Json& json, const std::string& origin, TrainingRecord& record) {
  if (record.id.empty()) reject_record("no_id", format("{}: key 'id' is missing", origin));
  record.images = images_of(json, "image", origin);
  record.system = record_field_or<std::string>(json, "system", origin, "");
  for (const Json& item : list_field(json, "conversations", origin)) {
    const auto from = record_field<std::string>(item, "from", origin);
    TrainingTurn turn{.role = from, .text = record_field<std::string>(item, "value", origin)};
    if (from == "human") turn.role = "user";
    if (from == "gpt") {
      turn.role = "assistant";
      read_flags(item, origin, turn);
    }
    record.turns.push_back(std::move(turn));
  }
  if (!record.turns.empty() && record.turns.front().role != "user") {
    record.turns.erase(record.turns.begin());
  }
}

// A text, or parts of which each picture is one tag on a line of its own.
std::string content_of(const Json& message, const std::string& origin) {
  if (message.contains("content") && message["content"].is_array()) {
    std::string out;
    for (const Json& part : message["content"]) {
      const auto type = record_field<std::string>(part, "type", origin);
      if (type == "image") {
        out += std::string(kImageTag) + "\n";
      } else if (type == "text") {
        out += record_field<std::string>(part, "text", origin);
      } else {
        reject_record("malformed",
                      format("{}: a part of type '{}', wanted text or image", origin, type));
      }
    }
    return out;
  }
  return record_field<std::string>(message, "content", origin);
}

void read_messages(const Json& json, const std::string& origin, TrainingRecord& record) {
  record.images = images_of(json, "images", origin);
  record.system = record_field_or<std::string>(json, "system", origin, "");
  for (const Json& message : list_field(json, "messages", origin)) {
    TrainingTurn turn{.role = record_field<std::string>(message, "role", origin),
                      .text = content_of(message, origin)};
    if (turn.role == "assistant") read_flags(message, origin, turn);
    if (turn.role == "system" && record.turns.empty() && record.system.empty()) {
      record.system = turn.text;
    } else {
      record.turns.push_back(std::move(turn));
    }
  }
}

void check_turns(const TrainingRecord& record, const std::string& origin) {
  for (std::size_t i = 0; i < record.turns.size(); ++i) {
    const TrainingTurn& turn = record.turns[i];
    const char* wanted = i % 2 == 0 ? "user" : "assistant";
    if (turn.role != wanted) {
      reject_record("turns_do_not_alternate",
                    format("{}: turn {} is '{}', wanted {}", origin, i + 1, turn.role, wanted));
    }
    if (i % 2 == 1 && trimmed_text(turn.text).empty()) {
      reject_record("empty_answer", format("{}: the answer of turn {} is empty", origin, i + 1));
    }
  }
  if (record.turns.empty() || record.turns.size() % 2 == 1) {
    reject_record("no_answer", format("{}: the last turn is not an answer", origin));
  }
}

std::size_t tags_in(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find(kImageTag); at != std::string_view::npos;
       at = text.find(kImageTag, at + kImageTag.size())) {
    ++count;
  }
  return count;
}

void normalise_tags(TrainingRecord& record) {
  if (record.images.size() != 1) return;
  for (TrainingTurn& turn : record.turns) {
    if (turn.role != "user" || tags_in(turn.text) == 0) continue;
    turn.text = trimmed_text(std::string(kImageTag) + "\n" + without_image_tags(turn.text));
  }
}

void check_tags(const TrainingRecord& record, const std::string& origin) {
  std::size_t asked = 0, elsewhere = tags_in(record.system);
  for (const TrainingTurn& turn : record.turns) {
    (turn.role == "user" ? asked : elsewhere) += tags_in(turn.text);
  }
  if (asked != record.images.size() || elsewhere > 0) {
    reject_record("image_tags",
                  format("{}: {} image tags in user turns and {} elsewhere for {} images", origin,
                         asked, elsewhere, record.images.size()));
  }
}

}  // namespace

TrainingRecord parse_training_record(const Json& json, const std::string& origin) {
  TrainingRecord record;
  if (!json.is_object()) reject_record("malformed", format("{}: wanted a JSON object", origin));
  record.id = id_field(json, origin);
  const std::string place = record.id.empty() ? origin : format("{}, id '{}'", origin, record.id);
  read_extensions(json, place, record);
  if (json.contains("messages"))
    read_messages(json, place, record);
  else
    read_conversations(json, place, record);
  check_turns(record, place);
  normalise_tags(record);
  check_tags(record, place);
  return record;
}

}  // namespace sightline
