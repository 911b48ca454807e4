#include "nn/activation.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/silu.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/near.h"
#include "sightline/error.h"

namespace sightline {
namespace {

constexpr std::array<std::pair<std::string_view, Activation>, 7> kActivations = {{
    {"gelu", Activation::kGelu},
    {"gelu_new", Activation::kGeluTanh},
    {"gelu_pytorch_tanh", Activation::kGeluTanh},
    {"quick_gelu", Activation::kQuickGelu},
    {"relu", Activation::kRelu},
    {"silu", Activation::kSilu},
    {"swish", Activation::kSilu},
}};

}  // namespace

Activation activation_of(std::string_view name, std::string_view origin) {
  std::vector<std::string> names;
  for (const auto& [known, activation] : kActivations) {
    if (known == name) return activation;
    names.emplace_back(known);
  }
  fail_with_hint(ErrorKind::kUnsupported, near_names_hint(name, names),
                 "{}: activation '{}' is not supported", origin, name);
}

Tensor activate(Activation activation, const Tensor& x) {
  switch (activation) {
    case Activation::kGelu: return at::gelu(x);
    case Activation::kGeluTanh: return at::gelu(x, "tanh");
    case Activation::kQuickGelu: return x * at::sigmoid(x * 1.702);
    case Activation::kRelu: return at::relu(x);
    case Activation::kSilu: return at::silu(x);
  }
  fail(ErrorKind::kInternal, "activation {} has no formula", static_cast<int>(activation));
}

}  // namespace sightline
