#include "sightline/error.h"

namespace sightline {

std::string_view name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kUsage: return "usage";
    case ErrorKind::kNotFound: return "not_found";
    case ErrorKind::kBadFile: return "bad_file";
    case ErrorKind::kShape: return "shape";
    case ErrorKind::kUnsupported: return "unsupported";
    case ErrorKind::kRemote: return "remote";
    case ErrorKind::kInterrupted: return "interrupted";
    case ErrorKind::kInternal: return "internal";
  }
  return "internal";
}

int exit_code_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kUsage: return 2;
    case ErrorKind::kNotFound: return 3;
    case ErrorKind::kBadFile:
    case ErrorKind::kShape: return 4;
    case ErrorKind::kUnsupported: return 5;
    case ErrorKind::kRemote: return 6;
    case ErrorKind::kInterrupted: return 130;
    case ErrorKind::kInternal: return 70;
  }
  return 70;
}

Error::Error(ErrorKind kind, std::string message, std::string hint)
    : std::runtime_error(hint.empty() ? message : message + " (hint: " + hint + ")"),
      kind_(kind),
      message_(std::move(message)),
      hint_(std::move(hint)) {}

}  // namespace sightline
