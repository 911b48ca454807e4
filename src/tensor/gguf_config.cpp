#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>

#include "sightline/error.h"
#include "tensor/gguf_llama.h"

namespace sightline {
namespace {

using Json = nlohmann::json;

constexpr double kDefaultRopeTheta = 10000.0;

// Llama-3.1's rotary factors as llama.cpp writes them, one for each pair of rotary dimensions.
struct Llama3Rope {
  double factor;
  double low_freq_factor = 1.0;
  double high_freq_factor = 4.0;
  double original_context = 8192.0;

  double at(double theta, std::size_t pair, std::size_t pairs) const {
    const double exponent = static_cast<double>(pair) / static_cast<double>(pairs);
    const double wavelength = 2.0 * std::numbers::pi * std::pow(theta, exponent);
    if (wavelength < original_context / high_freq_factor) return 1.0;
    if (wavelength > original_context / low_freq_factor) return factor;
    const double smooth =
        (original_context / wavelength - low_freq_factor) / (high_freq_factor - low_freq_factor);
    return 1.0 / ((1.0 - smooth) / factor + smooth);
  }
};

// The tensor holds results; the parameters are recovered by trying the published form.
Json llama3_scaling(const GgufFile& file, double theta) {
  const at::Tensor factors = file.tensor("rope_freqs.weight");
  if (factors.scalar_type() != at::kFloat || factors.dim() != 1 || factors.numel() == 0) {
    fail(ErrorKind::kUnsupported, "{}: rope_freqs.weight is not a float32 vector", file.origin());
  }
  const auto pairs = static_cast<std::size_t>(factors.numel());
  const float* found = factors.const_data_ptr<float>();
  const Llama3Rope rope{.factor = *std::max_element(found, found + pairs)};
  for (std::size_t i = 0; i < pairs; ++i) {
    const double wanted = rope.at(theta, i, pairs);
    if (!(std::abs(found[i] - wanted) <= 1e-4 * wanted)) {
      fail(ErrorKind::kUnsupported,
           "{}: rope_freqs.weight[{}] is {}, Llama-3 scaling by {} would give {}", file.origin(), i,
           found[i], rope.factor, wanted);
    }
  }
  return {{"rope_type", "llama3"},
          {"factor", rope.factor},
          {"low_freq_factor", rope.low_freq_factor},
          {"high_freq_factor", rope.high_freq_factor},
          {"original_max_position_embeddings", static_cast<std::int64_t>(rope.original_context)}};
}

// null when positions are not rescaled.
Json rope_scaling(const GgufFile& file, double theta) {
  if (file.tensors().contains("rope_freqs.weight")) return llama3_scaling(file, theta);
  const std::string type = file.string_or("llama.rope.scaling.type", "none");
  if (type == "none") {
    const double linear = file.double_or("llama.rope.scale_linear", 1.0);
    if (linear == 1.0) return nullptr;
    return {{"rope_type", "linear"}, {"factor", linear}};
  }
  if (type != "linear" && type != "yarn") {
    fail(ErrorKind::kUnsupported, "{}: llama.rope.scaling.type is '{}', known: none, linear, yarn",
         file.origin(), type);
  }
  Json out = {{"rope_type", type}, {"factor", file.at("llama.rope.scaling.factor").as_double()}};
  if (type == "yarn") {
    out["original_max_position_embeddings"] =
        file.at("llama.rope.scaling.original_context_length").as_int();
  }
  return out;
}

// A positive metadata integer; sizes of a model are never zero.
std::int64_t size_at(const GgufFile& file, std::string_view key) {
  const std::int64_t value = file.at(key).as_int();
  if (value < 1 || value > INT32_MAX) {
    fail(ErrorKind::kBadFile, "{}: metadata '{}' is {}, wanted 1 to {}", file.origin(), key, value,
         INT32_MAX);
  }
  return value;
}

std::int64_t vocabulary_rows(const GgufFile& file) {
  const auto table = file.tensors().find("token_embd.weight");
  if (table == file.tensors().end() || table->second.shape.size() != 2) {
    fail(ErrorKind::kBadFile, "{}: no two-dimensional token_embd.weight", file.origin());
  }
  return table->second.shape[0];
}

std::int64_t head_size(const GgufFile& file, std::int64_t width, std::int64_t heads) {
  if (!file.has("llama.attention.key_length") && width % heads != 0) {
    fail(ErrorKind::kBadFile, "{}: a width of {} does not divide into {} heads", file.origin(),
         width, heads);
  }
  const std::int64_t size = file.has("llama.attention.key_length")
                                ? size_at(file, "llama.attention.key_length")
                                : width / heads;
  const std::int64_t values = file.int_or("llama.attention.value_length", size);
  const std::int64_t rotary = file.int_or("llama.rope.dimension_count", size);
  if (values != size || rotary != size) {
    fail(ErrorKind::kUnsupported,
         "{}: heads of {} key, {} value and {} rotary dimensions, wanted equal ones", file.origin(),
         size, values, rotary);
  }
  return size;
}

void put_token_ids(const GgufFile& file, Json& config) {
  constexpr std::pair<const char*, const char*> kIds[] = {
      {"bos_token_id", "tokenizer.ggml.bos_token_id"},
      {"eos_token_id", "tokenizer.ggml.eos_token_id"},
      {"pad_token_id", "tokenizer.ggml.padding_token_id"}};
  for (const auto& [name, key] : kIds) {
    if (file.has(key)) config[name] = file.at(key).as_int();
  }
}

}  // namespace

Json gguf_to_hf_config(const GgufFile& file) {
  const std::string architecture = file.at("general.architecture").as_string();
  if (architecture != "llama") {
    fail(ErrorKind::kUnsupported, "{}: GGUF architecture '{}', only 'llama' is read", file.origin(),
         architecture);
  }
  if (file.int_or("llama.expert_count", 0) > 0) {
    fail(ErrorKind::kUnsupported, "{}: a mixture of experts is not read", file.origin());
  }
  const std::int64_t width = size_at(file, "llama.embedding_length");
  const std::int64_t heads = size_at(file, "llama.attention.head_count");
  const double theta = file.double_or("llama.rope.freq_base", kDefaultRopeTheta);
  Json config = {
      {"architectures", {"LlamaForCausalLM"}},
      {"model_type", "llama"},
      {"hidden_act", "silu"},
      {"hidden_size", width},
      {"intermediate_size", size_at(file, "llama.feed_forward_length")},
      {"num_hidden_layers", size_at(file, "llama.block_count")},
      {"num_attention_heads", heads},
      {"num_key_value_heads", file.has("llama.attention.head_count_kv")
                                  ? size_at(file, "llama.attention.head_count_kv")
                                  : heads},
      {"head_dim", head_size(file, width, heads)},
      {"max_position_embeddings", size_at(file, "llama.context_length")},
      {"rms_norm_eps", file.at("llama.attention.layer_norm_rms_epsilon").as_double()},
      {"rope_theta", theta},
      {"vocab_size", vocabulary_rows(file)},
      {"tie_word_embeddings", !file.tensors().contains("output.weight")},
      {"attention_bias", file.tensors().contains("blk.0.attn_q.bias")},
      {"mlp_bias", file.tensors().contains("blk.0.ffn_gate.bias")},
  };
  if (Json scaling = rope_scaling(file, theta); !scaling.is_null()) {
    config["rope_scaling"] = std::move(scaling);
  }
  put_token_ids(file, config);
  return config;
}

}  // namespace sightline
