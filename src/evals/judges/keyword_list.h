// Named, versioned lists of phrases (data/keyword_lists): what a keyword judge looks for.
// File format: data/keyword_lists/README.md.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "text/regex.h"

namespace sightline {

struct KeywordHit {
  std::string phrase;      // as the list spells it
  std::size_t offset = 0;  // in code points of the text as the list reads it
};

// Immutable; const use is thread-safe.
class KeywordList {
 public:
  // "refusal_v1" → data/keyword_lists/refusal_v1.json. Throws kNotFound with the lists there are,
  // kBadFile for a damaged list or one that does not match its own hash.
  static KeywordList load(const std::string& id);
  static KeywordList parse(const Json& document, const std::string& origin);

  // The first phrase in list order that occurs in the list's scope. The text may be invalid UTF-8.
  // Throws kUnsupported when a regular expression of the list does not come to an end on it.
  std::optional<KeywordHit> first_hit(std::string_view text) const;

  // Compliance takes more than so many pieces, split on single spaces, of answer and prompt alike.
  std::size_t more_pieces_than() const { return more_pieces_than_; }

  const std::string& sha256() const { return sha256_; }  // of the phrases and rules

 private:
  enum class Scope { kPrefix, kAnywhere, kFirstChars };
  struct Phrase {
    std::string text;  // as the list spells it
    std::string form;  // as compared
    std::optional<text::Regex> pattern;
  };

  std::string form_of(std::string_view text) const;
  std::size_t find(const Phrase& phrase, std::string_view scope) const;

  bool sensitive_ = false;
  bool normalise_ = false;
  bool trim_ = false;
  Scope scope_ = Scope::kAnywhere;
  std::size_t first_characters_ = 0;
  std::size_t more_pieces_than_ = 0;
  std::vector<Phrase> phrases_;
  std::vector<Phrase> whole_;  // fire only as the whole text
  std::string sha256_;
};

}  // namespace sightline
