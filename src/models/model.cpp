#include "models/model.h"

#include "sightline/error.h"

namespace sightline {

at::Tensor Model::encode_pictures(const at::Tensor&, std::span<const std::shared_ptr<Tap>>) const {
  refuse_pictures();
}

at::Tensor Model::picture_features(const at::Tensor&) const { refuse_pictures(); }

at::Tensor Model::project(const at::Tensor&) const { refuse_pictures(); }

void Model::refuse_pictures() const {
  fail_with_hint(ErrorKind::kUnsupported, "choose a model with a vision tower",
                 "a {} model reads no pictures", shape_.family);
}

KvCache Model::new_cache(std::int64_t capacity) const {
  const bool half = weight_dtype_ == at::kChar;  // int8 keeps its activations' cache in bf16
  return KvCache({shape_.layers, shape_.kv_heads, shape_.head_width}, capacity,
                 half ? at::kBFloat16 : weight_dtype_, device_);
}

}  // namespace sightline
