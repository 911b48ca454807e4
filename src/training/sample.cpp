#include "training/sample.h"

#include <algorithm>

#include "engine/encode.h"
#include "sightline/error.h"
#include "text/token_ends.h"
#include "training/llava_mask.h"
#include "training/rendering.h"

namespace sightline {
namespace {

// One token before pictures are spread over their rows.
struct Token {
  std::int64_t id = 0;
  bool target = false;
  bool dropped = false;
  float weight = 1;
};

bool only_space(std::string_view text) {
  return text.find_first_not_of(" \n\t\r") == std::string_view::npos;
}

// Marks the tokens of one answer, and of the token that ends it.
void mark_answer(const AnswerSpan& span, const TrainingTurn& turn, const std::string& text,
                 const std::vector<std::size_t>& ends, const Bundle& bundle,
                 const EncodingOptions& options, std::vector<Token>& tokens) {
  const bool train_end = turn.supervise_end || options.end_mode == "train";
  std::size_t begin = 0;
  for (std::size_t t = 0; t < tokens.size(); begin = ends[t++]) {
    const bool special = bundle.tokenizer->is_special(tokens[t].id);
    if (ends[t] > span.begin && ends[t] <= span.end) {
      if (special) {
        fail(ErrorKind::kBadFile, "an answer holds the special token '{}'",
             bundle.tokenizer->token(tokens[t].id));
      }
      tokens[t].target = turn.supervise;
    } else if (ends[t] > span.end && ends[t] <= span.limit && special &&
               only_space(std::string_view(text).substr(span.end, begin - span.end))) {
      tokens[t].target = turn.supervise && train_end;
      tokens[t].dropped = !train_end && options.end_mode == "drop_token";
      return;
    }
  }
}

// The tokens between the tags of an answer's verdict; one that is partly inside counts.
void weigh_verdict(const AnswerSpan& span, const std::string& text,
                   const std::vector<std::size_t>& ends, double weight,
                   std::vector<Token>& tokens) {
  constexpr std::string_view kOpen = "<verdict>";
  const std::size_t open = text.find(kOpen, span.begin);
  if (open == std::string::npos || open >= span.end) return;
  const std::size_t from = open + kOpen.size();
  const std::size_t to = std::min(text.find("</verdict>", from), span.end);
  std::size_t begin = 0;
  for (std::size_t t = 0; t < tokens.size(); begin = ends[t++]) {
    if (ends[t] > from && begin < to) tokens[t].weight = static_cast<float>(weight);
  }
}

std::vector<Token> span_tokens(const TrainingRecord& record, const RenderedRecord& rendered,
                               const Bundle& bundle, const EncodingOptions& options) {
  const std::vector<std::int64_t> ids = encode_rendered(rendered.text, bundle);
  const auto ends = token_ends(*bundle.tokenizer, ids, rendered.text);
  if (!ends) {
    fail(ErrorKind::kBadFile, "the tokenizer rewrites the text, its tokens cannot be placed");
  }
  std::vector<Token> tokens;
  for (const std::int64_t id : ids) tokens.push_back({.id = id});
  for (const AnswerSpan& span : rendered.answers) {
    mark_answer(span, record.turns[span.turn], rendered.text, *ends, bundle, options, tokens);
    if (record.kind == "reasoning" && options.verdict_weight != 1) {
      weigh_verdict(span, rendered.text, *ends, options.verdict_weight, tokens);
    }
  }
  return tokens;
}

std::vector<Token> llava_tokens(const TrainingRecord& record, const RenderedRecord& rendered,
                                const Bundle& bundle, const EncodingOptions& options) {
  const std::vector<std::int64_t> ids = encode_rendered(rendered.text, bundle);
  const std::vector<bool> targets = llava_v1_targets(
      rendered.text, ids.size(),
      [&](const std::string& text) { return encode_rendered(text, bundle).size(); });
  std::vector<Token> tokens;
  for (std::size_t t = 0; t < ids.size(); ++t) {
    tokens.push_back({.id = ids[t], .target = targets[t]});
  }
  const bool keeps_end = record.turns.back().supervise_end || options.end_mode == "train";
  if (!keeps_end && !tokens.empty()) tokens.back().target = false;
  return tokens;
}

TrainingSample spread_pictures(const std::vector<Token>& tokens, const ModelShape& shape) {
  TrainingSample sample;
  for (const Token& token : tokens) {
    if (token.dropped) continue;
    const bool picture = shape.image_token && token.id == *shape.image_token;
    if (picture) sample.picture_rows.push_back(static_cast<std::int64_t>(sample.ids.size()));
    const auto copies = static_cast<std::size_t>(picture ? shape.rows_per_image : 1);
    sample.ids.insert(sample.ids.end(), copies, token.id);
    sample.labels.insert(sample.labels.end(), copies,
                         token.target && !picture ? token.id : kNoLabel);
    sample.weights.insert(sample.weights.end(), copies, token.weight);
  }
  if (std::ranges::all_of(sample.weights, [](float weight) { return weight == 1; })) {
    sample.weights.clear();
  }
  return sample;
}

void cut(TrainingSample& sample, std::int64_t max_length, std::int64_t rows_per_image) {
  if (static_cast<std::int64_t>(sample.ids.size()) <= max_length) return;
  for (const std::int64_t row : sample.picture_rows) {
    if (row + rows_per_image > max_length) {
      fail(ErrorKind::kBadFile, "{} tokens, and the cut at {} would go through a picture",
           sample.ids.size(), max_length);
    }
  }
  const std::int64_t targets = sample.targets();
  sample.ids.resize(static_cast<std::size_t>(max_length));
  sample.labels.resize(static_cast<std::size_t>(max_length));
  if (!sample.weights.empty()) sample.weights.resize(static_cast<std::size_t>(max_length));
  sample.lost_targets = targets - sample.targets();
}

}  // namespace

std::int64_t TrainingSample::targets() const {
  return labels.empty() ? 0 : std::count_if(labels.begin() + 1, labels.end(), [](std::int64_t id) {
    return id != kNoLabel;
  });
}

TrainingSample encode_record(const TrainingRecord& record, const Bundle& bundle,
                             const EncodingOptions& options) {
  const ModelShape& shape = bundle.model->shape();
  try {
    const RenderedRecord rendered = render_record(record, options.template_name, bundle);
    const bool llava = options.mask == "llava_v1";
    const std::vector<Token> tokens = llava ? llava_tokens(record, rendered, bundle, options)
                                            : span_tokens(record, rendered, bundle, options);
    TrainingSample sample = spread_pictures(tokens, shape);
    if (sample.picture_rows.size() != record.images.size()) {
      fail(ErrorKind::kBadFile, "{} picture placeholders for {} pictures",
           sample.picture_rows.size(), record.images.size());
    }
    cut(sample, std::min(options.max_length, shape.context), shape.rows_per_image);
    if (sample.targets() == 0) fail(ErrorKind::kBadFile, "nothing is left to predict");
    sample.id = record.id;
    sample.kind = record.kind;
    sample.weight = record.weight;
    sample.images = record.images;
    return sample;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kBadFile || error.message().starts_with("record '")) throw;
    fail(ErrorKind::kBadFile, "record '{}': {}", record.id, error.message());
  }
}

std::string show_targets(const TrainingSample& sample, const Tokenizer& tokenizer) {
  std::string out;
  for (std::size_t begin = 0; begin < sample.ids.size();) {
    const bool target = sample.labels[begin] != kNoLabel;
    std::size_t end = begin;
    while (end < sample.ids.size() && (sample.labels[end] != kNoLabel) == target) ++end;
    const auto run = std::span(sample.ids).subspan(begin, end - begin);
    const std::string text = tokenizer.decode(run, /*skip_special=*/false);
    out += target ? "[" + text + "]" : text;
    begin = end;
  }
  return out;
}

}  // namespace sightline
