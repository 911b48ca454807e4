#include "evals/judges/keyword_list.h"

#include <algorithm>

#include "base/near.h"
#include "base/sha256.h"
#include "base/share.h"
#include "evals/plain_text.h"
#include "text/unicode.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxPhrases = 10'000;

std::vector<std::string> list_names(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

// The text of `key`, which must be one of `choices`; its place among them.
std::size_t choice(const Json& document, const char* key, const std::string& origin,
                   const std::vector<std::string>& choices) {
  const auto value = json_get<std::string>(document, key, origin);
  const auto found = std::find(choices.begin(), choices.end(), value);
  if (found == choices.end()) {
    fail_with_hint(ErrorKind::kBadFile, near_names_hint(value, choices),
                   "{}: '{}' is '{}', which is no {}", origin, key, value, key);
  }
  return static_cast<std::size_t>(found - choices.begin());
}

std::vector<std::string> phrases_of(const Json& document, const std::string& origin) {
  const Json list = json_get<Json>(document, "phrases", origin);
  if (!list.is_array() || list.empty() || list.size() > kMaxPhrases) {
    detail::json_wrong(origin, "phrases", list, "a list of 1 to 10000 texts");
  }
  std::vector<std::string> phrases;
  for (const Json& phrase : list) {
    if (!phrase.is_string() || phrase.get_ref<const std::string&>().empty()) {
      detail::json_wrong(origin, "phrases", phrase, "texts that are not empty");
    }
    phrases.push_back(phrase.get<std::string>());
  }
  return phrases;
}

// What the hash covers: the document without its hash, keys sorted, no spaces.
std::string hash_of(Json document) {
  document.erase("sha256");
  return sightline::sha256(dump_json(document));
}

}  // namespace

KeywordList KeywordList::load(const std::string& id) {
  const fs::path folder = share_path("data/keyword_lists");
  const fs::path file = folder / (id + ".json");
  const std::vector<std::string> names = list_names(folder);
  if (std::find(names.begin(), names.end(), id) == names.end()) {
    fail_with_hint(ErrorKind::kNotFound, near_names_hint(id, names), "no keyword list '{}' in {}",
                   id, folder);
  }
  return parse(read_json(file), file.string());
}

KeywordList KeywordList::parse(const Json& document, const std::string& origin) {
  KeywordList list;
  list.sensitive_ = choice(document, "case", origin, {"insensitive", "sensitive"}) == 1;
  list.normalise_ = choice(document, "normalise", origin, {"none", "basic"}) == 1;
  list.trim_ = list.normalise_ || json_get_or<bool>(document, "trim", origin, false);
  list.scope_ = static_cast<Scope>(
      choice(document, "scope", origin, {"prefix", "anywhere", "first_n_chars"}));
  if (list.scope_ == Scope::kFirstChars) {
    const auto n = json_get<std::int64_t>(document, "n", origin);
    if (n < 1) detail::json_wrong(origin, "n", n, "at least 1");
    list.first_characters_ = static_cast<std::size_t>(n);
  }
  const bool regex =
      document.contains("syntax") && choice(document, "syntax", origin, {"regex"}) == 0;
  for (std::string& phrase : phrases_of(document, origin)) {
    Phrase& added = list.phrases_.emplace_back();
    if (regex)
      added.pattern.emplace(phrase);
    else
      added.form = list.form_of(phrase);
    added.text = std::move(phrase);
  }
  list.sha256_ = hash_of(document);
  const auto stated = json_get<std::string>(document, "sha256", origin);
  if (stated != list.sha256_) {
    fail_with_hint(ErrorKind::kBadFile, "a changed list needs a new version and a new hash",
                   "{}: states sha256 {}, has {}", origin, stated, list.sha256_);
  }
  return list;
}

std::string KeywordList::form_of(std::string_view text) const {
  std::string form = text::repair_utf8(text);
  if (normalise_) form = normalise_basic(form);
  return sensitive_ ? form : lower_case(form);
}

// Byte offset of the phrase, or npos.
std::size_t KeywordList::find(const Phrase& phrase, std::string_view scope) const {
  std::size_t at = std::string_view::npos;
  if (phrase.pattern) {
    phrase.pattern->for_each_match(scope,
                                   [&at](text::Span span) { at = std::min(at, span.begin); });
  } else {
    at = scope.find(phrase.form);
  }
  return scope_ == Scope::kPrefix && at != 0 ? std::string_view::npos : at;
}

std::optional<KeywordHit> KeywordList::first_hit(std::string_view text) const {
  const std::string form = form_of(text);
  std::string_view scope = trim_ ? trimmed(form) : std::string_view(form);
  if (scope_ == Scope::kFirstChars) {
    std::size_t end = 0;
    for (std::size_t n = 0; n < first_characters_ && end < scope.size(); ++n) {
      end += text::utf8_step(scope, end).size;
    }
    scope = scope.substr(0, end);
  }
  for (const Phrase& phrase : phrases_) {
    const std::size_t at = find(phrase, scope);
    if (at != std::string_view::npos) {
      return KeywordHit{phrase.text, text::count_characters(scope.substr(0, at))};
    }
  }
  return std::nullopt;
}

}  // namespace sightline
