#include "training/parameters.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <regex>

#include "base/near.h"
#include "base/random.h"
#include "sightline/error.h"

namespace sightline {
namespace {

constexpr std::string_view kFactorA = ".lora_A";
constexpr std::string_view kFactorB = ".lora_B";

void expect_choice(const char* what, const std::string& value,
                   const std::vector<std::string>& choices) {
  if (std::ranges::find(choices, value) != choices.end()) return;
  fail_with_hint(ErrorKind::kUsage, near_names_hint(value, choices), "{}: unknown choice '{}'",
                 what, value);
}

// Uniform in ±bound; equal on every machine.
at::Tensor uniform(std::int64_t rows, std::int64_t columns, double bound, std::uint64_t seed) {
  at::Tensor out = at::empty({rows, columns}, at::kFloat);
  float* values = out.mutable_data_ptr<float>();
  Random random(seed);
  for (std::int64_t i = 0; i < out.numel(); ++i) {
    values[i] = static_cast<float>((2 * random.uniform() - 1) * bound);
  }
  return out;
}

std::regex compiled(const std::string& pattern) {
  try {
    return std::regex(pattern);
  } catch (const std::regex_error&) {
    fail(ErrorKind::kUsage, "lora targets: '{}' is no regular expression", pattern);
  }
}

class Preparer : public WeightVisitor {
 public:
  Preparer(const TrainedParts& parts, std::uint64_t seed) : parts_(parts), seed_(seed) {
    trained_.lora = parts.lora;
    if (!parts.lora_targets.empty()) targets_ = compiled(parts.lora_targets);
  }

  void linear(const std::string& path, Linear& linear) override {
    if (is_lora(path)) adapt(path, linear);
    if (!is_full(path)) return;
    linear.make_trainable();
    add(path + ".weight", linear.weight(), true);
    if (linear.bias().defined()) add(path + ".bias", linear.bias(), false);
  }

  void weight(const std::string& path, Tensor& weight) override {
    if (!is_full(path)) return;
    weight = weight.detach().to(at::kFloat).clone().set_requires_grad(true);
    add(path, weight, weight.dim() > 1);
  }

  TrainedModel finish() {
    if (trained_.parameters.empty()) {
      fail_with_hint(ErrorKind::kUsage, "see 'train' and 'lora.targets' of the recipe",
                     "nothing would be trained");
    }
    if (parts_.language == "lora" && !trained_.control) {
      fail_with_hint(ErrorKind::kUsage,
                     "as in PEFT it has to match whole paths: '.*[.](q_proj|v_proj)'",
                     "lora.targets: '{}' matches no linear layer", parts_.lora_targets);
    }
    return std::move(trained_);
  }

 private:
  bool is_lora(const std::string& path) const {
    if (parts_.language != "lora") return false;
    if (targets_) return std::regex_match(path, *targets_);
    return part_of(path) == ModelPart::kLanguage;
  }

  bool is_full(const std::string& path) const {
    switch (part_of(path)) {
      case ModelPart::kVision: return parts_.vision == "full";
      case ModelPart::kProjector: return parts_.projector == "full";
      case ModelPart::kLanguage:
      case ModelPart::kTable: return parts_.language == "full";
    }
    return false;
  }

  void adapt(const std::string& path, Linear& linear) {
    const std::int64_t rank = parts_.lora.rank_of(path);
    const at::Device device = linear.weight().device();
    const double bound = 1 / std::sqrt(static_cast<double>(linear.in()));
    const at::Tensor a = uniform(rank, linear.in(), bound, derive_seed(seed_, path))
                             .to(device)
                             .set_requires_grad(true);
    const at::Tensor b =
        at::zeros({linear.out(), rank}, at::TensorOptions().device(device)).set_requires_grad(true);
    if (!trained_.control) {
      trained_.control = std::make_shared<LoraControl>();
      trained_.control->dropout = parts_.lora.dropout;
    }
    linear.attach(std::make_shared<LoraDelta>(a, b, parts_.lora.scale_of(path), trained_.control));
    add(path + std::string(kFactorA), a, true);
    add(path + std::string(kFactorB), b, true);
  }

  void add(const std::string& name, const at::Tensor& tensor, bool decays) {
    trained_.parameters.push_back({.name = name,
                                   .tensor = tensor,
                                   .projector = part_of(name) == ModelPart::kProjector,
                                   .decays = decays});
  }

  const TrainedParts& parts_;
  std::uint64_t seed_;
  std::optional<std::regex> targets_;
  TrainedModel trained_;
};

std::optional<std::string> without_suffix(const std::string& name, std::string_view suffix) {
  if (!name.ends_with(suffix)) return {};
  return name.substr(0, name.size() - suffix.size());
}

}  // namespace

ModelPart part_of(const std::string& path) {
  if (path.starts_with("vision_tower.")) return ModelPart::kVision;
  if (path.starts_with("multi_modal_projector.")) return ModelPart::kProjector;
  const bool table =
      path.find("embed_tokens") != std::string::npos || path.find("lm_head") != std::string::npos;
  return table ? ModelPart::kTable : ModelPart::kLanguage;
}

std::int64_t TrainedModel::count() const {
  std::int64_t sum = 0;
  for (const TrainedParameter& parameter : parameters) sum += parameter.tensor.numel();
  return sum;
}

TrainedModel make_trainable(Model& model, const TrainedParts& parts, std::uint64_t seed) {
  expect_choice("language", parts.language, {"lora", "full", "frozen"});
  expect_choice("projector", parts.projector, {"full", "frozen"});
  expect_choice("vision", parts.vision, {"full", "frozen"});
  Preparer preparer(parts, seed);
  model.visit(preparer);
  return preparer.finish();
}

LoraAdapter adapter_of(const TrainedModel& trained, const std::string& base_model) {
  LoraAdapter adapter;
  adapter.settings = trained.lora;
  adapter.base_model = base_model;
  for (const TrainedParameter& parameter : trained.parameters) {
    const at::Tensor tensor = parameter.tensor.detach().cpu().contiguous();
    if (const auto module = without_suffix(parameter.name, kFactorA)) {
      adapter.modules[*module].a = tensor;
    } else if (const auto other = without_suffix(parameter.name, kFactorB)) {
      adapter.modules[*other].b = tensor;
    } else {
      adapter.replaced[parameter.name] = tensor;
    }
  }
  return adapter;
}

}  // namespace sightline
