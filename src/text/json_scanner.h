// A forward reader for the two huge members of a tokenizer.json: its vocabulary and its merges.
//
// base/json.h builds a document, which costs ten times the time of everything else a tokenizer does
// at start. This reader walks over the text once and hands out keys, strings and integers; all
// other members it hands out as text for parse_json. Every malformed byte throws Error{kBadFile}
// with its place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sightline::text {

class JsonScanner {
 public:
  // `text` is valid UTF-8 and outlives the scanner; `origin` names it in messages; `offset` is
  // where it starts in its file.
  JsonScanner(std::string_view text, std::string_view origin, std::size_t offset = 0)
      : text_(text), origin_(origin), offset_(offset) {}

  // The next byte that is not white space; 0 at the end.
  char peek();
  bool take(char wanted);    // steps over it, or returns false
  void expect(char wanted);  // steps over it, or throws

  // A string's content; escapes are resolved in `buffer`, otherwise the view is into the text.
  std::string_view string(std::string& buffer);
  std::int64_t integer();

  // Steps over any value and returns its text; brackets and strings are matched, the rest is not
  // checked.
  std::string_view skip_value();

  // For loops over members: `for (bool more = !scanner.take('}'); more; more = scanner.more('}'))`.
  bool more(char close);  // a comma: true, `close`: false, anything else throws

  std::size_t position() const { return offset_ + at_; }
  void expect_end();  // nothing but white space is left

 private:
  [[noreturn]] void refuse(std::string_view wanted) const;
  void skip_string();
  std::uint32_t hex4();
  void escape(std::string& out);

  std::string_view text_;
  std::string_view origin_;
  std::size_t offset_;
  std::size_t at_ = 0;
};

}  // namespace sightline::text
