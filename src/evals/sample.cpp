#include "sightline/sample.h"

#include <array>
#include <utility>

#include "sightline/error.h"

namespace sightline {
namespace {

constexpr std::array<std::pair<Status, std::string_view>, 6> kStatusNames = {{
    {Status::kOk, "ok"},
    {Status::kUnparsed, "unparsed"},
    {Status::kEmpty, "empty"},
    {Status::kError, "error"},
    {Status::kTimeout, "timeout"},
    {Status::kFiltered, "filtered"},
}};

}  // namespace

std::string_view name_of(Status status) {
  for (const auto& [value, name] : kStatusNames) {
    if (value == status) return name;
  }
  fail(ErrorKind::kInternal, "status {} has no name", static_cast<int>(status));
}

bool lacks_picture(const Sample& sample) {
  // Runs recorded before there was the note say so by the cluster alone.
  return sample.meta.contains(kMissingPicture) || sample.cluster.starts_with("missing ") ||
         sample.cluster.starts_with("missing:");
}

Status status_of(std::string_view name) {
  for (const auto& [value, known] : kStatusNames) {
    if (known == name) return value;
  }
  fail(ErrorKind::kBadFile,
       "'{}' is no status; wanted ok, unparsed, empty, error, timeout or "
       "filtered",
       name);
}

}  // namespace sightline
