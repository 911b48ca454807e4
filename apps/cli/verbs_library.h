// The seam between the executable, which starts in milliseconds, and the library that computes.
#pragma once

#include <string>

namespace sightline::cli {

// The only function that crosses it: options as a JSON object, returns the exit code, never throws.
inline constexpr const char* kRunVerbSymbol = "sightline_run_verb";
using RunVerb = int (*)(const char* verb, const char* options_json);

// Loads libsightline_verbs.so from beside the executable or from its installed place and runs the
// verb. Throws Error{kNotFound} naming the places that were tried.
int run_verb(const std::string& verb, const std::string& options_json);

}  // namespace sightline::cli
