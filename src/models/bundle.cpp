#include "models/bundle.h"

#include "base/json.h"
#include "models/lora_files.h"
#include "models/placement.h"
#include "models/registry.h"
#include "models/text_parts.h"
#include "sightline/error.h"
#include "tensor/checkpoint.h"
#include "tensor/gguf.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

Bundle named(const std::string& name) {
  Bundle bundle;
  bundle.name = name;
  bundle.location = locate_model(name);
  return bundle;
}

}  // namespace

Bundle load_bundle(const std::string& name, const LoadOptions& options) {
  Bundle bundle = named(name);
  const auto checkpoint = Checkpoint::open(bundle.location);
  if (const auto gguf = checkpoint->gguf()) {
    read_gguf_parts(*gguf, bundle);
  } else {
    read_folder_parts(bundle.location, checkpoint->config(), bundle);
  }
  std::unique_ptr<Model> model = load_model(checkpoint, options.dtype, options.device);
  for (const std::string& text : options.adapters) {
    const AdapterSpec spec = parse_adapter_spec(text);
    attach_lora(*model, read_lora_adapter(spec.folder, !model->shape().image_token), spec.scale);
    bundle.name += " + " + text;
  }
  if (options.prepare) options.prepare(*model);
  bundle.adapters = options.adapters;
  bundle.model = std::move(model);
  bundle.dtype = short_dtype_name(bundle.model->weight_dtype());
  return bundle;
}

Bundle load_text_parts(const std::string& name) {
  Bundle bundle = named(name);
  const fs::path config = bundle.location / "config.json";
  if (fs::exists(config)) {
    read_folder_parts(bundle.location, read_json(config), bundle);
  } else {
    const auto gguf = Checkpoint::open(bundle.location)->gguf();
    if (!gguf) fail(ErrorKind::kNotFound, "{} is missing", config);
    read_gguf_parts(*gguf, bundle);
  }
  return bundle;
}

}  // namespace sightline
