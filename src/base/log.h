// Logging to stderr behind our own names; arguments as in format().
#pragma once

#include <string_view>

#include "sightline/format.h"

namespace sightline {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// Messages below `level` are dropped (default kInfo). Thread-safe.
void set_log_level(LogLevel level);
void log_text(LogLevel level, std::string_view text);

template <class... Args>
void log_debug(std::string_view pattern, const Args&... args) {
  log_text(LogLevel::kDebug, format(pattern, args...));
}
template <class... Args>
void log_info(std::string_view pattern, const Args&... args) {
  log_text(LogLevel::kInfo, format(pattern, args...));
}
template <class... Args>
void log_warning(std::string_view pattern, const Args&... args) {
  log_text(LogLevel::kWarning, format(pattern, args...));
}

}  // namespace sightline
