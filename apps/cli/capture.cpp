// sightline capture: hidden states and logits of one prompt, as a safetensors file.
#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tensor.h>
#include <c10/core/InferenceMode.h>

#include <iostream>
#include <map>
#include <set>

#include "base/options.h"
#include "engine/encode.h"
#include "engine_options.h"
#include "run_verbs.h"
#include "tensor/safetensors.h"

namespace sightline::cli {
namespace {

// Keeps rows at the places asked for, under the names of the file.
class PlaceRecorder : public Tap {
 public:
  PlaceRecorder(const std::vector<std::string>& places, int layers) {
    for (const std::string& place : places) add(place, layers);
  }

  bool wants(Site site, int layer, Phase) const override { return wanted_.contains({site, layer}); }

  at::Tensor at(const TapPoint& point, at::Tensor hidden) override {
    std::string name = "tap." + std::string(name_of(point.site));
    if (has_layers(point.site)) name += "." + std::to_string(point.layer);
    seen_[name].push_back(hidden.clone());
    return hidden;
  }

  // Pictures come one by one; their rows are stacked.
  std::map<std::string, at::Tensor> tensors() const {
    std::map<std::string, at::Tensor> out;
    for (const auto& [name, parts] : seen_) {
      const bool of_pictures = name == "tap.vision_out" || name == "tap.projector_out";
      out[name] = of_pictures ? at::stack(parts) : at::cat(parts);
    }
    return out;
  }

 private:
  // "block_out:*", "block_out:3,5", "embed"
  void add(const std::string& place, int layers) {
    const std::size_t colon = place.find(':');
    const Site site = site_of(place.substr(0, colon));
    if (!has_layers(site)) {
      wanted_.insert({site, -1});
      return;
    }
    const std::string list = colon == std::string::npos ? "*" : place.substr(colon + 1);
    for (const int layer : parse_index_list(list, layers, place)) wanted_.insert({site, layer});
  }

  std::set<std::pair<Site, int>> wanted_;
  std::map<std::string, std::vector<at::Tensor>> seen_;
};

Conversation conversation_of(const Json& options) {
  Conversation conversation;
  if (!options.at("system").is_null()) {
    conversation.push_back(Message::text("system", options.at("system").get<std::string>()));
  }
  Message message{.role = "user"};
  for (const auto& image : options.at("image")) {
    message.parts.push_back({.text = "", .picture = Picture::from_file(image.get<std::string>())});
  }
  message.parts.push_back({.text = options.at("prompt").get<std::string>(), .picture = nullptr});
  conversation.push_back(std::move(message));
  return conversation;
}

// One whole prefill with every position's logits.
std::map<std::string, at::Tensor> captured(const Json& options, const Bundle& bundle) {
  const c10::InferenceMode no_grad;
  const Model& model = *bundle.model;
  const EncodedPrompt prompt = encode_prompt(conversation_of(options), bundle);
  const auto recorder = std::make_shared<PlaceRecorder>(
      options.at("taps").get<std::vector<std::string>>(), model.shape().layers);
  const TapList taps = {recorder};

  const at::Tensor ids = at::tensor(prompt.ids, at::kLong);  // [T]
  at::Tensor rows = model.embed(ids.to(model.device()));     // [T, D]
  std::map<std::string, at::Tensor> out = {{"input_ids", ids}};
  std::vector<at::Tensor> pixels;
  for (std::size_t i = 0; i < prompt.pictures.size(); ++i) {
    pixels.push_back(load_pixels(*prompt.pictures[i], bundle));  // [3, S, S]
    const at::Tensor features =
        model.encode_pictures(pixels.back().unsqueeze(0), taps).select(0, 0);
    rows.narrow(0, prompt.picture_rows[i], features.size(0)).copy_(features);
  }
  if (!pixels.empty()) out["pixel_values"] = at::stack(pixels);  // [N, 3, S, S]

  const auto length = static_cast<std::int64_t>(prompt.ids.size());
  KvCache cache = model.new_cache(length);
  ForwardContext context;
  context.sequences.push_back({.count = length,
                               .cache = &cache,
                               .kinds = prompt.kinds,
                               .last_prompt_row = length - 1,
                               .taps = taps});
  out["logits"] = model.logits(model.forward(rows, context));  // [T, V]
  out.merge(recorder->tensors());
  return out;
}

}  // namespace

int run_capture_verb(const Json& options) {
  const EngineOptions engine = engine_options(options);
  const Bundle bundle =
      load_bundle(options.at("model").get<std::string>(),
                  {.dtype = engine.dtype, .device = engine.device, .adapters = engine.adapters});
  std::map<std::string, at::Tensor> tensors;
  for (const auto& [name, tensor] : captured(options, bundle))
    tensors[name] = tensor.cpu().contiguous();
  const std::string file = options.at("out").get<std::string>();
  write_safetensors(file, tensors,
                    {{"format", "pt"},
                     {"model", bundle.name},
                     {"dtype", bundle.dtype},
                     {"prompt", render_prompt(conversation_of(options), bundle)}});
  std::cout << "wrote " << tensors.size() << " tensors to " << file << "\n";
  return 0;
}

}  // namespace sightline::cli
