#include "runs/run_rows.h"

#include <array>
#include <charconv>
#include <utility>

#include "base/json.h"

namespace sightline {
namespace {

constexpr std::array<std::pair<RunState, std::string_view>, 3> kStates = {
    {{RunState::kRunning, "running"},
     {RunState::kInterrupted, "interrupted"},
     {RunState::kDone, "done"}}};

constexpr std::array kFinishReasons = {FinishReason::kStop, FinishReason::kLength,
                                       FinishReason::kCancelled};

std::optional<double> number_at(const Json& object, const char* key, const std::string& origin) {
  if (!object.contains(key) || object.at(key).is_null()) return std::nullopt;
  return json_get<double>(object, key, origin);
}

Json list_of(std::string_view text, const std::string& origin) {
  Json list = parse_json(text, origin);
  if (!list.is_array()) fail(ErrorKind::kBadFile, "{}: wanted a JSON list", origin);
  return list;
}

Part part_of(const Json& part, const std::string& origin, const PictureBySha& picture) {
  const auto sha = json_get_or<std::string>(part, "picture", origin, "");
  if (!sha.empty()) return {.text = "", .picture = picture(sha)};
  return {.text = json_get<std::string>(part, "text", origin), .picture = nullptr};
}

}  // namespace

std::string_view name_of(RunState state) {
  for (const auto& [value, name] : kStates) {
    if (value == state) return name;
  }
  fail(ErrorKind::kInternal, "run state {} has no name", static_cast<int>(state));
}

RunState run_state_of(std::string_view name) {
  for (const auto& [value, known] : kStates) {
    if (known == name) return value;
  }
  fail(ErrorKind::kBadFile, "'{}' is no state of a run", name);
}

FinishReason finish_reason_of(std::string_view name) {
  for (const FinishReason reason : kFinishReasons) {
    if (name_of(reason) == name) return reason;
  }
  fail(ErrorKind::kBadFile, "'{}' is no finish reason", name);
}

Json conversation_json(const Conversation& conversation) {
  Json out = Json::array();
  for (const Message& message : conversation) {
    Json parts = Json::array();
    for (const Part& part : message.parts) {
      parts.push_back(part.picture ? Json{{"picture", part.picture->sha256}}
                                   : Json{{"text", part.text}});
    }
    out.push_back({{"role", message.role}, {"parts", std::move(parts)}});
  }
  return out;
}

std::string conversation_text(const Conversation& conversation) {
  return dump_json(conversation_json(conversation));
}

Conversation conversation_of(std::string_view text, const std::string& origin,
                             const PictureBySha& picture) {
  Conversation conversation;
  for (const Json& message : list_of(text, origin)) {
    Message& added = conversation.emplace_back();
    added.role = json_get<std::string>(message, "role", origin);
    for (const Json& part : json_get<Json>(message, "parts", origin)) {
      added.parts.push_back(part_of(part, origin, picture));
    }
  }
  return conversation;
}

std::string notes_text(const std::map<std::string, std::string>& notes) {
  return dump_json(Json(notes));
}

std::map<std::string, std::string> notes_of(std::string_view text, const std::string& origin) {
  const Json object = parse_json(text, origin);
  std::map<std::string, std::string> notes;
  for (const auto& [key, value] : object.items()) {
    notes[key] = json_get<std::string>(object, key.c_str(), origin);
  }
  return notes;
}

std::string ids_text(const std::vector<std::int64_t>& ids) { return dump_json(Json(ids)); }

// Read without a document of JSON values: token ids are most of what a run holds.
std::vector<std::int64_t> ids_of(std::string_view text, const std::string& origin) {
  std::vector<std::int64_t> ids;
  const bool listed = text.starts_with('[') && text.ends_with(']');
  if (!listed) fail(ErrorKind::kBadFile, "{}: wanted a JSON list", origin);
  const char* at = text.data() + 1;
  const char* const last = text.data() + text.size() - 1;
  while (at < last) {
    while (*at == ' ') ++at;
    const auto [end, error] = std::from_chars(at, last, ids.emplace_back());
    const bool whole = error == std::errc() && (end == last || (*end == ',' && end + 1 < last));
    if (!whole) fail(ErrorKind::kBadFile, "{}: a token id is no integer", origin);
    at = end == last ? last : end + 1;
  }
  return ids;
}

std::string answer_details_text(const Answer& answer) {
  Json details = Json::object();
  if (!answer.first_token_scores.empty()) details["first_token"] = answer.first_token_scores;
  return dump_json(details);
}

void read_answer_details(std::string_view text, const std::string& origin, Answer& answer) {
  const Json details = parse_json(text, origin);
  const Json scores = json_get_or<Json>(details, "first_token", origin, Json::object());
  for (const auto& [name, score] : scores.items()) {
    answer.first_token_scores[name] = json_get<double>(scores, name.c_str(), origin);
  }
}

Json optional_number(const std::optional<double>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json value_json(const MetricValue& value) {
  const MetricCounts& counts = value.counts;
  const bool valued = value.value.has_value();
  return {{"value", valued ? Json(*value.value) : Json()},
          {"low", valued ? Json(value.low) : Json()},
          {"high", valued ? Json(value.high) : Json()},
          {"n", counts.n},
          {"n_ok", counts.n_ok},
          {"n_error", counts.n_error},
          {"n_unparsed", counts.n_unparsed},
          {"n_empty", counts.n_empty},
          {"n_missing", counts.n_missing}};
}

Json paired_json(const PairedDifference& paired) {
  return {{"against", paired.against},   {"n", paired.n},
          {"gained", paired.gained},     {"lost", paired.lost},
          {"clusters", paired.clusters}, {"difference", paired.difference},
          {"low", paired.low},           {"high", paired.high},
          {"interval", paired.interval}, {"p", paired.p},
          {"test", paired.test}};
}

std::string summary_details_text(const SummaryRow& row) {
  Json details = {{"unit", row.value.unit},
                  {"interval", row.value.interval},
                  {"clusters", row.value.clusters},
                  {"clustered_low", optional_number(row.value.clustered_low)},
                  {"clustered_high", optional_number(row.value.clustered_high)}};
  if (row.value.counts.n_missing > 0) details["n_missing"] = row.value.counts.n_missing;
  if (row.baseline) details["baseline"] = true;
  if (row.paired) details["paired"] = paired_json(*row.paired);
  return dump_json(details);
}

void read_summary_details(std::string_view text, const std::string& origin, SummaryRow& row) {
  const Json details = parse_json(text, origin);
  row.value.unit = json_get<std::string>(details, "unit", origin);
  row.value.interval = json_get<std::string>(details, "interval", origin);
  row.value.clusters = json_get<std::int64_t>(details, "clusters", origin);
  row.value.clustered_low = number_at(details, "clustered_low", origin);
  row.value.clustered_high = number_at(details, "clustered_high", origin);
  row.value.counts.n_missing = json_get_or<std::int64_t>(details, "n_missing", origin, 0);
  row.baseline = json_get_or<bool>(details, "baseline", origin, false);
  const Json paired = json_get_or<Json>(details, "paired", origin, Json());
  if (paired.is_null()) return;
  row.paired = PairedDifference{
      .against = json_get<std::string>(paired, "against", origin),
      .n = json_get<std::int64_t>(paired, "n", origin),
      .gained = json_get<std::int64_t>(paired, "gained", origin),
      .lost = json_get<std::int64_t>(paired, "lost", origin),
      .clusters = json_get_or<std::int64_t>(paired, "clusters", origin, 0),  // not in older runs
      .difference = json_get<double>(paired, "difference", origin),
      .low = json_get_or<double>(paired, "low", origin, -1),
      .high = json_get_or<double>(paired, "high", origin, 1),
      .interval = json_get_or<std::string>(paired, "interval", origin, ""),
      .p = json_get<double>(paired, "p", origin),
      .test = json_get<std::string>(paired, "test", origin)};
}

}  // namespace sightline
