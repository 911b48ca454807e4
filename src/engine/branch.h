// One sequence in the making: a branch's prompt, pictures, taps and cache.
#pragma once

#include <ATen/core/Tensor.h>

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/encode.h"
#include "nn/kv_cache.h"
#include "sightline/request.h"

namespace sightline {

// Where taps of one request leave their first exception: it fails that request, not the batch.
struct TapFailure {
  std::exception_ptr error;
};

// The request's taps and gates as the forward pass calls them: results checked, exceptions kept.
TapList guarded_taps(const TapList& taps, const std::vector<Gate>& gates,
                     const std::shared_ptr<TapFailure>& failure);

struct BranchRun {
  EncodedPrompt prompt;
  std::vector<std::uint64_t> keys;  // of the prompt rows, for the prefix cache
  std::string pixels_key;           // tells edited pixels apart; empty: as they are
  TapList taps;
  std::shared_ptr<const PixelEdit> pixels;
  std::vector<at::Tensor> picture_pixels;    // [3, S, S] each; undefined once features exist
  std::vector<at::Tensor> picture_features;  // [P, D] each
  std::optional<KvCache> cache;
  std::int64_t done = 0;  // prompt rows in the cache
  std::vector<std::int64_t> generated;
  at::Tensor logits;  // [V] of its last row; undefined once the job has moved on from there

  std::int64_t prompt_rows() const { return static_cast<std::int64_t>(prompt.ids.size()); }
  bool prefilled() const { return done == prompt_rows(); }

  // No tap looks behind the last prompt token: rows before it may come from the prefix cache.
  bool may_share_prefix() const;
  // A tap listens at the vision tower: features must be computed for this request.
  bool taps_vision() const;
};

}  // namespace sightline
