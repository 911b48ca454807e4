#include "base/prompt.h"

#include <algorithm>
#include <filesystem>

#include "base/json.h"
#include "base/sha256.h"
#include "base/share.h"
#include "sightline/error.h"

namespace sightline {
namespace {

bool names_slot(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

}  // namespace

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

std::string fill_slots(std::string_view text, const SlotValue& value) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text[at] == '{' ? text.find('}', at) : std::string_view::npos;
    const std::optional<std::string> filled =
        end == std::string_view::npos ? std::nullopt
                                      : value(std::string(text.substr(at + 1, end - at - 1)));
    if (filled)
      out += *filled;
    else
      out += text[at];
    at = filled ? end + 1 : at + 1;
  }
  return out;
}

std::string filled_prompt(const std::string& id, const std::map<std::string, std::string>& values) {
  return fill_slots(prompt_text(id), [&](const std::string& name) -> std::optional<std::string> {
    if (!names_slot(name)) return std::nullopt;
    const auto value = values.find(name);
    if (value == values.end()) {
      fail(ErrorKind::kInternal, "prompt '{}': slot {} has no value", id, "{" + name + "}");
    }
    return value->second;
  });
}

}  // namespace sightline
