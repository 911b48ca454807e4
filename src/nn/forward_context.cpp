#include "nn/forward_context.h"

#include <ATen/ops/cat.h>

#include "sightline/error.h"
#include "tensor/shapes.h"

namespace sightline {
namespace {

// Index of the first row of `sequence` that `tap` may see; `count` when it may see none.
std::int64_t first_visible_row(const SequenceRows& sequence, const Tap& tap) {
  if (tap.scope() == TapScope::kAllRows || sequence.phase == Phase::kDecode) return 0;
  return sequence.last_prompt_row >= 0 ? sequence.last_prompt_row : sequence.count;
}

void check_edit(const TapPoint& point, const at::Tensor& shown, const at::Tensor& edited) {
  if (!edited.defined()) {
    fail(ErrorKind::kShape, "a tap at {} {} returned no tensor", name_of(point.site), point.layer);
  }
  if (edited.sizes() != shown.sizes() || edited.scalar_type() != shown.scalar_type() ||
      edited.device() != shown.device()) {
    fail(ErrorKind::kShape, "a tap at {} {} returned {} {} on {}, wanted {} {} on {}",
         name_of(point.site), point.layer, shape_text(edited.sizes()),
         dtype_name(edited.scalar_type()), edited.device().str(), shape_text(shown.sizes()),
         dtype_name(shown.scalar_type()), shown.device().str());
  }
}

// Calls one tap on `rows` [T, D] of `sequence`; returns `rows` itself when it leaves them alone.
at::Tensor call_tap(Tap& tap, Site site, int layer, const SequenceRows& sequence, at::Tensor rows) {
  const std::int64_t hidden_rows = first_visible_row(sequence, tap);
  if (hidden_rows >= sequence.count) return rows;
  TapPoint point{.site = site,
                 .layer = layer,
                 .phase = sequence.phase,
                 .first_position = sequence.position + hidden_rows,
                 .kinds = sequence.kinds,
                 .last_prompt_row = sequence.last_prompt_row};
  at::Tensor shown = rows;
  if (hidden_rows > 0) {
    point.kinds = sequence.kinds.empty() ? sequence.kinds : sequence.kinds.subspan(hidden_rows);
    point.last_prompt_row = 0;
    shown = rows.narrow(0, hidden_rows, sequence.count - hidden_rows);
  }
  at::Tensor edited = tap.at(point, shown);
  if (edited.is_same(shown)) return rows;
  check_edit(point, shown, edited);
  if (hidden_rows == 0) return edited;
  return at::cat({rows.narrow(0, 0, hidden_rows), edited}, 0);  // [T, D]
}

}  // namespace

std::vector<Listener> ForwardContext::listeners(Site site, int layer) const {
  std::vector<Listener> out;
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    for (const auto& tap : sequences[i].taps) {
      if (tap->wants(site, layer, sequences[i].phase)) out.push_back({i, tap.get()});
    }
  }
  return out;
}

at::Tensor ForwardContext::show(std::span<const Listener> listeners, Site site, int layer,
                                at::Tensor hidden) const {
  at::Tensor packed;  // a copy of `hidden`, made at the first edit
  for (std::size_t i = 0; i < listeners.size();) {
    const SequenceRows& sequence = sequences[listeners[i].sequence];
    const bool whole = sequence.begin == 0 && sequence.count == hidden.size(0);
    const at::Tensor before =
        whole ? hidden : hidden.narrow(0, sequence.begin, sequence.count);  // [T, D]
    at::Tensor after = before;
    const std::size_t owner = listeners[i].sequence;
    for (; i < listeners.size() && listeners[i].sequence == owner; ++i) {
      after = call_tap(*listeners[i].tap, site, layer, sequence, std::move(after));
    }
    if (after.is_same(before)) continue;
    if (whole) return after.contiguous();
    if (!packed.defined()) packed = hidden.clone();
    packed.narrow(0, sequence.begin, sequence.count).copy_(after);
  }
  return packed.defined() ? packed : hidden;
}

at::Tensor ForwardContext::tap(Site site, int layer, at::Tensor hidden) const {
  const std::vector<Listener> who = listeners(site, layer);
  return who.empty() ? hidden : show(who, site, layer, std::move(hidden));
}

at::Tensor tap_picture(Site site, std::span<const std::shared_ptr<Tap>> taps, at::Tensor rows) {
  const TapPoint point{.site = site};
  for (const auto& tap : taps) {
    if (tap->scope() != TapScope::kAllRows || !tap->wants(site, -1, Phase::kPrefill)) continue;
    at::Tensor edited = tap->at(point, rows);
    if (edited.is_same(rows)) continue;
    check_edit(point, rows, edited);
    rows = edited.contiguous();
  }
  return rows;
}

}  // namespace sightline
