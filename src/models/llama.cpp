#include "models/llama.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "base/json.h"
#include "base/log.h"
#include "models/registry.h"
#include "nn/activation.h"
#include "sightline/error.h"
#include "tensor/checkpoint.h"
#include "tensor/shapes.h"

namespace sightline {
namespace {

constexpr std::int64_t kMistralWindow = 4096;  // where the key is absent

// Attention heads and their width; kv heads default to one each.
AttentionConfig read_attention(const ConfigReader& config, ConfigPlace place) {
  const auto nested = [&](std::int64_t value) {
    return place == ConfigPlace::kNested ? std::optional(value) : std::nullopt;
  };
  AttentionConfig out;
  out.width = config.size("hidden_size", kMaxWidth, nested(4096));
  out.heads = config.size("num_attention_heads", kMaxHeads, nested(32));
  const bool mistral = config.text("model_type") == "mistral";
  out.kv_heads = config.size("num_key_value_heads", kMaxHeads,
                             mistral && place == ConfigPlace::kNested ? 8 : out.heads);
  if (out.heads % out.kv_heads != 0) {
    fail(ErrorKind::kBadFile, "{}: {} attention heads cannot share {} key/value heads",
         config.origin(), out.heads, out.kv_heads);
  }
  if (!config.has("head_dim") && out.width % out.heads != 0) {
    fail(ErrorKind::kBadFile, "{}: hidden_size {} is not a multiple of {} attention heads",
         config.origin(), out.width, out.heads);
  }
  out.head_width = config.size("head_dim", kMaxHeadWidth, out.width / out.heads);
  if (out.head_width % 2 != 0 || out.head_width == 0) {
    fail(ErrorKind::kBadFile, "{}: head_dim is {}, rotary positions need an even one",
         config.origin(), out.head_width);
  }
  out.input_bias = out.output_bias = config.flag("attention_bias", false);
  return out;
}

std::int64_t read_context(const ConfigReader& config, ConfigPlace place) {
  const bool mistral = config.text("model_type") == "mistral";
  const std::int64_t published = mistral ? 131072 : 2048;
  const std::int64_t context =
      config.size("max_position_embeddings", kMaxContext,
                  place == ConfigPlace::kNested ? std::optional(published) : std::nullopt);
  const bool windowed =
      mistral && (config.has("sliding_window") || !config.json().contains("sliding_window"));
  if (!windowed) return context;
  const std::int64_t window = config.size("sliding_window", kMaxContext, kMistralWindow);
  if (window < context) {
    log_warning("{}: the context of {} is cut to the attention window of {}", config.origin(),
                context, window);
  }
  return std::min(context, window);
}

class Llama : public Model {
 public:
  explicit Llama(const ModelSource& source)
      : Llama(source, read_llama_config(source.config, ConfigPlace::kTop)) {}

  Tensor embed(const Tensor& ids) const override { return text_.embed(ids); }
  Tensor forward(Tensor rows, const ForwardContext& context) const override {
    return text_.forward(std::move(rows), context);
  }
  Tensor logits(const Tensor& rows) const override { return text_.logits(rows); }
  void visit(WeightVisitor& visitor) override { text_.visit("model", "lm_head", visitor); }

 private:
  Llama(const ModelSource& source, const LlamaConfig& config) : text_(load(source, config)) {
    weight_dtype_ = source.dtype;
    device_ = source.device;
    shape_ = text_shape(config);
    shape_.family = source.config.text("model_type");
  }

  static LlamaText load(const ModelSource& source, const LlamaConfig& config) {
    const WeightScope weights(source.checkpoint, source.weight_options());
    const WeightScope head = weights.in("lm_head");
    LlamaText text = LlamaText::take(weights.in("model"), head, config, source.format());
    if (config.tied_head) head.skip("weight");
    weights.finish({"*.rotary_emb.inv_freq"});
    return text;
  }

  LlamaText text_;
};

}  // namespace

LlamaConfig read_llama_config(const ConfigReader& config, ConfigPlace place) {
  const auto nested = [&](std::int64_t value) {
    return place == ConfigPlace::kNested ? std::optional(value) : std::nullopt;
  };
  const std::string type = config.text("model_type");
  if (type != "llama" && type != "mistral") {
    fail_with_hint(ErrorKind::kUnsupported, "known: llama, mistral",
                   "{}: language model '{}' is not supported", config.origin(), type);
  }
  const std::string act = config.text("hidden_act", "silu");
  if (activation_of(act, config.origin() + ": hidden_act") != Activation::kSilu) {
    fail(ErrorKind::kUnsupported, "{}: hidden_act '{}', wanted silu", config.origin(), act);
  }
  LlamaConfig out;
  DecoderConfig& decoder = out.decoder;
  decoder.layers = static_cast<int>(config.size("num_hidden_layers", kMaxLayers, nested(32)));
  decoder.attention = read_attention(config, place);
  decoder.mlp = {.width = decoder.attention.width,
                 .feed_forward = config.size("intermediate_size", kMaxWidth,
                                             nested(type == "mistral" ? 14336 : 11008)),
                 .bias = config.flag("mlp_bias", false)};
  decoder.norm_eps = config.positive("rms_norm_eps", 1e-6);
  decoder.context = read_context(config, place);
  decoder.rotary = read_rotary(config, decoder.context);
  out.vocabulary = config.size("vocab_size", kMaxVocabulary, nested(32000));
  out.tied_head = config.flag("tie_word_embeddings", false);
  return out;
}

LlamaText::LlamaText(const WeightScope& body, const WeightScope& head, const LlamaConfig& config,
                     WeightFormat format)
    : config_(config),
      table_(body.take("embed_tokens.weight", {config.vocabulary, config.decoder.attention.width})),
      decoder_(Decoder::take(body, config.decoder, format)),
      head_(config.tied_head
                ? Linear(table_.table(), {}, format)
                : Linear::take(head, {config.vocabulary, config.decoder.attention.width}, format)) {
}

LlamaText LlamaText::take(const WeightScope& body, const WeightScope& head,
                          const LlamaConfig& config, WeightFormat format) {
  return LlamaText(body, head, config, format);
}

Tensor LlamaText::logits(const Tensor& rows) const {
  expect_shape(rows, {-1, config_.decoder.attention.width}, "rows");
  return head_(rows).to(at::kFloat);  // [M, V]
}

void LlamaText::visit(const std::string& body, const std::string& head, WeightVisitor& visitor) {
  const Tensor table = table_.table();
  table_.visit(body + ".embed_tokens", visitor);
  decoder_.visit(body, visitor);
  if (!config_.tied_head) {
    head_.visit(head, visitor);
  } else if (!table_.table().is_same(table)) {
    head_ = Linear(table_.table());
  }
}

ModelShape text_shape(const LlamaConfig& config) {
  const AttentionConfig& attention = config.decoder.attention;
  ModelShape out;
  out.layers = config.decoder.layers;
  out.width = attention.width;
  out.heads = attention.heads;
  out.kv_heads = attention.kv_heads;
  out.head_width = attention.head_width;
  out.vocabulary = config.vocabulary;
  out.context = config.decoder.context;
  return out;
}

std::unique_ptr<Model> load_llama(const ModelSource& source) {
  return std::make_unique<Llama>(source);
}

}  // namespace sightline
