#include "sightline/generator.h"

#include "engine/local_engine.h"
#include "engine/remote_endpoint.h"

namespace sightline {

std::unique_ptr<Generator> load_generator(const std::string& model, const EngineOptions& options) {
  if (is_remote_model(model)) return std::make_unique<RemoteEndpoint>(model, options);
  Bundle bundle = load_bundle(
      model, {.dtype = options.dtype, .device = options.device, .adapters = options.adapters});
  return std::make_unique<LocalEngine>(std::move(bundle), options);
}

}  // namespace sightline
