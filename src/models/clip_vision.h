// CLIP's vision tower (openai/clip-vit-*): patches, class token, learned positions, ViT blocks.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "models/config_reader.h"
#include "nn/linear.h"
#include "nn/norm.h"
#include "nn/vit.h"
#include "tensor/weight_scope.h"

namespace sightline {

struct ClipVisionConfig {
  VitConfig block;
  int layers = 0;               // L
  std::int64_t image_size = 0;  // S
  std::int64_t patch_size = 0;

  std::int64_t grid() const { return image_size / patch_size; }  // patches a side
  std::int64_t patches() const { return grid() * grid(); }
};

// Reads a config of model_type clip_vision_model; absent keys have Transformers' defaults.
ClipVisionConfig read_clip_vision_config(const ConfigReader& config);

// Immutable, thread-safe.
class ClipVision {
 public:
  // Takes what the first `depth` blocks need; the rest of the tower is not read.
  static ClipVision take(const WeightScope& weights, const ClipVisionConfig& config, int depth);

  // Names of the tower's tensors that a tower of `depth` leaves alone, as patterns.
  static std::vector<std::string> unread(const WeightScope& weights, const ClipVisionConfig& config,
                                         int depth);

  // picture [3, S, S], normalised → the residual stream after 0 (pre-norm) … depth blocks, as
  // `layers` asks, side by side: [P, D · layers], where P counts the class token when `with_class`.
  Tensor features(const Tensor& picture, std::span<const int> layers, bool with_class) const;

  void visit(const std::string& path, WeightVisitor& visitor);

  const ClipVisionConfig& config() const { return config_; }

 private:
  ClipVision(const WeightScope& weights, const ClipVisionConfig& config, int depth);
  Tensor embed(const Tensor& picture) const;  // [3, S, S] → [1 + patches, D]

  ClipVisionConfig config_;
  Linear patch_;
  Tensor class_row_;  // [1, D]
  Tensor positions_;  // [1 + patches, D]
  LayerNorm pre_norm_;
  std::vector<VitBlock> blocks_;
};

}  // namespace sightline
