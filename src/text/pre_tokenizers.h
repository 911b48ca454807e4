// Pre-tokenizers of tokenizer.json: cut text into the pieces that merges never cross.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "text/pieces.h"

namespace sightline::text {

// Const use is thread-safe.
class PreTokenizer {
 public:
  virtual ~PreTokenizer() = default;

  // Appends the parts of `piece` (not a token, not empty) to `out`; rewritten text goes to `arena`.
  virtual void split(const Piece& piece, TextArena& arena, std::vector<Piece>& out) const = 0;
};

// Throws Error{kUnsupported} for a type we do not know, Error{kBadFile} for a malformed one.
std::unique_ptr<const PreTokenizer> make_pre_tokenizer(const Json& description,
                                                       std::string_view origin);

}  // namespace sightline::text
