#include "support/tiny_model.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/randn.h>

#include <map>

#include "base/file.h"
#include "base/json.h"
#include "image/image.h"
#include "image/synthetic.h"
#include "tensor/safetensors.h"

namespace sightline {
namespace {

constexpr int kLayers = 3;
constexpr int kWidth = 64;
constexpr int kHeads = 4;
constexpr int kKvHeads = 2;
constexpr int kHeadWidth = 16;
constexpr int kInner = 96;
constexpr int kVisionWidth = 32;
constexpr int kVisionLayers = 2;
constexpr int kImage = 28;
constexpr int kPatch = 14;
constexpr int kVocabulary = 262;  // 256 bytes, 6 specials

class Weights {
 public:
  explicit Weights(const TinyModelOptions& options)
      : dtype_(options.bf16 ? at::kBFloat16 : at::kFloat),
        generator_(at::make_generator<at::CPUGeneratorImpl>(options.seed)) {}

  void random(const std::string& name, std::vector<std::int64_t> shape, double scale) {
    tensors_[name] =
        (at::randn(shape, generator_, at::TensorOptions().dtype(at::kFloat)) * scale).to(dtype_);
  }
  void norm(const std::string& name, std::int64_t width, bool bias) {
    tensors_[name + ".weight"] =
        (1 + at::randn({width}, generator_, at::TensorOptions().dtype(at::kFloat)) * 0.1)
            .to(dtype_);
    if (bias) random(name + ".bias", {width}, 0.1);
  }
  void linear(const std::string& name, std::int64_t out, std::int64_t in, bool bias) {
    random(name + ".weight", {out, in}, 0.15);
    if (bias) random(name + ".bias", {out}, 0.1);
  }
  const std::map<std::string, at::Tensor>& tensors() const { return tensors_; }

