#include <ATen/TensorOperators.h>

#include <cmath>
#include <regex>
#include <set>

#include "models/lora_files.h"
#include "sightline/error.h"
#include "tensor/shapes.h"

namespace sightline {
namespace {

bool matches(const std::string& pattern, const std::string& module, const char* what) {
  try {
    return std::regex_match(module, std::regex("(.*\\.)?(" + pattern + ")"));
  } catch (const std::regex_error&) {
    fail(ErrorKind::kBadFile, "{}: '{}' is no regular expression", what, pattern);
  }
}

template <class T>
T first_match(const std::vector<std::pair<std::string, T>>& patterns, const std::string& module,
              T otherwise, const char* what) {
  for (const auto& [pattern, value] : patterns) {
    if (matches(pattern, module, what)) return value;
  }
  return otherwise;
}

// "old.rest" → "new.rest" when the path is in `from`.
bool rename(std::string& path, std::string_view from, std::string_view to) {
  const bool inside =
      path.starts_with(from) && (path.size() == from.size() || path[from.size()] == '.');
  if (inside) path.replace(0, from.size(), to);
  return inside;
}

class Attacher : public WeightVisitor {
 public:
  Attacher(const LoraAdapter& adapter, double scale)
      : adapter_(adapter), scale_(scale), control_(std::make_shared<LoraControl>()) {}

  void linear(const std::string& path, Linear& linear) override {
    attach(path, linear);
    replace(path, linear);
  }

  void weight(const std::string& path, Tensor& weight) override {
    const auto found = adapter_.replaced.find(path);
    if (found == adapter_.replaced.end()) return;
    expect_sizes(path, found->second, weight);
    weight = found->second.to(weight.options()).contiguous();
    used_.insert(path);
  }

  std::shared_ptr<LoraControl> finish() const {
    for (const auto& [module, pair] : adapter_.modules) expect_used(module);
    for (const auto& [name, tensor] : adapter_.replaced) expect_used(name);
    return control_;
  }

 private:
  void attach(const std::string& path, Linear& linear) {
    const auto found = adapter_.modules.find(path);
    if (found == adapter_.modules.end()) return;
    const auto& [a, b] = found->second;
    if (a.size(1) != linear.in() || b.size(0) != linear.out()) {
      fail_with_hint(ErrorKind::kUnsupported, "the adapter was made for another model",
                     "{}: '{}' maps {} to {}, the model's maps {} to {}", adapter_.origin, path,
                     a.size(1), b.size(0), linear.in(), linear.out());
    }
    const at::Device device = linear.weight().device();
    linear.attach(std::make_shared<LoraDelta>(a.to(device), b.to(device),
                                              scale_ * adapter_.settings.scale_of(path), control_));
    used_.insert(path);
  }

  void expect_sizes(const std::string& path, const Tensor& given, const Tensor& own) const {
    if (given.sizes() == own.sizes()) return;
    fail_with_hint(ErrorKind::kUnsupported, "the adapter was made for another model",
                   "{}: '{}' is {}, the model's is {}", adapter_.origin, path,
                   shape_text(given.sizes()), shape_text(own.sizes()));
  }

  void replace(const std::string& path, Linear& linear) {
    const auto weight = adapter_.replaced.find(path + ".weight");
    if (weight == adapter_.replaced.end()) return;
    const auto bias = adapter_.replaced.find(path + ".bias");
    const bool with_bias = bias != adapter_.replaced.end();
    expect_sizes(path, weight->second, linear.weight());
    linear.replace(weight->second, with_bias ? bias->second : linear.bias());
    used_.insert(path + ".weight");
    if (with_bias) used_.insert(path + ".bias");
  }

  void expect_used(const std::string& name) const {
    if (used_.contains(name)) return;
    fail_with_hint(ErrorKind::kUnsupported, "the adapter was made for another model",
                   "{}: the model has no '{}' ({} of {} parts fit)", adapter_.origin, name,
                   used_.size(), adapter_.modules.size() + adapter_.replaced.size());
  }

  const LoraAdapter& adapter_;
  double scale_;
  std::shared_ptr<LoraControl> control_;
  std::set<std::string> used_;
};

}  // namespace

std::int64_t LoraSettings::rank_of(const std::string& module) const {
  return first_match(rank_pattern, module, rank, "rank_pattern");
}

double LoraSettings::scale_of(const std::string& module) const {
  const auto r = static_cast<double>(rank_of(module));
  return first_match(alpha_pattern, module, alpha, "alpha_pattern") / (rslora ? std::sqrt(r) : r);
}

std::string canonical_path(std::string name, bool text_only) {
  if (text_only) return name;
  if (rename(name, "model.vision_tower", "vision_tower") || name.starts_with("vision_tower.")) {
    if (!name.starts_with("vision_tower.vision_model.")) {
      rename(name, "vision_tower", "vision_tower.vision_model");
    }
    return name;
  }
  if (rename(name, "model.multi_modal_projector", "multi_modal_projector")) return name;
  if (rename(name, "model.mm_projector.0", "multi_modal_projector.linear_1")) return name;
  if (rename(name, "model.mm_projector.2", "multi_modal_projector.linear_2")) return name;
  if (rename(name, "lm_head", "language_model.lm_head")) return name;
  if (rename(name, "model.language_model", "language_model.model")) return name;
  for (const std::string part : {"layers", "norm", "embed_tokens"}) {
    if (rename(name, "language_model." + part, "language_model.model." + part)) break;
    if (rename(name, "model." + part, "language_model.model." + part)) break;  // LLaVA's own
  }
  return name;
}

std::shared_ptr<LoraControl> attach_lora(Model& model, const LoraAdapter& adapter, double scale) {
  Attacher attacher(adapter, scale);
  model.visit(attacher);
  return attacher.finish();
}

}  // namespace sightline
