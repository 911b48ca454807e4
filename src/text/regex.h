// A compiled regular expression of a tokenizer: Oniguruma's Ruby syntax, run by PCRE2.
//
// The syntaxes differ in a few places (\h, \s, (?m), {,n}, {n,m}+, Unicode versions); the pattern
// is rewritten before it is compiled. What cannot be rewritten throws Error{kUnsupported} naming
// it.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

struct pcre2_real_code_8;

namespace sightline::text {

// Bytes [begin, end) of the searched text.
struct Span {
  std::size_t begin;
  std::size_t end;
};

class Regex {
 public:
  explicit Regex(std::string_view pattern);

  // A regex that matches exactly this text.
  static Regex literal(std::string_view text);

  // Calls `found` for all matches, left to right, not overlapping; an empty match directly after
  // another match is skipped. REQUIRES: valid UTF-8. Thread-safe. Throws Error{kUnsupported} when a
  // match needs more than kMatchSteps steps.
  void for_each_match(std::string_view text, const std::function<void(Span)>& found) const;

  // The same with the first group of each match instead of the match; the match itself where the
  // group took no part, or the pattern has none.
  void for_each_group(std::string_view text, const std::function<void(Span)>& found) const;

  static constexpr unsigned kMatchSteps = 100'000;

 private:
  Regex(std::string_view pattern, std::string translated);
  void search(std::string_view text, bool group, const std::function<void(Span)>& found) const;

  std::string pattern_;
  std::shared_ptr<const pcre2_real_code_8> code_;
};

// The pattern as PCRE2 wants it. Exposed for its test.
std::string translate_pattern(std::string_view pattern);

}  // namespace sightline::text
