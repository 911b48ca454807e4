// Configs that are wrong, absurd or beyond us: each its own error, none a crash or an allocation.
#include <gmock/gmock.h>

#include "base/json.h"
#include "models/registry.h"
#include "unit/nn/memory_checkpoint.h"

namespace sightline {
namespace {

struct HostileCase {
  const char* patch;  // JSON merge patch of tiny_llava's config
  ErrorKind kind;
  const char* message;  // part of it
};

// Shown by name in a failure.
void PrintTo(const HostileCase& hostile, std::ostream* out) { *out << hostile.patch; }

class HostileConfig : public testing::TestWithParam<HostileCase> {};

TEST_P(HostileConfig, IsRefusedByName) {
  const auto weights = tiny_llava();
  weights->document.merge_patch(Json::parse(GetParam().patch));
  try {
    load_model(weights, "auto", "cpu");
    FAIL() << "was loaded";
  } catch (const Error& error) {
    EXPECT_EQ(name_of(error.kind()), name_of(GetParam().kind));
    EXPECT_THAT(error.message(), testing::HasSubstr(GetParam().message));
    EXPECT_THAT(error.message(), testing::HasSubstr("config.json"));
  }
}

constexpr auto kBad = ErrorKind::kBadFile;
constexpr auto kNo = ErrorKind::kUnsupported;

INSTANTIATE_TEST_SUITE_P(
    Configs, HostileConfig,
    testing::Values(
        HostileCase{R"({"model_type": null})", kBad, "model_type"},
        HostileCase{R"({"model_type": 7})", kBad, "model_type"},
        HostileCase{R"({"quantization_config": {"bits": 4}})", kNo, "quantization_config"},
        HostileCase{R"({"text_config": null})", kBad, "'text_config' is missing"},
        HostileCase{R"({"text_config": [1]})", kBad, "text_config"},
        HostileCase{R"({"text_config": {"model_type": "gpt2"}})", kNo, "'gpt2'"},
        HostileCase{R"({"text_config": {"hidden_size": 0}})", kBad, "hidden_size is 0"},
        HostileCase{R"({"text_config": {"hidden_size": -8}})", kBad, "hidden_size is -8"},
        HostileCase{R"({"text_config": {"hidden_size": 4e9}})", kBad, "hidden_size"},
        HostileCase{R"({"text_config": {"hidden_size": 9223372036854775807}})", kBad,
                    "hidden_size"},
        HostileCase{R"({"text_config": {"hidden_size": 18446744073709551615}})", kBad,
                    "hidden_size"},
        HostileCase{R"({"text_config": {"hidden_size": "40"}})", kBad, "hidden_size"},
        HostileCase{R"({"text_config": {"num_hidden_layers": 1000000}})", kBad,
                    "num_hidden_layers"},
        HostileCase{R"({"text_config": {"vocab_size": 2000000000}})", kBad, "vocab_size"},
        HostileCase{R"({"text_config": {"num_key_value_heads": 4}})", kBad, "cannot share"},
        HostileCase{R"({"text_config": {"head_dim": 9}})", kBad, "head_dim is 9"},
        HostileCase{R"({"text_config": {"head_dim": null, "num_attention_heads": 9}})", kBad, ""},
        HostileCase{R"({"text_config": {"hidden_act": "gelu"}})", kNo, "hidden_act"},
        HostileCase{R"({"text_config": {"hidden_act": "mish"}})", kNo, "'mish'"},
        HostileCase{R"({"text_config": {"rms_norm_eps": 0}})", kBad, "rms_norm_eps"},
        HostileCase{R"({"text_config": {"rms_norm_eps": -1e-5}})", kBad, "rms_norm_eps"},
        HostileCase{R"({"text_config": {"rope_theta": 0}})", kBad, "rope_theta"},
        HostileCase{R"({"text_config": {"rope_scaling": {"type": "dynamic", "factor": 2}}})", kNo,
                    "'dynamic'"},
        HostileCase{R"({"text_config": {"rope_scaling": {"rope_type": "linear"}}})", kBad,
                    "factor"},
        HostileCase{R"({"text_config": {"rope_parameters": {"rope_type": "llama3", "factor": 2,
                        "low_freq_factor": 4, "high_freq_factor": 4}}})",
                    kBad, "are both 4"},
        HostileCase{R"({"text_config": {"rope_parameters": {"partial_rotary_factor": 0.5}}})", kNo,
                    "partial_rotary_factor"},
        HostileCase{R"({"text_config": {"max_position_embeddings": 0}})", kBad,
                    "max_position_embeddings"},
        HostileCase{R"({"vision_config": null})", kBad, "'vision_config' is missing"},
        HostileCase{R"({"vision_config": {"model_type": "siglip_vision_model"}})", kNo, "siglip"},
        HostileCase{R"({"vision_config": {"num_attention_heads": 5}})", kBad, "not a multiple"},
        HostileCase{R"({"vision_config": {"patch_size": 14}})", kBad, "patch_size 14"},
        HostileCase{R"({"vision_config": {"patch_size": [4, 4]}})", kBad, "patch_size"},
        HostileCase{R"({"vision_config": {"image_size": 100000000}})", kBad, "image_size"},
        HostileCase{R"({"vision_config": {"num_channels": 1}})", kNo, "num_channels"},
        HostileCase{R"({"vision_feature_layer": -4})", kBad, "vision_feature_layer"},
        HostileCase{R"({"vision_feature_layer": 3})", kBad, "vision_feature_layer"},
        HostileCase{R"({"vision_feature_layer": []})", kBad, "vision_feature_layer"},
        HostileCase{R"({"vision_feature_layer": ["last"]})", kBad, "vision_feature_layer"},
        HostileCase{R"({"vision_feature_select_strategy": "cls"})", kNo, "'cls'"},
        HostileCase{R"({"projector_hidden_act": "tanhshrink"})", kNo, "'tanhshrink'"},
        HostileCase{R"({"image_token_index": 67})", kBad, "image_token_index is 67"},
        HostileCase{R"({"image_token_index": -1})", kBad, "image_token_index is -1"},
        HostileCase{R"({"image_token_index": null})", kBad, "image_token_index"}));

TEST(TopLevelConfig, MustNameItsSizes) {
  for (const char* key : {"hidden_size", "intermediate_size", "num_hidden_layers",
                          "num_attention_heads", "vocab_size", "max_position_embeddings"}) {
    const auto weights = tiny_llama();
    weights->document.erase(key);
    try {
      load_model(weights, "auto", "cpu");
      FAIL() << key;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kBadFile);
      EXPECT_THAT(error.message(), testing::HasSubstr(key));
    }
  }
}

}  // namespace
}  // namespace sightline
