#include "base/near.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "sightline/error.h"

namespace sightline {
namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string near_names_hint(std::string_view given, std::span<const std::string> known) {
  constexpr std::size_t kMaxListed = 12;
  const std::string* best = nullptr;
  std::size_t best_distance = std::max<std::size_t>(2, given.size() / 2) + 1;
  for (const std::string& name : known) {
    const std::size_t distance = edit_distance(given, name);
    if (distance < best_distance) {
      best_distance = distance;
      best = &name;
    }
  }
  std::string hint = best == nullptr ? "" : "did you mean '" + *best + "'? ";
  hint += "known: ";
  for (std::size_t i = 0; i < std::min(known.size(), kMaxListed); ++i) {
    hint += (i > 0 ? ", " : "") + known[i];
  }
  if (known.size() > kMaxListed) hint += ", …";
  return hint;
}

std::size_t index_of_name(std::string_view given, std::span<const std::string> names,
                          std::string_view what) {
  const auto found = std::find(names.begin(), names.end(), given);
  if (found == names.end()) {
    fail_with_hint(ErrorKind::kUsage, near_names_hint(given, names), "unknown {} '{}'", what,
                   given);
  }
  return static_cast<std::size_t>(found - names.begin());
}

}  // namespace sightline
