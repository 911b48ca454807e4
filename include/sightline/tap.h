// Taps: named places in the forward pass where a method reads or edits hidden states.
//
// Rows are packed, never padded: a tap sees one sequence's rows, [T, D], whatever else is in the
// batch. So "the last prompt token" is a row index, not a guess about padding, and what one request
// does to its rows cannot touch another's. No taps ≡ identity taps, bit for bit.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sightline {

enum class Site {
  kEmbed,         // [T, D] input rows after pictures were spliced in
  kBlockIn,       // [T, D] residual stream entering block `layer`
  kAttnOut,       // [T, D] attention output before it is added
  kMlpOut,        // [T, D] feed-forward output before it is added
  kBlockOut,      // [T, D] residual stream leaving block `layer`, before any final norm
  kFinalNorm,     // [T, D] after the final norm
  kVisionOut,     // [P, Dv] features of one picture the projector reads
  kProjectorOut,  // [P, D] the rows that replace the picture's placeholders
};

// "block_out" ↔ Site::kBlockOut. site_of throws Error{kUsage} with the near names.
std::string_view name_of(Site site);
Site site_of(std::string_view name);
bool has_layers(Site site);  // true for the four sites inside a block

enum class Phase { kPrefill, kDecode };

enum class TokenKind : std::uint8_t { kText, kImage, kGenerated };

// Where and when a tap is called.
struct TapPoint {
  Site site;
  int layer = -1;  // 0-based block; -1 where the site has none
  Phase phase = Phase::kPrefill;
  std::int64_t first_position = 0;        // position of row 0 within its sequence
  std::span<const TokenKind> kinds = {};  // one per row; empty at the vision sites
  std::int64_t last_prompt_row = -1;      // row of the last prompt token, -1 when it is not here
};

// Which rows a tap may look at or change. Rows outside it may come from the prefix cache, so the
// tap is never shown them.
enum class TapScope {
  kAllRows,         // sees every row: the prefix cache is left unused for the request
  kFromLastPrompt,  // the last prompt token and everything generated after it
};

// Called on the engine's thread only, for one sequence; an instance must not serve two requests at
// the same time unless at() is safe for it.
class Tap {
 public:
  virtual ~Tap() = default;

  // Asked once per place and pass; places not wanted cost nothing.
  virtual bool wants(Site site, int layer, Phase phase) const = 0;
  virtual TapScope scope() const { return TapScope::kAllRows; }

  // `hidden` [T, D]: return it to leave it alone, or return an edited tensor of the same shape and
  // dtype. Never write into `hidden`.
  virtual at::Tensor at(const TapPoint& point, at::Tensor hidden) = 0;
};

using TapList = std::vector<std::shared_ptr<Tap>>;

}  // namespace sightline
