#include "interventions/residual_edit.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/linalg_vector_norm.h>

#include <algorithm>
#include <cmath>

#include "sightline/error.h"

namespace sightline {
namespace {

double norm_of(const at::Tensor& vector) {
  return at::linalg_vector_norm(vector.to(at::kDouble)).item<double>();
}

// sign · alpha · v_l under the guards that need no hidden state.
at::Tensor displacement(const ResidualEdit& edit, int layer) {
  const at::Tensor vector = edit.vectors.select(0, layer);  // [D]
  const double norm = norm_of(vector);
  if (!std::isfinite(norm) || norm == 0) {
    fail(ErrorKind::kShape, "the edit vector of layer {} is {}", layer,
         norm == 0 ? "zero" : "not finite");
  }
  double factor = edit.sign * edit.alpha;
  if (edit.guard.kind == NormGuard::Kind::kUnit) factor /= norm;
  if (edit.guard.kind == NormGuard::Kind::kSigmaCap) {
    const double cap = edit.guard.limit * edit.sigmas.select(0, layer).item<double>();
    factor *= std::min(1.0, cap / norm);
  }
  return vector.to(at::kFloat) * factor;
}

}  // namespace

struct ResidualEditor::Additions {
  std::vector<int> layers;
  std::vector<at::Tensor> rows;  // [D] fp32 each, parallel to layers
  std::int64_t decode_steps = 0;
  double trust = 0;  // 0: no trust region
  bool active = true;
};

namespace {

class ResidualAdd : public Tap {
 public:
  explicit ResidualAdd(std::shared_ptr<const ResidualEditor::Additions> additions)
      : additions_(std::move(additions)) {}

  bool wants(Site site, int layer, Phase phase) const override {
    const auto& layers = additions_->layers;
    return additions_->active && site == Site::kBlockOut &&
           (phase == Phase::kPrefill || additions_->decode_steps > 0) &&
           std::binary_search(layers.begin(), layers.end(), layer);
  }

  TapScope scope() const override { return TapScope::kFromLastPrompt; }

  at::Tensor at(const TapPoint& point, at::Tensor hidden) override {
    const bool prefill = point.phase == Phase::kPrefill;
    if (prefill && point.last_prompt_row < 0) return hidden;
    if (prefill) last_prompt_position_ = point.first_position + point.last_prompt_row;
    if (!prefill && point.first_position - last_prompt_position_ > additions_->decode_steps) {
      return hidden;
    }
    at::Tensor edited = hidden.clone();  // [T, D]
    at::Tensor row = edited.select(0, prefill ? point.last_prompt_row : hidden.size(0) - 1);  // [D]
    row.copy_(row.to(at::kFloat) + addition(point.layer, row));
    return edited;
  }

 private:
  at::Tensor addition(int layer, const at::Tensor& row) const {
    const auto& layers = additions_->layers;
    const auto found = std::lower_bound(layers.begin(), layers.end(), layer);
    at::Tensor added = additions_->rows[static_cast<std::size_t>(found - layers.begin())];
    if (added.device() != row.device()) added = added.to(row.device());
    if (additions_->trust == 0) return added;
    const double allowed = additions_->trust * norm_of(row);
    const double wanted = norm_of(added);
    return wanted > allowed ? added * (allowed / wanted) : added;
  }

  std::shared_ptr<const ResidualEditor::Additions> additions_;
  std::int64_t last_prompt_position_ = 0;
};

std::int64_t decode_steps_of(const ResidualEdit& edit) {
  switch (edit.steps) {
    case StepPolicy::kPrefillOnly: return 0;
    case StepPolicy::kAllSteps: return INT64_MAX;
    case StepPolicy::kPrefillPlusK: return edit.extra_steps;
  }
  return 0;
}

}  // namespace

ResidualEditor::ResidualEditor(const ResidualEdit& edit) {
  if (edit.vectors.dim() != 2) fail(ErrorKind::kShape, "edit vectors should be [L, D]");
  auto additions = std::make_shared<Additions>();
  additions->layers = edit.layers;
  additions->decode_steps = decode_steps_of(edit);
  additions->trust = edit.guard.kind == NormGuard::Kind::kTrust ? edit.guard.limit : 0;
  additions->active = edit.alpha != 0;
  for (const int layer : edit.layers) {
    if (layer < 0 || layer >= edit.vectors.size(0)) {
      fail(ErrorKind::kShape, "layer {} has no edit vector: there are {}", layer,
           edit.vectors.size(0));
    }
    additions->rows.push_back(displacement(edit, layer));
  }
  additions_ = std::move(additions);
}

std::shared_ptr<Tap> ResidualEditor::new_tap() const {
  return std::make_shared<ResidualAdd>(additions_);
}

}  // namespace sightline
