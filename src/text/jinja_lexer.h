// Template source → tokens, with jinja2's rules of white space (trim_blocks and lstrip_blocks are
// on, as transformers sets them). Internal to the jinja_* files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sightline::jinja {

struct Token {
  enum class Kind {
    kText,        // text outside tags, already trimmed
    kPrintBegin,  // {{
    kPrintEnd,
    kBlockBegin,  // {%
    kBlockEnd,
    kName,
    kString,   // unescaped
    kInteger,  // digits, decimal, without underscores
    kFloat,
    kOperator,
    kEnd
  };
  Kind kind;
  int line;
  std::string text;
};

// Throws Error{kBadFile} with the line for syntax errors, Error{kUnsupported} for what jinja2 knows
// and we do not. The last token is kEnd.
std::vector<Token> tokenize(std::string_view source, std::string_view origin);

}  // namespace sightline::jinja
