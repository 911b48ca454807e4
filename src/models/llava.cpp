// LLaVA 1.5 (llava-hf/llava-1.5-*): CLIP features through a two-layer projector become rows of the
// language model's input. Transformers: models/llava/modeling_llava.py.
#include <ATen/ops/stack.h>

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "models/clip_vision.h"
#include "models/llama.h"
#include "models/registry.h"
#include "nn/activation.h"
#include "sightline/error.h"
#include "tensor/checkpoint.h"
#include "tensor/shapes.h"

namespace sightline {
namespace {

struct LlavaConfig {
  LlamaConfig text;
  ClipVisionConfig vision;
  std::vector<int> feature_layers;  // residual streams 0 … vision.layers
  bool with_class = false;          // select strategy "full"
  Activation projector_activation = Activation::kGelu;
  bool projector_bias = true;
  std::int64_t image_token = 0;

  int vision_depth() const { return *std::ranges::max_element(feature_layers); }
  std::int64_t rows_per_image() const { return vision.patches() + (with_class ? 1 : 0); }
};

// vision_feature_layer: an index into [pre-norm, block 0, …], negative from the end, or a list.
std::vector<int> read_feature_layers(const ConfigReader& config, int layers) {
  constexpr const char* kKey = "vision_feature_layer";
  const Json value = config.has(kKey) ? config.json().at(kKey) : Json(-2);
  const Json list = value.is_array() ? value : Json::array({value});
  std::vector<int> out;
  for (const Json& item : list) {
    const std::int64_t index = item.is_number_integer() ? item.get<std::int64_t>() : layers + 1;
    if (index < -(layers + 1) || index > layers) {
      fail(ErrorKind::kBadFile, "{}: {} is {}, wanted indices from {} to {}", config.origin(), kKey,
           dump_json(value), -(layers + 1), layers);
    }
    out.push_back(static_cast<int>(index < 0 ? index + layers + 1 : index));
  }
  if (out.empty() || out.size() > static_cast<std::size_t>(kMaxLayers)) {
    fail(ErrorKind::kBadFile, "{}: {} lists {} layers", config.origin(), kKey, out.size());
  }
  return out;
}

std::int64_t read_image_token(const ConfigReader& config, std::int64_t vocabulary) {
  const char* const key = config.has("image_token_id") ? "image_token_id" : "image_token_index";
  const auto id = json_get<std::int64_t>(config.json(), key, config.origin());
  if (id < 0 || id >= vocabulary) {
    fail(ErrorKind::kBadFile, "{}: {} is {}, the vocabulary has {}", config.origin(), key, id,
         vocabulary);
  }
  return id;
}

LlavaConfig read_llava_config(const ConfigReader& config) {
  LlavaConfig out;
  out.text = read_llama_config(config.child("text_config"), ConfigPlace::kNested);
  out.text.tied_head = out.text.tied_head || config.flag("tie_word_embeddings", false);
  out.vision = read_clip_vision_config(config.child("vision_config"));
  out.feature_layers = read_feature_layers(config, out.vision.layers);
  const std::string strategy = config.text("vision_feature_select_strategy", "default");
  if (strategy != "default" && strategy != "full") {
    fail(ErrorKind::kUnsupported,
         "{}: vision_feature_select_strategy is '{}', wanted default or full", config.origin(),
         strategy);
  }
  out.with_class = strategy == "full";
  out.projector_activation = activation_of(config.text("projector_hidden_act", "gelu"),
                                           config.origin() + ": projector_hidden_act");
  out.projector_bias = config.flag("multimodal_projector_bias", true);
  out.image_token = read_image_token(config, out.text.vocabulary);
  return out;
}

// The four parts under the prefixes that files of different age give them, newest first.
struct LlavaScopes {
  WeightScope text;
  WeightScope head;
  WeightScope vision;
  WeightScope projector;
};

WeightScope first_scope(const WeightScope& root, std::initializer_list<std::string_view> names) {
  const auto found =
      std::ranges::find_if(names, [&](std::string_view name) { return root.has_scope(name); });
  return root.in(found == names.end() ? *names.begin() : *found);
}

LlavaScopes sanitize(const WeightScope& root) {
  return {.text = first_scope(root, {"model.language_model", "language_model.model"}),
          .head = first_scope(root, {"lm_head", "language_model.lm_head"}),
          .vision = first_scope(root, {"model.vision_tower.vision_model", "model.vision_tower",
                                       "vision_tower.vision_model", "vision_tower"}),
          .projector = first_scope(root, {"model.multi_modal_projector", "multi_modal_projector"})};
}

class Llava : public Model {
 public:
  explicit Llava(const ModelSource& source)
      : Llava(source, read_llava_config(source.config),
              WeightScope(source.checkpoint, source.weight_options())) {}

