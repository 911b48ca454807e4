// One JSON object → TrainingRecord: LLaVA conversations or chat messages.
#include <algorithm>
#include <cmath>

#include "training/record.h"

namespace sightline {
namespace {

[[noreturn]] void reject(const char* reason, const std::string& message) {
  throw RecordError(reason, message);
}

// json_get and its like, with their failures as a reason.
template <class Read>
auto field(const Read& read) {
  try {
    return read();
  } catch (const RecordError&) {
    throw;
  } catch (const Error& error) {
    reject("malformed", error.message());
  }
}

template <class T>
T get(const Json& object, const char* key, const std::string& origin) {
  return field([&] { return json_get<T>(object, key, origin); });
}

template <class T>
T get_or(const Json& object, const char* key, const std::string& origin, T fallback) {
  return field([&] { return json_get_or<T>(object, key, origin, std::move(fallback)); });
}

const Json& list_at(const Json& object, const char* key, const std::string& origin) {
  return *field([&] {
    if (!object.contains(key)) detail::json_missing(origin, key);
    const Json& list = object.at(key);
    if (!list.is_array()) detail::json_wrong(origin, key, list, "a list");
    return &list;
  });
}

std::string id_of(const Json& json, const std::string& origin) {
  if (!json.contains("id") || json["id"].is_null()) return "";
  const Json& id = json["id"];
  if (id.is_string() && !id.get<std::string>().empty()) return id.get<std::string>();
  if (id.is_number_integer()) return dump_json(id);
  reject("no_id",
         format("{}: 'id' should be a text or an integer, found {}", origin, dump_json(id)));
}

// Paths stay below the folder of pictures, whatever the file says.
std::string image_path(const Json& value, const std::string& origin) {
  const std::string text = value.is_string() ? value.get<std::string>() : "";
  const std::filesystem::path path(text);
  const bool climbs = std::find(path.begin(), path.end(), "..") != path.end();
  if (text.empty() || path.is_absolute() || climbs || text.find('\0') != std::string::npos) {
    reject("image_path", format("{}: image {} should be a path below the folder of pictures",
                                origin, dump_json(value)));
  }
  return text;
}

std::vector<std::string> images_of(const Json& json, const char* key, const std::string& origin) {
  std::vector<std::string> out;
  if (!json.contains(key) || json[key].is_null()) return out;
  if (!json[key].is_array()) return {image_path(json[key], origin)};
  for (const Json& one : json[key]) out.push_back(image_path(one, origin));
  return out;
}

void read_flags(const Json& json, const std::string& origin, TrainingTurn& turn) {
  turn.supervise = get_or(json, "supervise", origin, true);
  turn.supervise_end = get_or(json, "supervise_eos", origin, true);
  turn.refusal = get_or(json, "refusal", origin, false);
}

void read_extensions(const Json& json, const std::string& origin, TrainingRecord& record) {
  record.kind = get_or(json, "kind", origin, record.kind);
  record.source = get_or(json, "source", origin, record.source);
  record.weight = get_or(json, "weight", origin, record.weight);
  record.gold = get_or(json, "gold", origin, record.gold);
  record.pair_id = get_or(json, "pair_id", origin, record.pair_id);
  if (!std::isfinite(record.weight) || record.weight < 0) {
    reject("malformed",
           format("{}: 'weight' should be 0 or more, found {}", origin, record.weight));
  }
}

void read_conversations(const Json& json, const std::string& origin, TrainingRecord& record) {
  if (record.id.empty()) reject("no_id", format("{}: key 'id' is missing", origin));
  record.images = images_of(json, "image", origin);
  record.system = get_or<std::string>(json, "system", origin, "");
  for (const Json& item : list_at(json, "conversations", origin)) {
    const auto from = get<std::string>(item, "from", origin);
    TrainingTurn turn{.role = from, .text = get<std::string>(item, "value", origin)};
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
      const auto type = get<std::string>(part, "type", origin);
      if (type == "image") {
        out += std::string(kImageTag) + "\n";
      } else if (type == "text") {
        out += get<std::string>(part, "text", origin);
      } else {
        reject("malformed", format("{}: a part of type '{}', wanted text or image", origin, type));
      }
    }
    return out;
  }
  return get<std::string>(message, "content", origin);
}

void read_messages(const Json& json, const std::string& origin, TrainingRecord& record) {
  record.images = images_of(json, "images", origin);
  record.system = get_or<std::string>(json, "system", origin, "");
  for (const Json& message : list_at(json, "messages", origin)) {
    TrainingTurn turn{.role = get<std::string>(message, "role", origin),
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
      reject("turns_do_not_alternate",
             format("{}: turn {} is '{}', wanted {}", origin, i + 1, turn.role, wanted));
    }
    if (i % 2 == 1 && trimmed_text(turn.text).empty()) {
      reject("empty_answer", format("{}: the answer of turn {} is empty", origin, i + 1));
    }
  }
  if (record.turns.empty() || record.turns.size() % 2 == 1) {
    reject("no_answer", format("{}: the last turn is not an answer", origin));
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
    reject("image_tags", format("{}: {} image tags in user turns and {} elsewhere for {} images",
                                origin, asked, elsewhere, record.images.size()));
  }
}

}  // namespace

TrainingRecord parse_training_record(const Json& json, const std::string& origin) {
  TrainingRecord record;
  if (!json.is_object()) reject("malformed", format("{}: wanted a JSON object", origin));
  record.id = id_of(json, origin);
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
