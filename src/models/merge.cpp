#include "models/merge.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/matmul.h>

#include <set>

#include "base/file.h"
#include "models/bundle.h"
#include "models/lora_files.h"
#include "sightline/error.h"
#include "tensor/checkpoint.h"
#include "tensor/safetensors.h"
#include "tensor/shapes.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kWeight = ".weight";

struct Scaled {
  LoraAdapter adapter;
  double scale = 1;
};

class Merger {
 public:
  Merger(const Checkpoint& base, bool text_only, const std::vector<std::string>& specs)
      : base_(base), text_only_(text_only) {
    for (const std::string& text : specs) {
      const AdapterSpec spec = parse_adapter_spec(text);
      adapters_.push_back({read_lora_adapter(spec.folder, text_only), spec.scale});
    }
    for (const std::string& name : base.names()) known_.insert(canonical_path(name, text_only));
    for (const Scaled& one : adapters_) expect_known(one.adapter);
  }

  at::Tensor tensor(const std::string& name) const {
    const at::Tensor stored = base_.tensor(name);
    const std::string path = canonical_path(name, text_only_);
    at::Tensor merged;  // fp32, once something changes
    for (const auto& [adapter, scale] : adapters_) {
      const auto replaced = adapter.replaced.find(path);
      if (replaced != adapter.replaced.end()) merged = replaced->second.view(stored.sizes());
      if (!path.ends_with(kWeight)) continue;
      const std::string module = path.substr(0, path.size() - kWeight.size());
      const auto pair = adapter.modules.find(module);
      if (pair == adapter.modules.end()) continue;
      const auto& [a, b] = pair->second;
      expect_shape(stored, {b.size(0), a.size(1)}, adapter.origin + ": " + module);
      if (!merged.defined()) merged = stored.to(at::kFloat);
      merged = merged + at::matmul(b, a) * (scale * adapter.settings.scale_of(module));
    }
    return merged.defined() ? merged.to(stored.scalar_type()) : stored;
  }

 private:
  void expect_known(const LoraAdapter& adapter) const {
    const auto expect = [&](const std::string& name) {
      if (known_.contains(name)) return;
      fail_with_hint(ErrorKind::kUnsupported, "the adapter was made for another model",
                     "{}: the checkpoint has no '{}'", adapter.origin, name);
    };
    for (const auto& [module, pair] : adapter.modules) expect(module + std::string(kWeight));
    for (const auto& [name, tensor] : adapter.replaced) expect(name);
  }

  const Checkpoint& base_;
  bool text_only_;
  std::vector<Scaled> adapters_;
  std::set<std::string> known_;
};

bool is_weight_file(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.ends_with(".safetensors") || name.ends_with(".index.json") || name.ends_with(".bin");
}

}  // namespace

void merge_adapters(const std::string& model, const std::vector<std::string>& adapters,
                    const fs::path& out) {
  if (adapters.empty()) fail(ErrorKind::kUsage, "no adapter to merge");
  if (fs::exists(out)) fail(ErrorKind::kUsage, "{} exists already", out);
  const fs::path folder = locate_model(model);
  const auto base = Checkpoint::open(folder);
  if (base->gguf()) {
    fail_with_hint(ErrorKind::kUnsupported, "merge into the Hugging Face folder it was made from",
                   "{}: a GGUF file has no folder to write", folder);
  }
  const Merger merger(*base, !base->config().contains("vision_config"), adapters);
  const fs::path part = out.string() + ".tmp";
  std::error_code ignored;
  fs::remove_all(part, ignored);
  make_folder(part);
  std::vector<PendingTensor> tensors;
  for (const std::string& name : base->names()) {
    tensors.push_back({.name = name,
                       .dtype = base->tensor(name).scalar_type(),
                       .shape = base->shape(name),
                       .make = [&merger, name] { return merger.tensor(name); }});
  }
  write_safetensors(part / "model.safetensors", std::move(tensors), {{"format", "pt"}});
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.is_regular_file() || is_weight_file(entry.path())) continue;
    fs::copy_file(entry.path(), part / entry.path().filename());
  }
  std::error_code error;
  fs::rename(part, out, error);
  if (error) fail(ErrorKind::kBadFile, "{}: {}", out, error.message());
}

}  // namespace sightline
