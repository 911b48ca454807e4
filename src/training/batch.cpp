#include "training/batch.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include "nn/forward_context.h"
#include "sightline/error.h"
#include "training/autocast.h"
#include "training/recompute.h"

namespace sightline {
namespace {

std::int64_t length(const TrainingSample& sample) {
  return static_cast<std::int64_t>(sample.ids.size());
}

// The sample's token rows with its pictures' rows in place, [T, D].
at::Tensor input_rows(const Model& model, const TrainingSample& sample, PictureSource& pictures) {
  const at::Tensor rows = model.embed(at::tensor(sample.ids));  // [T, D]
  if (sample.picture_rows.empty()) return rows;
  std::vector<at::Tensor> parts;
  std::int64_t next = 0;
  for (std::size_t i = 0; i < sample.picture_rows.size(); ++i) {
    const at::Tensor picture = pictures.rows(sample.images[i]).to(rows.scalar_type());
    const std::int64_t row = sample.picture_rows[i];
    if (row > next) parts.push_back(rows.narrow(0, next, row - next));
    parts.push_back(picture);
    next = row + picture.size(0);
  }
  if (next < length(sample)) parts.push_back(rows.narrow(0, next, length(sample) - next));
  return at::cat(parts, 0);
}

// Row t predicts token t + 1: the packed rows that have a target, and the targets.
struct Targets {
  std::vector<std::int64_t> rows;
  std::vector<std::int64_t> labels;
  std::vector<std::int64_t> counts;
  std::vector<float> weights;
  bool weighted = false;
};

Targets targets_of(std::span<const TrainingSample> samples) {
  Targets out;
  std::int64_t begin = 0;
  for (const TrainingSample& sample : samples) {
    for (std::size_t t = 0; t + 1 < sample.labels.size(); ++t) {
      if (sample.labels[t + 1] == kNoLabel) continue;
      out.rows.push_back(begin + static_cast<std::int64_t>(t));
      out.labels.push_back(sample.labels[t + 1]);
      out.weights.push_back(sample.weights.empty() ? 1.0F : sample.weights[t + 1]);
    }
    out.counts.push_back(sample.targets());
    out.weighted = out.weighted || !sample.weights.empty();
    begin += length(sample);
  }
  return out;
}

}  // namespace

TargetLosses target_losses(const Model& model, std::span<const TrainingSample> samples,
                           PictureSource& pictures, const BatchOptions& options) {
  const Autocast autocast(model.device().type(), options.autocast);
  ForwardContext context;
  std::vector<at::Tensor> parts;
  std::int64_t begin = 0;
  for (const TrainingSample& sample : samples) {
    context.sequences.push_back({.begin = begin, .count = length(sample)});
    parts.push_back(input_rows(model, sample, pictures));
    begin += length(sample);
  }
  at::Tensor rows = at::cat(parts, 0);  // [M, D]
  // Frozen embeddings ask for no gradient; without this mark recomputed blocks would drop theirs.
  if (!rows.requires_grad()) rows = rows.detach().set_requires_grad(true);
  if (options.recompute) context.run_block = run_recomputed;

  const at::Tensor hidden = model.forward(rows, context);
  const Targets targets = targets_of(samples);
  if (targets.rows.empty()) return {hidden.sum() * 0 + at::zeros({0}), targets.counts};
  const at::Device device = hidden.device();
  const at::Tensor chosen = hidden.index_select(0, at::tensor(targets.rows).to(device));
  const at::Tensor logits = model.logits(chosen);  // [N, V] fp32
  at::Tensor losses = at::cross_entropy_loss(logits, at::tensor(targets.labels).to(device), {},
                                             at::Reduction::None);
  if (targets.weighted) losses = losses * at::tensor(targets.weights).to(device);
  return {losses, targets.counts};
}

at::Tensor reduce_losses(const TargetLosses& losses, std::span<const TrainingSample> samples,
                         const std::string& norm, double denominator) {
  const at::Tensor& all = losses.losses;
  if (all.numel() == 0) return all.sum();
  if (norm == "micro_mean") return all.mean() / denominator;
  if (norm == "global_token_mean") return all.sum() / denominator;
  if (norm != "per_sample_mean") {
    fail_with_hint(ErrorKind::kUsage, "known: micro_mean, global_token_mean, per_sample_mean",
                   "unknown loss norm '{}'", norm);
  }
  at::Tensor sum = at::zeros({}, all.options());
  std::int64_t begin = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const std::int64_t count = losses.counts[i];
    if (count > 0) sum = sum + all.narrow(0, begin, count).mean() * samples[i].weight;
    begin += count;
  }
  return sum / denominator;
}

void add_by_kind(const TargetLosses& losses, std::span<const TrainingSample> samples,
                 std::map<std::string, KindLoss>& kinds) {
  const at::Tensor all = losses.losses.detach().cpu();
  std::int64_t begin = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const std::int64_t count = losses.counts[i];
    KindLoss& kind = kinds[samples[i].kind];
    kind.targets += count;
    if (count > 0) kind.sum += all.narrow(0, begin, count).sum().item<double>();
    begin += count;
  }
}

}  // namespace sightline
