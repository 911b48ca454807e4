// Where the reference tokenizer's Unicode versions differ from our libraries'. See
// make_unicode_tables.py.
#pragma once

#include <string_view>
#include <vector>

namespace sightline::text {

struct CodeRange {
  char32_t first;
  char32_t last;
};
struct CategoryRange {
  char32_t first;
  char32_t last;
  std::string_view category;  // "Lu", "Nd", …
};
struct CaseRange {
  char32_t first;
  char32_t last;
  int delta;
};

// A letter whose upper or title case is several characters, as UTF-8.
struct LongCase {
  char32_t first;
  std::string_view upper;
  std::string_view title;
};

extern const std::vector<LongCase> kLongCases;
extern const std::vector<CodeRange> kOtherCased;
extern const std::vector<CategoryRange> kLaterCategories;
extern const std::vector<CodeRange> kLaterNumbers;
extern const std::vector<CodeRange> kNotYetMarks;
extern const std::vector<CodeRange> kNotYetPunctuation;
extern const std::vector<CodeRange> kOncePunctuation;
extern const std::vector<CodeRange> kNotYetCanonical;
extern const std::vector<CodeRange> kNotYetCompatible;
extern const std::vector<CaseRange> kLowerDeltas;

}  // namespace sightline::text