 private:
  at::ScalarType dtype_;
  at::Generator generator_;
  std::map<std::string, at::Tensor> tensors_;
};

void add_language(Weights& w) {
  const std::string base = "language_model.model.";
  w.random(base + "embed_tokens.weight", {kVocabulary, kWidth}, 1.0);
  w.random("language_model.lm_head.weight", {kVocabulary, kWidth}, 0.3);
  w.norm(base + "norm", kWidth, false);
  for (int i = 0; i < kLayers; ++i) {
    const std::string layer = base + "layers." + std::to_string(i) + ".";
    w.norm(layer + "input_layernorm", kWidth, false);
    w.norm(layer + "post_attention_layernorm", kWidth, false);
    w.linear(layer + "self_attn.q_proj", kHeads * kHeadWidth, kWidth, false);
    w.linear(layer + "self_attn.k_proj", kKvHeads * kHeadWidth, kWidth, false);
    w.linear(layer + "self_attn.v_proj", kKvHeads * kHeadWidth, kWidth, false);
    w.linear(layer + "self_attn.o_proj", kWidth, kHeads * kHeadWidth, false);
    w.linear(layer + "mlp.gate_proj", kInner, kWidth, false);
    w.linear(layer + "mlp.up_proj", kInner, kWidth, false);
    w.linear(layer + "mlp.down_proj", kWidth, kInner, false);
  }
}

void add_vision(Weights& w) {
  const std::string base = "vision_tower.vision_model.";
  const int positions = (kImage / kPatch) * (kImage / kPatch) + 1;
  w.random(base + "embeddings.class_embedding", {kVisionWidth}, 0.5);
  w.random(base + "embeddings.patch_embedding.weight", {kVisionWidth, 3, kPatch, kPatch}, 0.05);
  w.random(base + "embeddings.position_embedding.weight", {positions, kVisionWidth}, 0.5);
  w.norm(base + "pre_layrnorm", kVisionWidth, true);
  w.norm(base + "post_layernorm", kVisionWidth, true);
  for (int i = 0; i < kVisionLayers; ++i) {
    const std::string layer = base + "encoder.layers." + std::to_string(i) + ".";
    w.norm(layer + "layer_norm1", kVisionWidth, true);
    w.norm(layer + "layer_norm2", kVisionWidth, true);
    for (const char* part : {"q_proj", "k_proj", "v_proj", "out_proj"}) {
      w.linear(layer + "self_attn." + part, kVisionWidth, kVisionWidth, true);
    }
    w.linear(layer + "mlp.fc1", 2 * kVisionWidth, kVisionWidth, true);
    w.linear(layer + "mlp.fc2", kVisionWidth, 2 * kVisionWidth, true);
  }
  w.linear("multi_modal_projector.linear_1", kWidth, kVisionWidth, true);
  w.linear("multi_modal_projector.linear_2", kWidth, kWidth, true);
}

Json config(const TinyModelOptions& options) {
  return {{"model_type", "llava"},
          {"architectures", {"LlavaForConditionalGeneration"}},
          {"dtype", options.bf16 ? "bfloat16" : "float32"},
          {"image_token_index", 261},
          {"projector_hidden_act", "gelu"},
          {"vision_feature_layer", -2},
          {"vision_feature_select_strategy", "default"},
          {"tie_word_embeddings", false},
          {"eos_token_id", 258},
          {"text_config",
           {{"model_type", "llama"},
            {"hidden_size", kWidth},
            {"intermediate_size", kInner},
            {"num_hidden_layers", kLayers},
            {"num_attention_heads", kHeads},
            {"num_key_value_heads", kKvHeads},
            {"head_dim", kHeadWidth},
            {"hidden_act", "silu"},
            {"vocab_size", kVocabulary},
            {"max_position_embeddings", options.context},
            {"rms_norm_eps", 1e-5},
            {"rope_theta", 10000.0},
            {"tie_word_embeddings", false}}},
          {"vision_config",
           {{"model_type", "clip_vision_model"},
            {"hidden_size", kVisionWidth},
            {"intermediate_size", 2 * kVisionWidth},
            {"num_hidden_layers", kVisionLayers},
            {"num_attention_heads", 2},
            {"image_size", kImage},
            {"patch_size", kPatch},
            {"hidden_act", "quick_gelu"},
            {"layer_norm_eps", 1e-5}}}};
}

// GPT-2's printable stand-in of each byte, as UTF-8.
std::string stand_in(int byte) {
  static const std::vector<int> points = [] {
    std::vector<int> out(256);
    int next = 256;
    for (int b = 0; b < 256; ++b) {
      const bool plain = (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || (b >= 174 && b <= 255);
      out[static_cast<std::size_t>(b)] = plain ? b : next++;
    }
    return out;
  }();
  const int point = points[static_cast<std::size_t>(byte)];
  if (point < 128) return {static_cast<char>(point)};
  return {static_cast<char>(0xC0 | point >> 6), static_cast<char>(0x80 | (point & 63))};
}

Json tokenizer() {
  Json vocabulary = Json::object();
  for (int b = 0; b < 256; ++b) vocabulary[stand_in(b)] = b;
  const std::vector<std::string> specials = {"<s>", "<unk>", "</s>", "<user>", "<bot>", "<image>"};
  Json added = Json::array();
  for (std::size_t i = 0; i < specials.size(); ++i) {
    vocabulary[specials[i]] = 256 + i;
    added.push_back({{"id", 256 + i},
                     {"content", specials[i]},
                     {"single_word", false},
                     {"lstrip", false},
                     {"rstrip", false},
                     {"normalized", false},
                     {"special", true}});
  }
  return {{"version", "1.0"},
          {"truncation", nullptr},
          {"padding", nullptr},
          {"added_tokens", added},
          {"normalizer", nullptr},
          {"pre_tokenizer",
           {{"type", "ByteLevel"},
            {"add_prefix_space", false},
            {"trim_offsets", true},
            {"use_regex", true}}},
          {"post_processor", nullptr},
          {"decoder",
           {{"type", "ByteLevel"},
            {"add_prefix_space", true},
            {"trim_offsets", true},
            {"use_regex", true}}},
          {"model",
           {{"type", "BPE"},
            {"dropout", nullptr},
            {"unk_token", nullptr},
            {"continuing_subword_prefix", nullptr},
            {"end_of_word_suffix", nullptr},
            {"fuse_unk", false},
            {"byte_fallback", false},
            {"ignore_merges", false},
            {"vocab", vocabulary},
            {"merges", Json::array()}}}};
}

constexpr const char* kTemplate =
    "{%- for m in messages -%}{{ '<bot>' if m['role'] == 'assistant' else '<user>' }}"
    "{%- if m['content'] is string -%}{{ m['content'] }}"
    "{%- else -%}{%- for p in m['content'] -%}{%- if p['type'] == 'image' -%}<image>"
    "{%- else -%}{{ p['text'] }}{%- endif -%}{%- endfor -%}{%- endif -%}"
    "{{ '</s>' if m['role'] == 'assistant' }}{%- endfor -%}"
    "{%- if add_generation_prompt -%}<bot>{%- endif -%}";

}  // namespace

TinyModel::TinyModel(const TinyModelOptions& options) {
  Weights weights(options);
  add_language(weights);
  add_vision(weights);
  write_safetensors(folder_.path() / "model.safetensors", weights.tensors(), {{"format", "pt"}});
  const auto put = [&](const char* name, const Json& document) {
    write_file_atomically(folder_.path() / name, dump_json(document));
  };
  put("config.json", config(options));
  put("tokenizer.json", tokenizer());
  put("tokenizer_config.json", {{"eos_token", "</s>"}, {"bos_token", nullptr}});
  put("preprocessor_config.json", {{"image_processor_type", "CLIPImageProcessor"},
                                   {"size", {{"shortest_edge", kImage}}},
                                   {"crop_size", {{"height", kImage}, {"width", kImage}}}});
  write_file_atomically(folder_.path() / "chat_template.jinja", kTemplate);
}

std::shared_ptr<const Picture> random_picture(int width, int height, std::uint64_t seed) {
  return Picture::from_bytes(encode_png(noise_image(width, height, seed)), "random picture");
}

}  // namespace sightline
