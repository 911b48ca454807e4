// A registry: name → entry, filled by explicit lists (registry.cpp of each folder), never by
// statics.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/near.h"
#include "sightline/error.h"

namespace sightline {

// Not thread-safe while filling; const use is. `Entry` is any copyable description.
template <class Entry>
class Registry {
 public:
  // `kind` names what is registered in messages: "defence".
  explicit Registry(std::string kind) : kind_(std::move(kind)) {}

  void add(const std::string& name, Entry entry) {
    if (!entries_.emplace(name, std::move(entry)).second) {
      fail(ErrorKind::kInternal, "{} '{}' is registered twice", kind_, name);
    }
  }

  // Throws Error{kUsage} with the near names.
  const Entry& at(const std::string& name) const {
    const auto found = entries_.find(name);
    if (found == entries_.end()) {
      fail_with_hint(ErrorKind::kUsage, near_names_hint(name, names()), "unknown {} '{}'", kind_,
                     name);
    }
    return found->second;
  }

  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& [name, entry] : entries_) out.push_back(name);
    return out;
  }

  const std::map<std::string, Entry>& entries() const { return entries_; }

 private:
  std::string kind_;
  std::map<std::string, Entry> entries_;
};

}  // namespace sightline
