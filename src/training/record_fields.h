// Fields of one record, their failures told as RecordError. For the readers of this folder.
#pragma once

#include <string>
#include <vector>

#include "training/record.h"

namespace sightline {

[[noreturn]] void reject_record(const char* reason, const std::string& message);

// json_get and json_get_or; what they throw becomes the reason "malformed".
template <class T>
T record_field(const Json& object, const char* key, const std::string& origin) {
  try {
    return json_get<T>(object, key, origin);
  } catch (const Error& error) {
    reject_record("malformed", error.message());
  }
}

template <class T>
T record_field_or(const Json& object, const char* key, const std::string& origin, T fallback) {
  try {
    return json_get_or<T>(object, key, origin, std::move(fallback));
  } catch (const Error& error) {
    reject_record("malformed", error.message());
  }
}

const Json& list_field(const Json& object, const char* key, const std::string& origin);

// Text or integer, as text; empty when absent. Reason "no_id" for anything else.
std::string id_field(const Json& json, const std::string& origin);

// A path that stays below the folder of pictures, whatever the file says; else "image_path".
std::string image_path_of(const Json& value, const std::string& origin);

}  // namespace sightline
