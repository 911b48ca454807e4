#include "models/lora_files.h"

#include <ATen/TensorOperators.h>

#include <charconv>
#include <cmath>

#include "base/file.h"
#include "sightline/error.h"
#include "tensor/checkpoint.h"
#include "tensor/safetensors.h"
#include "tensor/shapes.h"
#include "tensor/torch_file.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMaxRank = 65536;
constexpr const char* kWeights = "adapter_model.safetensors";
constexpr const char* kPickledWeights = "adapter_model.bin";  // of older PEFT
constexpr const char* kConfig = "adapter_config.json";
constexpr const char* kProjector = "projector.safetensors";
constexpr const char* kTrained = "trained_weights.safetensors";
constexpr const char* kNonLora = "non_lora_trainables.bin";  // of LLaVA
constexpr std::string_view kPeftPrefix = "base_model.model.";

// Fields that change what an adapter computes, and the value we compute.
void refuse_other_methods(const Json& config, const std::string& origin) {
  const auto type = json_get_or<std::string>(config, "peft_type", origin, "LORA");
  if (type != "LORA")
    fail(ErrorKind::kUnsupported, "{}: peft_type '{}', wanted LORA", origin, type);
  for (const char* key : {"use_dora", "fan_in_fan_out", "lora_bias", "use_qalora"}) {
    if (json_get_or<bool>(config, key, origin, false)) {
      fail(ErrorKind::kUnsupported, "{}: {} is on, which we do not compute", origin, key);
    }
  }
  const auto bias = json_get_or<std::string>(config, "bias", origin, "none");
  if (bias != "none") fail(ErrorKind::kUnsupported, "{}: bias is '{}', wanted none", origin, bias);
}

std::int64_t checked_rank(std::int64_t rank, const std::string& origin) {
  if (rank < 1 || rank > kMaxRank) {
    fail(ErrorKind::kBadFile, "{}: rank {}, wanted 1 to {}", origin, rank, kMaxRank);
  }
  return rank;
}

template <class T>
std::vector<std::pair<std::string, T>> read_pattern(const Json& config, const char* key,
                                                    const std::string& origin) {
  std::vector<std::pair<std::string, T>> out;
  const Json pattern = json_get_or<Json>(config, key, origin, Json::object());
  if (!pattern.is_object()) detail::json_wrong(origin, key, pattern, "an object");
  for (const auto& [name, value] : pattern.items()) {
    out.emplace_back(name, json_get<T>(pattern, name.c_str(), origin));
  }
  return out;
}

LoraSettings read_settings(const Json& config, const std::string& origin) {
  LoraSettings out;
  out.rank = checked_rank(json_get_or<std::int64_t>(config, "r", origin, 8), origin);
  out.alpha = json_get_or<double>(config, "lora_alpha", origin, 8);
  out.dropout = json_get_or<double>(config, "lora_dropout", origin, 0);
  out.rslora = json_get_or<bool>(config, "use_rslora", origin, false);
  out.rank_pattern = read_pattern<std::int64_t>(config, "rank_pattern", origin);
  out.alpha_pattern = read_pattern<double>(config, "alpha_pattern", origin);
  for (const auto& [name, rank] : out.rank_pattern) checked_rank(rank, origin + ": " + name);
  return out;
}

// "…q_proj.lora_A.weight", "…q_proj.lora_A.default.weight" → "…q_proj" and which factor.
struct FactorKey {
  std::string module;
  bool is_a = false;
};

std::optional<FactorKey> factor_key(const std::string& name) {
  for (const bool is_a : {true, false}) {
    const std::string mark = is_a ? ".lora_A." : ".lora_B.";
    const std::size_t at = name.find(mark);
    if (at != std::string::npos && name.ends_with(".weight")) {
      return FactorKey{name.substr(0, at), is_a};
    }
  }
  return {};
}

std::string without_prefix(std::string name) {
  return name.starts_with(kPeftPrefix) ? name.substr(kPeftPrefix.size()) : name;
}

void check_factors(const LoraAdapter& adapter) {
  for (const auto& [module, pair] : adapter.modules) {
    if (!pair.a.defined() || !pair.b.defined()) {
      fail(ErrorKind::kBadFile, "{}: '{}' has only one of lora_A and lora_B", adapter.origin,
           module);
    }
    const std::int64_t rank = adapter.settings.rank_of(module);
    expect_shape(pair.a, {rank, -1}, adapter.origin + ": " + module + ".lora_A");
    expect_shape(pair.b, {-1, rank}, adapter.origin + ": " + module + ".lora_B");
  }
}

// Read-only.
std::map<std::string, at::Tensor> tensors_of(const fs::path& file) {
  if (file.extension() == ".bin") return read_torch_file(file);
  std::map<std::string, at::Tensor> out;
  const auto weights = SafetensorsFile::open(file);
  for (const std::string& name : weights->names()) out[name] = weights->tensor(name);
  return out;
}

