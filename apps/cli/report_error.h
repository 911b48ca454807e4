// How an error is told to whoever called the program.
#pragma once

#include "sightline/error.h"

namespace sightline::cli {

// "error: …" and "hint: …" lines on stderr, or one JSON line {"error": {kind, message, hint}};
// returns the exit code.
int report_error(const Error& error, bool json);

}  // namespace sightline::cli
