// A training record as the text its model reads, and where in it the answers stand.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "models/bundle.h"
#include "training/record.h"

namespace sightline {

// What an assistant's turn is in the text, in bytes.
struct AnswerSpan {
  std::size_t turn = 0;   // of the record
  std::size_t begin = 0;  // after the prompt; leading white space belongs to the answer
  std::size_t end = 0;    // after the answer's last byte; the end token comes next
  std::size_t limit = 0;  // where the next turn begins, or the text ends
};

struct RenderedRecord {
  std::string text;
  std::vector<AnswerSpan> answers;  // in order
};

// Templates by key: `checkpoint` is the model's own; the others are the renderings of LLaVA's
// trainers (vicuna_v1, llava_v1, plain) and llama2.
std::vector<std::string> training_template_names();

// Throws Error{kUnsupported} where the model's tokenizer does not know the template's end of turn:
// its ends would be trained as words, or not at all.
void expect_template_fits(const std::string& template_name, const Bundle& bundle);

// Throws Error: kUsage for an unknown template; kUnsupported when the model's template cannot be
// cut into turns (it changes earlier turns or rewrites answers); kBadFile when an answer or
// question holds the template's own marks.
RenderedRecord render_record(const TrainingRecord& record, const std::string& template_name,
                             const Bundle& bundle);

}  // namespace sightline
