#include "evals/hashed_document.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "base/near.h"
#include "base/sha256.h"
#include "base/share.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

std::string document_hash(Json document) {
  document.erase("sha256");
  return sha256(dump_json(document));
}

std::string checked_document_hash(const Json& document, const std::string& origin) {
  const std::string hash = document_hash(document);
  const auto stated = json_get<std::string>(document, "sha256", origin);
  if (stated != hash) {
    fail_with_hint(ErrorKind::kBadFile, "a changed file needs a new version and a new hash",
                   "{}: states sha256 {}, has {}", origin, stated, hash);
  }
  return hash;
}

NamedDocument read_document(const std::string& folder, const std::string& id,
                            const std::string& kind) {
  const fs::path place = share_path("data/" + folder);
  const std::vector<std::string> names = names_in(place);
  if (std::find(names.begin(), names.end(), id) == names.end()) {
    fail_with_hint(ErrorKind::kNotFound, near_names_hint(id, names), "no {} '{}' in {}", kind, id,
                   place);
  }
  const std::string origin = (place / (id + ".json")).string();
  return {read_json(origin), origin};
}

}  // namespace sightline
