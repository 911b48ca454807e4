#include "unit/nn/memory_checkpoint.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/randn.h>

#include "base/random.h"
#include "tensor/shapes.h"

namespace sightline {

std::vector<std::string> MemoryCheckpoint::names() const {
  std::vector<std::string> out;
  for (const auto& [name, tensor] : tensors) out.push_back(name);
  return out;
}

std::vector<std::int64_t> MemoryCheckpoint::shape(const std::string& name) const {
  return tensors.at(name).sizes().vec();
}

at::Tensor MemoryCheckpoint::tensor(const std::string& name,
                                    std::optional<at::ScalarType> wanted) const {
  return to_floating_dtype(tensors.at(name), wanted);
}

void MemoryCheckpoint::random(const std::string& name, std::vector<std::int64_t> shape,
                              double scale) {
  const auto generator = at::detail::createCPUGenerator(derive_seed(seed, name));
  tensors[name] = (at::randn(shape, generator, at::TensorOptions(at::kFloat)) * scale).to(dtype);
}

namespace {

void add_norm(MemoryCheckpoint& weights, const std::string& name, std::int64_t width) {
  weights.random(name, {width}, 0.2);
  weights.tensors[name] += 1;
}

void add_block(MemoryCheckpoint& weights, const std::string& layer) {
  add_norm(weights, layer + "input_layernorm.weight", 40);
  add_norm(weights, layer + "post_attention_layernorm.weight", 40);
  weights.random(layer + "self_attn.q_proj.weight", {60, 40}, 0.2);
  weights.random(layer + "self_attn.k_proj.weight", {20, 40}, 0.2);
  weights.random(layer + "self_attn.v_proj.weight", {20, 40}, 0.2);
  weights.random(layer + "self_attn.o_proj.weight", {40, 60}, 0.2);
  weights.random(layer + "mlp.gate_proj.weight", {52, 40}, 0.2);
  weights.random(layer + "mlp.up_proj.weight", {52, 40}, 0.2);
  weights.random(layer + "mlp.down_proj.weight", {40, 52}, 0.2);
}

Json llama_config() {
  return {{"model_type", "llama"},    {"hidden_size", 40},
          {"intermediate_size", 52},  {"num_hidden_layers", 3},
          {"num_attention_heads", 6}, {"num_key_value_heads", 2},
          {"head_dim", 10},           {"max_position_embeddings", 64},
          {"vocab_size", 67}};
}

void add_vision(MemoryCheckpoint& weights, const std::string& tower) {
  weights.random(tower + "embeddings.class_embedding", {24}, 0.5);
  weights.random(tower + "embeddings.patch_embedding.weight", {24, 3, 4, 4}, 0.2);
  weights.random(tower + "embeddings.position_embedding.weight", {10, 24}, 0.5);
  for (const char* norm : {"pre_layrnorm", "post_layernorm"}) {
    add_norm(weights, tower + norm + ".weight", 24);
    weights.random(tower + norm + ".bias", {24}, 0.1);
  }
  for (int i = 0; i < 2; ++i) {
    const std::string layer = tower + "encoder.layers." + std::to_string(i) + ".";
    for (const char* norm : {"layer_norm1", "layer_norm2"}) {
      add_norm(weights, layer + norm + ".weight", 24);
      weights.random(layer + norm + ".bias", {24}, 0.1);
    }
    for (const char* part : {"q_proj", "k_proj", "v_proj", "out_proj"}) {
      weights.random(layer + "self_attn." + part + ".weight", {24, 24}, 0.2);
      weights.random(layer + "self_attn." + part + ".bias", {24}, 0.1);
    }
    weights.random(layer + "mlp.fc1.weight", {50, 24}, 0.2);
    weights.random(layer + "mlp.fc1.bias", {50}, 0.1);
    weights.random(layer + "mlp.fc2.weight", {24, 50}, 0.2);
    weights.random(layer + "mlp.fc2.bias", {24}, 0.1);
  }
}

}  // namespace

std::shared_ptr<MemoryCheckpoint> tiny_llama(at::ScalarType dtype, const std::string& prefix) {
  auto weights = std::make_shared<MemoryCheckpoint>();
  weights->dtype = dtype;
  weights->document = llama_config();
  weights->random(prefix + "model.embed_tokens.weight", {67, 40}, 1.0);
  weights->random(prefix + "lm_head.weight", {67, 40}, 0.3);
  add_norm(*weights, prefix + "model.norm.weight", 40);
  for (int i = 0; i < 3; ++i) {
    add_block(*weights, prefix + "model.layers." + std::to_string(i) + ".");
  }
  return weights;
}

std::shared_ptr<MemoryCheckpoint> tiny_llava(at::ScalarType dtype) {
  auto weights = tiny_llama(dtype, "language_model.");
  weights->document = {{"model_type", "llava"},
                       {"image_token_index", 66},
                       {"vision_feature_layer", -2},
                       {"text_config", llama_config()},
                       {"vision_config",
                        {{"model_type", "clip_vision_model"},
                         {"hidden_size", 24},
                         {"intermediate_size", 50},
                         {"num_hidden_layers", 2},
                         {"num_attention_heads", 3},
                         {"image_size", 13},
                         {"patch_size", 4}}}};
  add_vision(*weights, "vision_tower.vision_model.");
  weights->random("multi_modal_projector.linear_1.weight", {40, 24}, 0.2);
  weights->random("multi_modal_projector.linear_1.bias", {40}, 0.1);
  weights->random("multi_modal_projector.linear_2.weight", {40, 40}, 0.2);
  weights->random("multi_modal_projector.linear_2.bias", {40}, 0.1);
  return weights;
}

bool same_bits(const at::Tensor& a, const at::Tensor& b) {
  return a.sizes() == b.sizes() && a.scalar_type() == b.scalar_type() && at::equal(a, b);
}

double relative_error(const at::Tensor& a, const at::Tensor& b) {
  return (a - b).abs().max().item<double>() / b.abs().max().item<double>();
}

}  // namespace sightline
