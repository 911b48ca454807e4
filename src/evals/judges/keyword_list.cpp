#include "evals/judges/keyword_list.h"

#include <algorithm>

#include "base/near.h"
#include "evals/hashed_document.h"
#include "evals/plain_text.h"
#include "text/unicode.h"

namespace sightline {
namespace {

constexpr std::size_t kMaxPhrases = 10'000;

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

std::vector<std::string> texts_of(const Json& list, const char* key, const std::string& origin) {
  if (!list.is_array() || list.empty() || list.size() > kMaxPhrases) {
    detail::json_wrong(origin, key, list, "a list of 1 to 10000 texts");
  }
  std::vector<std::string> texts;
  for (const Json& text : list) {
    if (!text.is_string() || text.get_ref<const std::string&>().empty()) {
      detail::json_wrong(origin, key, text, "texts that are not empty");
    }
    texts.push_back(text.get<std::string>());
  }
  return texts;
}

}  // namespace

KeywordList KeywordList::load(const std::string& id) {
  const NamedDocument found = read_document("keyword_lists", id, "keyword list");
  return parse(found.json, found.origin);
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
  const Json phrases = json_get<Json>(document, "phrases", origin);
  for (std::string& phrase : texts_of(phrases, "phrases", origin)) {
    Phrase& added = list.phrases_.emplace_back();
    if (regex)
      added.pattern.emplace(phrase);
    else
      added.form = list.form_of(phrase);
    added.text = std::move(phrase);
  }
  if (document.contains("whole")) {
    for (std::string& text : texts_of(document.at("whole"), "whole", origin)) {
      list.whole_.push_back({.text = text, .form = list.form_of(text), .pattern = std::nullopt});
    }
  }
  list.more_pieces_than_ = json_get_or<std::uint32_t>(document, "more_pieces_than", origin, 0);
  list.sha256_ = checked_document_hash(document, origin);
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
  if (scope_ == Scope::kFirstChars) scope = first_characters(scope, first_characters_);
  for (const Phrase& phrase : phrases_) {
    const std::size_t at = find(phrase, scope);
    if (at != std::string_view::npos) {
      return KeywordHit{phrase.text, text::count_characters(scope.substr(0, at))};
    }
  }
  for (const Phrase& phrase : whole_) {
    if (scope == phrase.form) return KeywordHit{phrase.text, 0};
  }
  return std::nullopt;
}

}  // namespace sightline
