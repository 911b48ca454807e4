// Tokens → statements. Internal to the jinja_* files.
#pragma once

#include <string_view>

#include "text/jinja_ast.h"

namespace sightline::jinja {

// Throws Error{kBadFile} with the line for syntax errors, Error{kUnsupported} for tags and
// constructs that jinja2 knows and we do not.
Block parse(std::string_view source, std::string_view origin);

}  // namespace sightline::jinja
