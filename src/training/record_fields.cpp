#include "training/record_fields.h"

#include <algorithm>

namespace sightline {

void reject_record(const char* reason, const std::string& message) {
  throw RecordError(reason, message);
}

const Json& list_field(const Json& object, const char* key, const std::string& origin) {
  if (!object.contains(key)) {
    reject_record("malformed", format("{}: key '{}' is missing", origin, key));
  }
  const Json& list = object.at(key);
  if (!list.is_array()) {
    reject_record("malformed",
                  format("{}: key '{}' should be a list, found {}", origin, key, list.type_name()));
  }
  return list;
}

std::string id_field(const Json& json, const std::string& origin) {
  if (!json.contains("id") || json["id"].is_null()) return "";
  const Json& id = json["id"];
  if (id.is_string() && !id.get<std::string>().empty()) return id.get<std::string>();
  if (id.is_number_integer()) return dump_json(id);
  reject_record("no_id",
                format("{}: 'id' should be a text or an integer, found {}", origin, dump_json(id)));
}

std::string image_path_of(const Json& value, const std::string& origin) {
  const std::string text = value.is_string() ? value.get<std::string>() : "";
  const std::filesystem::path path(text);
  const bool climbs = std::find(path.begin(), path.end(), "..") != path.end();
  if (text.empty() || path.is_absolute() || climbs || text.find('\0') != std::string::npos) {
    reject_record("image_path", format("{}: image {} should be a path below the folder of pictures",
                                       origin, dump_json(value)));
  }
  return text;
}

}  // namespace sightline
