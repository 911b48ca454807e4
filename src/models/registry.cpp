#include "models/registry.h"

#include "base/json.h"
#include "models/placement.h"
#include "tensor/checkpoint.h"

namespace sightline {

std::unique_ptr<Model> load_llama(const ModelSource& source);
std::unique_ptr<Model> load_llava(const ModelSource& source);

Registry<ModelFamily> model_families() {
  Registry<ModelFamily> families("model family");
  families.add("llama", {"Llama 1 to 3, Vicuna, SmolLM2: text", load_llama});
  families.add("llava", {"LLaVA 1.5: a CLIP vision tower, a projector and a Llama", load_llava});
  families.add("mistral", {"Mistral within its attention window: text", load_llama});
  return families;
}

std::unique_ptr<Model> load_model(const std::shared_ptr<const Checkpoint>& checkpoint,
                                  const std::string& dtype, const std::string& device) {
  const Json json = checkpoint->config();
  const ConfigReader config(json, (checkpoint->path() / "config.json").string());
  if (config.has("quantization_config")) {
    fail_with_hint(ErrorKind::kUnsupported, "load the unquantised model with --dtype int8",
                   "{}: quantization_config: weights quantised by another library",
                   config.origin());
  }
  const Registry<ModelFamily> families = model_families();
  const std::string type = config.text("model_type");
  const auto family = families.entries().find(type);
  if (family == families.entries().end()) {
    fail_with_hint(ErrorKind::kUnsupported, near_names_hint(type, families.names()),
                   "{}: model_type '{}' is not supported", config.origin(), type);
  }
  const Placement placement = resolve_placement(*checkpoint, dtype, device);
  return family->second.load({.checkpoint = checkpoint,
                              .config = config,
                              .dtype = placement.dtype,
                              .float_dtype = placement.float_dtype,
                              .device = placement.device});
}

}  // namespace sightline
