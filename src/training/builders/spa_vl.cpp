// spa_vl: preference records of the files that keywords name, in the keywords' order (SPA-VL,
// arXiv 2406.12030).
#include <set>
#include <sstream>

#include "training/builders/builder.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

// The data set calls its hard statements "hards", its training registry "hardd".
std::string canonical(const std::string& keyword) { return keyword == "hardd" ? "hards" : keyword; }

std::vector<std::string> keywords_of(const std::string& list) {
  std::vector<std::string> out;
  std::set<std::string> seen;
  std::istringstream stream(list);
  for (std::string one; std::getline(stream, one, ',');) {
    const std::string keyword = canonical(trimmed_text(one));
    if (keyword.empty()) continue;
    if (!seen.insert(keyword).second) {
      fail(ErrorKind::kUsage, "spa_vl: keyword '{}' is named twice in '{}'", keyword, list);
    }
    out.push_back(keyword);
  }
  if (out.empty()) fail(ErrorKind::kUsage, "spa_vl: 'keywords' names none");
  return out;
}

// Keyword → file, relative paths beside the registry.
std::map<std::string, fs::path> read_registry(const fs::path& file) {
  const Json registry = read_json(file);
  if (!registry.is_object()) {
    fail(ErrorKind::kBadFile, "{}: wanted an object of keyword → file, found {}", file,
         registry.type_name());
  }
  std::map<std::string, fs::path> out;
  for (const auto& [keyword, path] : registry.items()) {
    if (!path.is_string()) detail::json_wrong(file.string(), keyword.c_str(), path, "a file name");
    if (!out.emplace(canonical(keyword), file.parent_path() / path.get<std::string>()).second) {
      fail(ErrorKind::kBadFile, "{}: 'hards' and 'hardd' are the same keyword", file);
    }
  }
  return out;
}

BuiltData build(const InputFiles& inputs, const Json& options) {
  const auto registry = read_registry(inputs.at("registry"));
  std::vector<std::string> known;
  for (const auto& [keyword, file] : registry) known.push_back(keyword);
  BuiltData out;
  for (const std::string& keyword : keywords_of(options.at("keywords").get<std::string>())) {
    const auto found = registry.find(keyword);
    if (found == registry.end()) {
      fail_with_hint(ErrorKind::kUsage, near_names_hint(keyword, known), "{} has no keyword '{}'",
                     inputs.at("registry"), keyword);
    }
    auto records = read_preference_records(found->second, out.rejected);
    out.report[keyword] = records.size();
    out.further_inputs[keyword] = found->second;
    for (PreferenceRecord& record : records) {
      record.source = keyword;
      out.preferences.push_back(std::move(record));
    }
  }
  return out;
}

}  // namespace

BuilderEntry spa_vl_builder() {
  return {
      .summary = "preference records of SPA-VL's layout, normalised, several files in one",
      .paper = "arXiv 2406.12030",
      .inputs = {{"registry", "JSON object keyword → file of preference records"}},
      .options = {{"keywords", "easy,hardq,hards", "files to take, in this order; hardd is hards"}},
      .build = build};
}

}  // namespace sightline
