// Conversation → the rows a model reads: rendered by its template, tokenised, pictures in place.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "models/bundle.h"
#include "sightline/request.h"

namespace sightline {

struct EncodedPrompt {
  std::vector<std::int64_t> ids;  // [T]; a picture is rows_per_image copies of the placeholder
  std::vector<TokenKind> kinds;   // [T]
  std::vector<std::shared_ptr<const Picture>> pictures;  // in order of appearance
  std::vector<std::int64_t> picture_rows;                // first row of each picture

  // What makes row t what it is: its token, or its picture and place within. Equal keys up to t
  // mean equal KV rows up to t. `pixels_key` tells edited pictures apart.
  std::vector<std::uint64_t> row_keys(const std::string& pixels_key) const;
};

// The prompt as text, placeholders included, ending where the assistant speaks, or goes on.
std::string render_prompt(const Conversation& conversation, const Bundle& bundle);

// What the bundle tells its template: the texts of its begin and end tokens.
TemplateOptions template_options(const Bundle& bundle);

// Tokens of a rendered text. A template that writes the begin token itself gets no second one.
std::vector<std::int64_t> encode_rendered(const std::string& text, const Bundle& bundle);

// Thread-safe. Throws Error: kUsage (empty conversation, no chat template, prompt ≥ context),
// kUnsupported (a picture for a text model).
EncodedPrompt encode_prompt(const Conversation& conversation, const Bundle& bundle);

// Decoded and preprocessed pixels [3, S, S] fp32. Throws Error{kBadFile}.
at::Tensor load_pixels(const Picture& picture, const Bundle& bundle);

}  // namespace sightline
