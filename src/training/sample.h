// A training record as token ids and labels: what the loss is taken over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/bundle.h"
#include "training/record.h"

namespace sightline {

inline constexpr std::int64_t kNoLabel = -100;

struct TrainingSample {
  std::string id;
  std::string kind;
  double weight = 1;
  std::vector<std::int64_t> ids;     // [T]; a picture is rows_per_image copies of the placeholder
  std::vector<std::int64_t> labels;  // [T]: ids[t] where token t is a target, else kNoLabel
  std::vector<float> weights;        // [T]: of each token's loss; empty: all 1
  std::vector<std::int64_t> picture_rows;     // first row of each picture
  std::vector<std::string> images;            // one per picture, as the record has them
  std::optional<double> reference_logp = {};  // Σ over its targets under the start model, as told

  std::int64_t lost_targets = 0;  // behind the cut at max_length

  std::int64_t targets() const;  // labels that count: the first token is never predicted
};

struct EncodingOptions {
  std::string template_name = "checkpoint";
  std::string mask = "span";            // span, llava_v1
  std::string end_mode = "mask_label";  // of turns with supervise_end=false: train, mask_label,
                                        // drop_token
  double verdict_weight = 1;            // of the tokens of a reasoning record's <verdict>
  std::int64_t max_length = 2048;       // tokens; what is longer is cut, never within a picture
};

// Thread-safe. Throws Error{kBadFile} for a record that cannot be learnt from: special tokens in
// its words, nothing left to predict after the cut, a tokenizer that rewrites the text.
TrainingSample encode_record(const TrainingRecord& record, const Bundle& bundle,
                             const EncodingOptions& options);

// "<|im_start|>user …[Sure thing<|im_end|>]": targets in brackets, for people to check.
std::string show_targets(const TrainingSample& sample, const Tokenizer& tokenizer);

}  // namespace sightline
