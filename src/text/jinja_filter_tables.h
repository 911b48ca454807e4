// The filters by name. Internal to the jinja_* files.
#pragma once

#include <map>
#include <string>

#include "text/jinja_runtime.h"
#include "text/unicode.h"

namespace sightline::jinja {

using Filter = Value (*)(Runtime& runtime, const Value& input, const Arguments& arguments);
using FilterTable = std::map<std::string, Filter>;

extern const FilterTable kListFilters;

// Charges for str.replace before it is done; throws when the result would be too large.
void check_replacement(Runtime& runtime, const std::string& text, const std::string& from,
                       const std::string& to);

}  // namespace sightline::jinja
