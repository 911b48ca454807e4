// What one pass through the decoder needs besides weights: which rows belong to which sequence, and
// who listens. Rows of several sequences are packed into one [M, D] matrix, without padding.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "nn/kv_cache.h"
#include "sightline/tap.h"

namespace sightline {

// One sequence's rows in the pass. Borrowed pointers live for the call.
struct SequenceRows {
  std::int64_t begin = 0;     // first row in the packed matrix
  std::int64_t count = 0;     // T
  std::int64_t position = 0;  // of the first row; equals cache->length() before the pass
  KvCache* cache = nullptr;   // the pass appends `count` positions; null (for all sequences of a
                              // pass, from position 0): nothing is kept, as training wants it
  Phase phase = Phase::kPrefill;
  std::span<const TokenKind> kinds = {};  // [T]
  std::int64_t last_prompt_row = -1;      // within these rows
  std::span<const std::shared_ptr<Tap>> taps = {};
};

// One tap that wants to see one sequence's rows at a place.
struct Listener {
  std::size_t sequence = 0;
  Tap* tap = nullptr;
};

// One decoder block as a function of the residual stream [M, D].
using BlockFunction = std::function<at::Tensor(at::Tensor)>;

struct ForwardContext {
  std::vector<SequenceRows> sequences;

  // When set, calls the blocks of the formula path, for example to recompute them in the backward
  // pass. A block may be called later; sequences and taps that the context names must live then.
  std::function<at::Tensor(BlockFunction block, at::Tensor rows)> run_block = {};

  // hidden [M, D] → the same, with every listening sequence's rows shown to its taps. Returns
  // `hidden` itself when nobody edits. Throws Error{kShape} for an edit of another shape, dtype or
  // device.
  at::Tensor tap(Site site, int layer, at::Tensor hidden) const;

  // The two halves of tap(): ask who listens (each tap once), then show them. What was shown may be
  // kept by a tap, so the caller must not write into it afterwards.
  std::vector<Listener> listeners(Site site, int layer) const;
  at::Tensor show(std::span<const Listener> listeners, Site site, int layer,
                  at::Tensor hidden) const;
};

// The vision sites have no sequence: rows [P, D] of one picture. They come before the prompt's last
// row, so taps of scope kFromLastPrompt are not called.
at::Tensor tap_picture(Site site, std::span<const std::shared_ptr<Tap>> taps, at::Tensor rows);

}  // namespace sightline
