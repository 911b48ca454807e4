// A loaded model: immutable weights shared by all threads. State lives in KvCache and
// ForwardContext. Rows (activations) are fp32 on the CPU whatever the weights' dtype, and the
// weights' dtype elsewhere.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "nn/forward_context.h"
#include "nn/kv_cache.h"
#include "nn/weight_visitor.h"

namespace sightline {

struct ModelShape {
  std::string family;
  int layers = 0;                           // L
  std::int64_t width = 0;                   // D
  std::int64_t heads = 0;                   // H
  std::int64_t kv_heads = 0;                // G
  std::int64_t head_width = 0;              // K
  std::int64_t vocabulary = 0;              // V
  std::int64_t context = 0;                 // positions
  std::optional<std::int64_t> image_token;  // placeholder id; absent: text only
  std::int64_t rows_per_image = 0;          // P: placeholders one picture fills
  std::int64_t image_size = 0;              // pixels a side the vision tower expects
};

class Model {
 public:
  virtual ~Model() = default;

  const ModelShape& shape() const { return shape_; }
  at::ScalarType weight_dtype() const { return weight_dtype_; }  // kChar for int8
  at::Device device() const { return device_; }

  // ids [T] → rows [T, D]; placeholders get their table row, the caller replaces them.
  virtual at::Tensor embed(const at::Tensor& ids) const = 0;

  // pixels [N, 3, S, S] fp32 → rows [N, P, D]. Taps see kVisionOut and kProjectorOut per picture.
  // Throws Error{kUnsupported} for a text model.
  virtual at::Tensor encode_pictures(const at::Tensor& pixels,
                                     std::span<const std::shared_ptr<Tap>> taps) const;

  // Its two halves for one picture, without taps: [3, S, S] → features [P, Dv] → rows [P, D]. While
  // the tower is frozen, features can be kept. Throws Error{kUnsupported} for a text model.
  virtual at::Tensor picture_features(const at::Tensor& pixels) const;
  virtual at::Tensor project(const at::Tensor& features) const;

  // rows [M, D], packed as `context` says → final-normed rows [M, D]; appends to the caches.
  virtual at::Tensor forward(at::Tensor rows, const ForwardContext& context) const = 0;

  // final-normed rows [M, D] → logits [M, V] fp32.
  virtual at::Tensor logits(const at::Tensor& rows) const = 0;

  // Every linear and weight by its path in llava-hf's published files ("language_model.model.…",
  // "vision_tower.vision_model.…", "multi_modal_projector.…"; text models: "model.…", "lm_head"),
  // whatever names the checkpoint used. A tied head is not visited.
  virtual void visit(WeightVisitor& visitor) = 0;

  // Cache for one sequence of this model.
  KvCache new_cache(std::int64_t capacity) const;

 protected:
  ModelShape shape_;
  at::ScalarType weight_dtype_ = at::kFloat;
  at::Device device_ = at::kCPU;

 private:
  [[noreturn]] void refuse_pictures() const;
};

}  // namespace sightline