void read_weights(const fs::path& file, bool text_only, LoraAdapter& adapter) {
  for (const auto& [name, stored] : tensors_of(file)) {
    const at::Tensor tensor = stored.to(at::kFloat).clone(at::MemoryFormat::Contiguous);
    const std::string plain = without_prefix(name);
    const auto factor = factor_key(plain);
    if (!factor) {
      adapter.replaced[canonical_path(plain, text_only)] = tensor;
      continue;
    }
    LoraFactors& pair = adapter.modules[canonical_path(factor->module, text_only)];
    (factor->is_a ? pair.a : pair.b) = tensor;
  }
  if (adapter.modules.empty() && adapter.replaced.empty()) {
    fail(ErrorKind::kBadFile, "{}: holds no tensors", file);
  }
}

Json pattern_json(const auto& pattern) {
  Json out = Json::object();
  for (const auto& [name, value] : pattern) out[name] = value;
  return out;
}

// One trailing group, so that readers which cut the names out of it find them (vLLM).
std::string target_pattern(const LoraAdapter& adapter) {
  std::string names;
  bool below_language = true;
  for (const auto& [module, pair] : adapter.modules) {
    const std::string last = module.substr(module.rfind('.') + 1);
    if (("|" + names + "|").find("|" + last + "|") == std::string::npos) {
      names += (names.empty() ? "" : "|") + last;
    }
    below_language = below_language && module.starts_with("language_model.");
  }
  return (below_language ? ".*language_model.*\\.(" : ".*\\.(") + names + ")$";
}

Json config_json(const LoraAdapter& adapter) {
  const LoraSettings& s = adapter.settings;
  return {{"alpha_pattern", pattern_json(s.alpha_pattern)},
          {"base_model_name_or_path", adapter.base_model},
          {"bias", "none"},
          {"fan_in_fan_out", false},
          {"inference_mode", true},
          {"init_lora_weights", true},
          {"lora_alpha", s.alpha},
          {"lora_dropout", s.dropout},
          {"modules_to_save", nullptr},
          {"peft_type", "LORA"},
          {"r", s.rank},
          {"rank_pattern", pattern_json(s.rank_pattern)},
          {"target_modules", target_pattern(adapter)},
          {"task_type", "CAUSAL_LM"},
          {"use_dora", false},
          {"use_rslora", s.rslora}};
}

}  // namespace

AdapterSpec parse_adapter_spec(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  AdapterSpec spec{.folder = text};
  if (colon == std::string::npos || fs::exists(text)) return spec;
  const std::string number = text.substr(colon + 1);
  const auto [end, error] =
      std::from_chars(number.data(), number.data() + number.size(), spec.scale);
  if (error != std::errc() || end != number.data() + number.size() || !std::isfinite(spec.scale)) {
    fail(ErrorKind::kUsage, "adapter '{}': '{}' is no scale, wanted FOLDER or FOLDER:0.5", text,
         number);
  }
  spec.folder = text.substr(0, colon);
  return spec;
}

std::vector<std::string> lora_file_names() {
  return {kConfig, kWeights, kPickledWeights, kProjector, kTrained, kNonLora};
}

LoraAdapter read_lora_adapter(const fs::path& folder, bool text_only) {
  LoraAdapter adapter;
  adapter.origin = folder.string();
  if (fs::exists(folder / kConfig)) {
    const Json config = read_json(folder / kConfig);
    const std::string origin = (folder / kConfig).string();
    refuse_other_methods(config, origin);
    adapter.settings = read_settings(config, origin);
    adapter.base_model = json_get_or<std::string>(config, "base_model_name_or_path", origin, "");
    const bool pickled = !fs::exists(folder / kWeights) && fs::exists(folder / kPickledWeights);
    read_weights(folder / (pickled ? kPickledWeights : kWeights), text_only, adapter);
  }
  const bool has_settings = fs::exists(folder / kConfig);
  for (const char* name : {kWeights, kPickledWeights}) {
    if (has_settings || !fs::exists(folder / name)) continue;
    fail_with_hint(ErrorKind::kBadFile, "was the folder copied, or training ended, half-way?",
                   "{} is there, {} is missing", folder / name, kConfig);
  }
  for (const char* name : {kProjector, kTrained, kNonLora}) {
    if (fs::exists(folder / name)) read_weights(folder / name, text_only, adapter);
  }
  if (adapter.modules.empty() && adapter.replaced.empty()) {
    fail_with_hint(ErrorKind::kNotFound, "an adapter is a folder with " + std::string(kConfig),
                   "no adapter in {}", folder);
  }
  check_factors(adapter);
  return adapter;
}

void write_lora_adapter(const fs::path& folder, const LoraAdapter& adapter) {
  make_folder(folder);
  std::map<std::string, at::Tensor> tensors;
  for (const auto& [module, pair] : adapter.modules) {
    const std::string stem = std::string(kPeftPrefix) + module;
    tensors[stem + ".lora_A.weight"] = pair.a;
    tensors[stem + ".lora_B.weight"] = pair.b;
  }
  std::map<std::string, at::Tensor> projector, others;
  for (const auto& [name, tensor] : adapter.replaced) {
    (name.starts_with("multi_modal_projector.") ? projector : others)[name] = tensor;
  }
  const auto write = [&](const char* name, const std::map<std::string, at::Tensor>& some) {
    if (!some.empty()) write_safetensors(folder / name, some, {{"format", "pt"}});
  };
  write(kWeights, tensors);
  write(kProjector, projector);
  write(kTrained, others);
  if (tensors.empty()) return;
  write_file_atomically(folder / kConfig, dump_json(config_json(adapter), 2) + "\n");
}

}  // namespace sightline
