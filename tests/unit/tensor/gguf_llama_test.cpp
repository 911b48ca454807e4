#include "tensor/gguf_llama.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/tensor.h>

#include <nlohmann/json.hpp>

#include "gguf_bytes.h"
#include "refusal.h"

namespace sightline {
namespace {

constexpr std::uint32_t kF32 = 0;

// The least metadata of a llama model: two heads, vocabulary 3.
GgufBytes tiny(std::uint32_t width = 8) {
  GgufBytes bytes;
  bytes.text("general.architecture", "llama")
      .u32("llama.embedding_length", width)
      .u32("llama.block_count", 1)
      .u32("llama.feed_forward_length", 16)
      .u32("llama.context_length", 64)
      .u32("llama.attention.head_count", 2)
      .f32("llama.attention.layer_norm_rms_epsilon", 1e-6F)
      .tensor("token_embd.weight", {8, 3}, kF32, 0);
  return bytes;
}

GgufBytes& with_data(GgufBytes& bytes) { return bytes.data(std::string(1024, '\0')); }

TEST(GgufNames, MapBlocksAndTop) {
  EXPECT_EQ(gguf_to_hf_name("token_embd.weight"), "model.embed_tokens.weight");
  EXPECT_EQ(gguf_to_hf_name("output_norm.weight"), "model.norm.weight");
  EXPECT_EQ(gguf_to_hf_name("output.weight"), "lm_head.weight");
  EXPECT_EQ(gguf_to_hf_name("blk.12.attn_q.bias"), "model.layers.12.self_attn.q_proj.bias");
  EXPECT_EQ(gguf_to_hf_name("blk.0.ffn_norm.weight"),
            "model.layers.0.post_attention_layernorm.weight");
}

TEST(GgufNames, WithoutCounterpartStayAsTheyAre) {
  for (const char* name :
       {"", "output", "blk.0.attn_q", "blk..attn_q.weight", "blk.x.attn_q.weight",
        "blk.0.ffn_gate_inp.weight", "blk.weight", "blk.0.weight", ".weight", "output.scale"}) {
    EXPECT_EQ(gguf_to_hf_name(name), name);
  }
}

TEST(GgufRows, RotaryPermutationIsUndone) {
  // Two heads of four rows, interleaved: pairs (0, 2) and (1, 3) of each head stand together.
  const at::Tensor interleaved = at::tensor({0, 2, 1, 3, 4, 6, 5, 7});
  EXPECT_TRUE(at::equal(undo_rotary_permutation(interleaved, 2), at::arange(8, at::kInt)));
}

TEST(GgufLlama, RowsThatDoNotFitTheHeadsAreRefused) {
  GgufBytes bytes = tiny();
  bytes.tensor("blk.0.attn_q.weight", {8, 6}, kF32, 96);
  expect_refused(ErrorKind::kShape, {"'blk.0.attn_q.weight' is [6, 8]", "2 heads"},
                 [&] { GgufLlama{with_data(bytes).view()}; });
}

TEST(GgufLlama, TwoTensorsOfOneNameAreRefused) {
  GgufBytes bytes = tiny();
  bytes.tensor("model.embed_tokens.weight", {8, 3}, kF32, 96);
  expect_refused(ErrorKind::kBadFile, {"two tensors", "'model.embed_tokens.weight'"},
                 [&] { GgufLlama{with_data(bytes).view()}; });
}

TEST(GgufLlama, HeadCountsMustBePositiveAndBounded) {
  GgufBytes huge = tiny();
  huge.pair("llama.attention.head_count_kv", GgufKind::kI64, little_endian(INT64_MAX));
  expect_refused(ErrorKind::kBadFile, {"9223372036854775807 key heads"},
                 [&] { GgufLlama{with_data(huge).view()}; });
  GgufBytes bytes = tiny();
  bytes.u32("llama.attention.head_count_kv", 0);
  expect_refused(ErrorKind::kBadFile, {"0 key heads"}, [&] { GgufLlama{with_data(bytes).view()}; });
}

TEST(GgufConfig, DescribesTheModel) {
  GgufBytes bytes = tiny();
  const nlohmann::json config = gguf_to_hf_config(*with_data(bytes).view());
  EXPECT_EQ(config.at("model_type"), "llama");
  EXPECT_EQ(config.at("head_dim"), 4);
  EXPECT_EQ(config.at("num_key_value_heads"), 2);
  EXPECT_EQ(config.at("vocab_size"), 3);
  EXPECT_EQ(config.at("rope_theta"), 10000.0);
  EXPECT_EQ(config.at("rms_norm_eps"), 1e-6);
  EXPECT_EQ(config.at("tie_word_embeddings"), true);
  EXPECT_FALSE(config.contains("rope_scaling"));
}

TEST(GgufConfig, MissingOrImpossibleSizesAreNamed) {
  GgufBytes missing;
  missing.text("general.architecture", "llama");
  expect_refused(ErrorKind::kBadFile, {"'llama.embedding_length'"},
                 [&] { gguf_to_hf_config(*missing.view()); });
  missing.u32("llama.embedding_length", 0);
  expect_refused(ErrorKind::kBadFile, {"'llama.embedding_length' is 0"},
                 [&] { gguf_to_hf_config(*missing.view()); });
}

TEST(GgufConfig, WidthMustDivideIntoHeads) {
  GgufBytes bytes = tiny(7);
  expect_refused(ErrorKind::kBadFile, {"a width of 7", "2 heads"},
                 [&] { gguf_to_hf_config(*with_data(bytes).view()); });
}

TEST(GgufConfig, FormsWeDoNotComputeAreUnsupported) {
  const auto expect_unsupported = [](GgufBytes bytes, const std::string& reason) {
    expect_refused(ErrorKind::kUnsupported, {reason},
                   [&] { gguf_to_hf_config(*with_data(bytes).view()); });
  };
  expect_unsupported(tiny().u32("llama.rope.dimension_count", 2), "2 rotary dimensions");
  expect_unsupported(tiny().u32("llama.expert_count", 8), "mixture of experts");
  expect_unsupported(tiny().text("llama.rope.scaling.type", "longrope"), "'longrope'");
  expect_unsupported(tiny().tensor("rope_freqs.weight", {2}, kF32, 96),
                     "rope_freqs.weight[0] is 0");
}

}  // namespace
}  // namespace sightline
