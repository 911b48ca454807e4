// Normalizers of tokenizer.json: rewrite text before it is cut.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/json.h"
#include "text/regex.h"

namespace sightline::text {

// A text with the number of its leading bytes that stem from the input's first character (see
// Piece).
struct Normalised {
  std::string text;
  std::size_t origin = 0;
};

// Const use is thread-safe.
class Normalizer {
 public:
  virtual ~Normalizer() = default;
  virtual void apply(Normalised& value) const = 0;
};

// Throws Error{kUnsupported} for a type we do not know, Error{kBadFile} for a malformed one.
std::unique_ptr<const Normalizer> make_normalizer(const Json& description, std::string_view origin);

// What normalizers and decoders call {"String": s} or {"Regex": s}.
class Replacement {
 public:
  Replacement(const Json& description, std::string_view origin);
  Replacement(std::string_view literal, std::string content);

  // `text` with every match replaced; `origin_bytes` (may be null) follows the rule of
  // Piece::origin.
  std::string apply(std::string_view text, std::size_t* origin_bytes = nullptr) const;

 private:
  Regex pattern_;
  std::string content_;
};

// Puts `prefix` before a text that is not empty.
void prepend(std::string_view prefix, Normalised& value);

}  // namespace sightline::text
