// JSON at the edges: parse once, with limits and errors that name the place; then use structs.
// Heavy: include only in sources; headers take <nlohmann/json_fwd.hpp>.
#pragma once

#include <cstddef>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "sightline/error.h"

namespace sightline {

using Json = nlohmann::json;  // keys sorted: equal documents have equal text

inline constexpr std::size_t kMaxJsonDepth = 128;
inline constexpr std::size_t kMaxJsonBytes = std::size_t{256} << 20;

// Parses UTF-8 (a BOM is skipped). `origin` names the source in messages ("config.json").
// Throws Error{kBadFile} for bad syntax, invalid UTF-8, too deep or too large documents.
Json parse_json(std::string_view text, std::string_view origin);
Json read_json(const std::filesystem::path& file);

// Text of a document: never throws on invalid UTF-8 (bad bytes become U+FFFD).
std::string dump_json(const Json& value, int indent = -1);

// `object[key]` as T, or Error{kBadFile} naming origin, key, wanted and found type.
template <class T>
T json_get(const Json& object, const char* key, std::string_view origin);

// The same with a default when the key is absent or null.
template <class T>
T json_get_or(const Json& object, const char* key, std::string_view origin, T fallback);

namespace detail {
[[noreturn]] void json_missing(std::string_view origin, const char* key);
[[noreturn]] void json_wrong(std::string_view origin, const char* key, const Json& found,
                             std::string_view wanted);
template <class T>
constexpr std::string_view json_type_name() {
  if constexpr (std::is_same_v<T, bool>)
    return "a boolean";
  else if constexpr (std::is_integral_v<T>)
    return "an integer";
  else if constexpr (std::is_floating_point_v<T>)
    return "a number";
  else if constexpr (std::is_same_v<T, std::string>)
    return "a string";
  else
    return "another type";
}
template <class T>
bool json_is(const Json& value) {
  if constexpr (std::is_same_v<T, bool>)
    return value.is_boolean();
  else if constexpr (std::is_integral_v<T>)
    return value.is_number_integer();
  else if constexpr (std::is_floating_point_v<T>)
    return value.is_number();
  else if constexpr (std::is_same_v<T, std::string>)
    return value.is_string();
  else
    return true;
}
}  // namespace detail

template <class T>
T json_get(const Json& object, const char* key, std::string_view origin) {
  if (!object.is_object() || !object.contains(key)) detail::json_missing(origin, key);
  const Json& value = object.at(key);
  if (!detail::json_is<T>(value)) {
    detail::json_wrong(origin, key, value, detail::json_type_name<T>());
  }
  try {
    return value.get<T>();
  } catch (const Json::exception&) {
    detail::json_wrong(origin, key, value, detail::json_type_name<T>());
  }
}

template <class T>
T json_get_or(const Json& object, const char* key, std::string_view origin, T fallback) {
  if (!object.is_object() || !object.contains(key) || object.at(key).is_null()) return fallback;
  return json_get<T>(object, key, origin);
}

}  // namespace sightline
