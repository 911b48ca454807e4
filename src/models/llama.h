// The Llama family: RMS norms, rotary positions, grouped-query attention, gated feed-forward.
// Covers Llama 1 to 3, Vicuna, SmolLM2 and Mistral; also the language half of LLaVA.
#pragma once

#include <cstdint>
#include <string>

#include "models/config_reader.h"
#include "models/model.h"
#include "nn/decoder.h"
#include "nn/embedding.h"
#include "nn/linear.h"
#include "tensor/weight_scope.h"

namespace sightline {

struct LlamaConfig {
  DecoderConfig decoder;
  std::int64_t vocabulary = 0;  // V
  bool tied_head = false;
};

// Where a config stands. Files write a nested config as what differs from the published defaults.
enum class ConfigPlace { kTop, kNested };

// Reads a config of model_type llama or mistral. Throws kBadFile for missing or impossible values,
// kUnsupported for forms we do not compute. A Mistral window shorter than the context bounds the
// context, where both agree.
LlamaConfig read_llama_config(const ConfigReader& config, ConfigPlace place);

// Table, decoder and head. Immutable, thread-safe.
class LlamaText {
 public:
  // `body` holds embed_tokens, layers and norm; `head` is the scope of lm_head, unused when tied.
  // int8: the linears and the head are quantised, the table is read as it is stored.
  static LlamaText take(const WeightScope& body, const WeightScope& head, const LlamaConfig& config,
                        WeightFormat format);

  Tensor embed(const Tensor& ids) const { return table_(ids); }  // [T] → [T, D]
  Tensor forward(Tensor rows, const ForwardContext& context) const {
    return decoder_.forward(std::move(rows), context);  // [M, D]
  }
  Tensor logits(const Tensor& rows) const;  // [M, D] → [M, V] fp32

  void visit(const std::string& body, const std::string& head, WeightVisitor& visitor);

  const LlamaConfig& config() const { return config_; }

 private:
  LlamaText(const WeightScope& body, const WeightScope& head, const LlamaConfig& config,
            WeightFormat format);

  LlamaConfig config_;
  Embedding table_;
  Decoder decoder_;
  Linear head_;  // shares the table's memory when tied and not int8
};

// What a language model's config says about its shape; family and pictures are left open.
ModelShape text_shape(const LlamaConfig& config);

}  // namespace sightline
