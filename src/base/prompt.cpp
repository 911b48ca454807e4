#include "base/prompt.h"

#include <filesystem>
#include <regex>

#include "base/json.h"
#include "base/sha256.h"
#include "base/share.h"
#include "sightline/error.h"

namespace sightline {

std::string prompt_text(const std::string& id) {
  const std::filesystem::path folder = share_path("data/prompts");
  std::filesystem::path file = folder / (id + ".json");
  if (!std::filesystem::exists(file)) file = folder / (id + ".v1.json");
  if (!std::filesystem::exists(file)) {
    fail_with_hint(ErrorKind::kNotFound, "known prompts lie in " + folder.string(),
                   "no prompt '{}'", id);
  }
  const Json prompt = read_json(file);
  const std::string text = json_get<std::string>(prompt, "text", file.string());
  const std::string wanted = json_get<std::string>(prompt, "sha256", file.string());
  if (sha256(text) != wanted) {
    fail(ErrorKind::kBadFile, "{}: the text has SHA-256 {}, the file says {}", file, sha256(text),
         wanted);
  }
  return text;
}

std::string filled_prompt(const std::string& id, const std::map<std::string, std::string>& values) {
  static const std::regex slot(R"(\{(\w+)\})");
  const std::string text = prompt_text(id);
  std::string out;
  auto copied = text.begin();
  for (std::sregex_iterator at(text.begin(), text.end(), slot), end; at != end; ++at) {
    const auto value = values.find((*at)[1]);
    if (value == values.end()) {
      fail(ErrorKind::kInternal, "prompt '{}': slot {} has no value", id, at->str());
    }
    out.append(copied, (*at)[0].first);
    out += value->second;
    copied = (*at)[0].second;
  }
  return out.append(copied, text.end());
}

}  // namespace sightline