  Tensor embed(const Tensor& ids) const override { return text_.embed(ids); }
  Tensor forward(Tensor rows, const ForwardContext& context) const override {
    return text_.forward(std::move(rows), context);
  }
  Tensor logits(const Tensor& rows) const override { return text_.logits(rows); }

  Tensor encode_pictures(const Tensor& pixels,
                         std::span<const std::shared_ptr<Tap>> taps) const override {
    const std::int64_t side = config_.vision.image_size;
    expect_shape(pixels, {-1, 3, side, side}, "pixel_values");
    std::vector<Tensor> rows;
    for (std::int64_t n = 0; n < pixels.size(0); ++n) {
      rows.push_back(encode_picture(pixels.select(0, n), taps));
    }
    if (rows.empty()) fail(ErrorKind::kUsage, "pixel_values hold no picture");
    return at::stack(rows);  // [N, P, D]
  }

  Tensor picture_features(const Tensor& picture) const override {
    const Tensor placed = picture.to(device_, device_.is_cpu() ? at::kFloat : weight_dtype_);
    return vision_.features(placed, config_.feature_layers, config_.with_class);  // [P, Dv]
  }

  Tensor project(const Tensor& features) const override {
    return project_out_(activate(config_.projector_activation, project_in_(features)));  // [P, D]
  }

  void visit(WeightVisitor& visitor) override {
    vision_.visit("vision_tower.vision_model", visitor);
    project_in_.visit("multi_modal_projector.linear_1", visitor);
    project_out_.visit("multi_modal_projector.linear_2", visitor);
    text_.visit("language_model.model", "language_model.lm_head", visitor);
  }

 private:
  Llava(const ModelSource& source, const LlavaConfig& config, const WeightScope& root)
      : Llava(source, config, sanitize(root)) {
    std::vector<std::string> unread =
        ClipVision::unread(sanitize(root).vision, config.vision, config.vision_depth());
    unread.push_back("*.rotary_emb.inv_freq");
    if (config.text.tied_head) unread.push_back(sanitize(root).head.prefix() + ".weight");
    root.finish(unread);
  }

  // int8 is for the language model, where the bytes are; the small vision half stays as stored.
  Llava(const ModelSource& source, const LlavaConfig& config, const LlavaScopes& weights)
      : config_(config),
        text_(LlamaText::take(weights.text, weights.head, config.text, source.format())),
        vision_(ClipVision::take(weights.vision, config.vision, config.vision_depth())),
        project_in_(Linear::take(
            weights.projector.in("linear_1"),
            {config.text.decoder.attention.width,
             config.vision.block.width * static_cast<std::int64_t>(config.feature_layers.size()),
             config.projector_bias})),
        project_out_(Linear::take(weights.projector.in("linear_2"),
                                  {config.text.decoder.attention.width,
                                   config.text.decoder.attention.width, config.projector_bias})) {
    weight_dtype_ = source.dtype;
    device_ = source.device;
    shape_ = text_shape(config.text);
    shape_.family = "llava";
    shape_.image_token = config.image_token;
    shape_.rows_per_image = config.rows_per_image();
    shape_.image_size = config.vision.image_size;
  }

  // [3, S, S] → [P, D]
  Tensor encode_picture(const Tensor& picture, std::span<const std::shared_ptr<Tap>> taps) const {
    const Tensor features = tap_picture(Site::kVisionOut, taps, picture_features(picture));
    return tap_picture(Site::kProjectorOut, taps, project(features));
  }

  LlavaConfig config_;
  LlamaText text_;
  ClipVision vision_;
  Linear project_in_;
  Linear project_out_;
};

}  // namespace

std::unique_ptr<Model> load_llava(const ModelSource& source) {
  return std::make_unique<Llava>(source);
}

}  // namespace sightline
