// The one exception type of the library, and the one way to throw it.
//
//   fail(ErrorKind::kShape, "{}: '{}' is {}, wanted {}", file, key, found, wanted);
//   fail_with_hint(ErrorKind::kNotFound, "run 'sightline list models'", "no model at '{}'", path);
//
// A message says what, where, wanted and found; the hint says what to do about it.
// Edges translate the kind: the command line into an exit code, HTTP into a status.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "sightline/format.h"

namespace sightline {

enum class ErrorKind {
  kUsage,        // the caller asked for something malformed        → exit 2
  kNotFound,     // a named file, model, entry does not exist       → exit 3
  kBadFile,      // a file exists and is damaged or unwritable      → exit 4
  kShape,        // tensors that do not fit together                → exit 4
  kUnsupported,  // well formed, but not something we can do        → exit 5
  kRemote,       // another server failed                           → exit 6
  kInterrupted,  // the user or a deadline stopped the work         → exit 130
  kInternal,     // a bug of ours or of a library below             → exit 70
};

// Stable lower-case name of a kind, used in JSON and logs ("bad_file").
std::string_view name_of(ErrorKind kind);

// Exit code of the command line for a kind (architecture, section 3).
int exit_code_of(ErrorKind kind);

class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, std::string message, std::string hint = {});

  ErrorKind kind() const { return kind_; }
  const std::string& message() const { return message_; }  // without the hint
  const std::string& hint() const { return hint_; }        // may be empty

 private:
  ErrorKind kind_;
  std::string message_;
  std::string hint_;
};

template <class... Args>
[[noreturn]] void fail(ErrorKind kind, std::string_view pattern, const Args&... args) {
  throw Error(kind, format(pattern, args...));
}

template <class... Args>
[[noreturn]] void fail_with_hint(ErrorKind kind, std::string hint, std::string_view pattern,
                                 const Args&... args) {
  throw Error(kind, format(pattern, args...), std::move(hint));
}

}  // namespace sightline
