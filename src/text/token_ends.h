// Where in a text its tokens end: which tokens an answer is made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "text/tokenizer.h"

namespace sightline {

// ids: what tokenizer.encode(text) gave, tokens that its post-processor adds in front included →
// for every token the byte of `text` after its last one (0 for tokens that stand for no text).
// Empty when the tokenizer rewrites the text beyond leading spaces, so that its tokens do not spell
// it.
std::optional<std::vector<std::size_t>> token_ends(const Tokenizer& tokenizer,
                                                   std::span<const std::int64_t> ids,
                                                   std::string_view text);

}  // namespace sightline
