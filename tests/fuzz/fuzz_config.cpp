// Any bytes as config.json: refused with an Error, whether for themselves or for the weights that
// are not there. Rotary frequencies are computed for what can be read.
#include <ATen/ops/scalar_tensor.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "base/json.h"
#include "models/llama.h"
#include "models/registry.h"
#include "sightline/error.h"
#include "tensor/checkpoint.h"

namespace {

using sightline::Json;

// A folder with that config and no tensor but one, which tells the dtype.
class BareCheckpoint : public sightline::Checkpoint {
 public:
  explicit BareCheckpoint(Json config) : Checkpoint("fuzz"), config_(std::move(config)) {}
  std::vector<std::string> names() const override { return {"dtype"}; }
  bool contains(const std::string& name) const override { return name == "dtype"; }
  std::vector<std::int64_t> shape(const std::string&) const override { return {1}; }
  std::filesystem::path file_of(const std::string&) const override { return "fuzz"; }
  at::Tensor tensor(const std::string& name, std::optional<at::ScalarType>) const override {
    if (!contains(name)) sightline::fail(sightline::ErrorKind::kNotFound, "no '{}'", name);
    return at::scalar_tensor(1);
  }
  Json config() const override { return config_; }

 private:
  Json config_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const Json config = sightline::parse_json(text, "fuzz");
    try {
      const sightline::ConfigReader reader(config, "fuzz");
      const auto language = sightline::read_llama_config(reader, sightline::ConfigPlace::kNested);
      sightline::Rotary(language.decoder.rotary, language.decoder.attention.head_width);
    } catch (const sightline::Error&) {
    }
    sightline::load_model(std::make_shared<BareCheckpoint>(config), "auto", "cpu");
    std::abort();  // no model can be loaded without weights
  } catch (const sightline::Error&) {
  }
  return 0;
}
