// Values as Python writes them: JSON with bare NaN, lists as literals.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace sightline {

// parse_json() that takes NaN, Infinity and -Infinity for null.
Json parse_python_json(std::string_view text, std::string_view origin);

// Every line of a JSON Lines file; blank ones are skipped. `origin` is "a.jsonl, line 3". Throws
// Error: kNotFound, kBadFile.
void for_each_python_json_line(
    const std::filesystem::path& file,
    const std::function<void(const Json& json, const std::string& origin)>& take);

// "['a', \"b\"]": a list of quoted texts, with backslash escapes. Nothing for anything else; it is
// never evaluated.
std::optional<std::vector<std::string>> python_list(std::string_view text);

// A scalar as text: strings as they are, others as JSON; null as "".
std::string scalar_text(const Json& value);

// `object[key]` as scalar_text; "" when it is not there.
std::string text_at(const Json& object, const char* key);

}  // namespace sightline
