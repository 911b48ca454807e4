#include "models/clip_vision.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>

#include <utility>

#include "nn/weight_visitor.h"
#include "sightline/error.h"
#include "tensor/shapes.h"

namespace sightline {
namespace {

constexpr std::int64_t kColours = 3;

// On the CPU rows are fp32, so what is added to them is widened once.
Tensor as_rows(const Tensor& weight) { return weight.is_cpu() ? weight.to(at::kFloat) : weight; }

// Pixels of every patch as a row, colours first, in the order the kernel's weights have.
Tensor unfold(const Tensor& picture, std::int64_t grid, std::int64_t patch) {
  const std::int64_t side = grid * patch;  // what is left at the right and bottom is dropped
  return picture.narrow(1, 0, side)
      .narrow(2, 0, side)
      .reshape({kColours, grid, patch, grid, patch})
      .permute({1, 3, 0, 2, 4})
      .reshape({grid * grid, kColours * patch * patch});  // [patches, 3 · patch²]
}

Linear take_patches(const WeightScope& weights, const ClipVisionConfig& config) {
  const std::int64_t patch = config.patch_size;
  const Tensor kernel = weights.take("embeddings.patch_embedding.weight",
                                     {config.block.width, kColours, patch, patch});
  return Linear(kernel.reshape({config.block.width, kColours * patch * patch}));
}

}  // namespace

ClipVisionConfig read_clip_vision_config(const ConfigReader& config) {
  const std::string type = config.text("model_type", "clip_vision_model");
  if (type != "clip_vision_model") {
    fail_with_hint(ErrorKind::kUnsupported, "known: clip_vision_model",
                   "{}: vision tower '{}' is not supported", config.origin(), type);
  }
  ClipVisionConfig out;
  out.block = {.width = config.size("hidden_size", kMaxWidth, 768),
               .heads = config.size("num_attention_heads", kMaxHeads, 12),
               .feed_forward = config.size("intermediate_size", kMaxWidth, 3072),
               .activation = activation_of(config.text("hidden_act", "quick_gelu"),
                                           config.origin() + ": hidden_act"),
               .norm_eps = config.positive("layer_norm_eps", 1e-5)};
  out.layers = static_cast<int>(config.size("num_hidden_layers", kMaxLayers, 12));
  out.image_size = config.size("image_size", kMaxImageSize, 224);
  out.patch_size = config.size("patch_size", kMaxImageSize, 32);
  if (out.block.width % out.block.heads != 0) {
    fail(ErrorKind::kBadFile, "{}: hidden_size {} is not a multiple of {} attention heads",
         config.origin(), out.block.width, out.block.heads);
  }
  if (out.patch_size > out.image_size) {
    fail(ErrorKind::kBadFile, "{}: patch_size {} is larger than image_size {}", config.origin(),
         out.patch_size, out.image_size);
  }
  if (config.size("num_channels", 16, kColours) != kColours) {
    fail(ErrorKind::kUnsupported, "{}: num_channels, wanted 3", config.origin());
  }
  return out;
}

ClipVision::ClipVision(const WeightScope& weights, const ClipVisionConfig& config, int depth)
    : config_(config),
      patch_(take_patches(weights, config)),
      class_row_(
          as_rows(weights.take("embeddings.class_embedding", {config.block.width})).unsqueeze(0)),
      positions_(as_rows(weights.take("embeddings.position_embedding.weight",
                                      {1 + config.patches(), config.block.width}))),
      pre_norm_(
          LayerNorm::take(weights.in("pre_layrnorm"), config.block.width, config.block.norm_eps)) {
  for (int layer = 0; layer < depth; ++layer) {
    blocks_.push_back(
        VitBlock::take(weights.in("encoder.layers." + std::to_string(layer)), config.block));
  }
}

ClipVision ClipVision::take(const WeightScope& weights, const ClipVisionConfig& config, int depth) {
  return ClipVision(weights, config, depth);
}

std::vector<std::string> ClipVision::unread(const WeightScope& weights,
                                            const ClipVisionConfig& config, int depth) {
  std::vector<std::string> out{weights.prefix() + ".post_layernorm.*",
                               weights.prefix() + ".embeddings.position_ids"};
  for (int layer = depth; layer < config.layers; ++layer) {
    out.push_back(weights.prefix() + ".encoder.layers." + std::to_string(layer) + ".*");
  }
  return out;
}

Tensor ClipVision::embed(const Tensor& picture) const {
  const Tensor patches = patch_(unfold(picture, config_.grid(), config_.patch_size));
  return pre_norm_(at::cat({class_row_, patches}, 0) + positions_);  // [1 + patches, D]
}

Tensor ClipVision::features(const Tensor& picture, std::span<const int> layers,
                            bool with_class) const {
  expect_shape(picture, {kColours, config_.image_size, config_.image_size}, "picture");
  std::vector<Tensor> streams{embed(picture)};
  for (const VitBlock& block : blocks_) streams.push_back(block(streams.back()));
  std::vector<Tensor> chosen;
  for (const int layer : layers) {
    const Tensor& rows = streams.at(static_cast<std::size_t>(layer));
    chosen.push_back(with_class ? rows : rows.narrow(0, 1, config_.patches()));
  }
  return at::cat(chosen, -1);  // [P, D · layers]
}

void ClipVision::visit(const std::string& path, WeightVisitor& visitor) {
  patch_.visit(path + ".embeddings.patch_embedding", visitor);
  visitor.weight(path + ".embeddings.class_embedding", class_row_);
  visitor.weight(path + ".embeddings.position_embedding.weight", positions_);
  pre_norm_.visit(path + ".pre_layrnorm", visitor);
  for (std::size_t layer = 0; layer < blocks_.size(); ++layer) {
    blocks_[layer].visit(path + ".encoder.layers." + std::to_string(layer), visitor);
  }
}

}  // namespace sightline
