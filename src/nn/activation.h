// Element-wise activations by the names of config.json.
#pragma once

#include <string_view>

#include "nn/shapes.h"

namespace sightline {

enum class Activation { kGelu, kGeluTanh, kQuickGelu, kRelu, kSilu };

// "gelu", "gelu_new", "gelu_pytorch_tanh", "quick_gelu", "relu", "silu", "swish".
// `origin` names the file and key in messages. Throws Error{kUnsupported} with the known names.
Activation activation_of(std::string_view name, std::string_view origin);

Tensor activate(Activation activation, const Tensor& x);

}  // namespace sightline
