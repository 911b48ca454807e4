// Loading models: families, dtypes, strict weights, pictures.
#include "models/registry.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/randn.h>
#include <gmock/gmock.h>

#include <functional>

#include "sightline/error.h"
#include "unit/nn/memory_checkpoint.h"

namespace sightline {
namespace {

using testing::HasSubstr;

at::Tensor random_pictures(std::int64_t count) {
  return at::randn({count, 3, 13, 13}, at::detail::createCPUGenerator(3),
                   at::TensorOptions(at::kFloat));
}

at::Tensor logits_of(const Model& model, const at::Tensor& rows) {
  KvCache cache = model.new_cache(rows.size(0));
  ForwardContext context;
  context.sequences = {{.count = rows.size(0), .cache = &cache}};
  return model.logits(model.forward(rows, context));
}

Error error_of(const std::shared_ptr<MemoryCheckpoint>& weights, const std::string& dtype = "auto",
               const std::string& device = "cpu") {
  try {
    load_model(weights, dtype, device);
  } catch (const Error& error) {
    return error;
  }
  return Error(ErrorKind::kInternal, "loaded");
}

TEST(LoadModel, ReportsTheShapeOfALlava) {
  const auto model = load_model(tiny_llava(), "auto", "cpu");
  const ModelShape& shape = model->shape();
  EXPECT_EQ(shape.family, "llava");
  EXPECT_EQ(shape.layers, 3);
  EXPECT_EQ(shape.width, 40);
  EXPECT_EQ(shape.heads, 6);
  EXPECT_EQ(shape.kv_heads, 2);
  EXPECT_EQ(shape.head_width, 10);
  EXPECT_EQ(shape.vocabulary, 67);
  EXPECT_EQ(shape.context, 64);
  EXPECT_EQ(shape.image_token, 66);
  EXPECT_EQ(shape.rows_per_image, 9);
  EXPECT_EQ(shape.image_size, 13);
}

TEST(LoadModel, TheFullStrategyKeepsTheClassRow) {
  const auto weights = tiny_llava();
  weights->document["vision_feature_select_strategy"] = "full";
  const auto model = load_model(weights, "auto", "cpu");
  EXPECT_EQ(model->shape().rows_per_image, 10);
  EXPECT_EQ(model->encode_pictures(random_pictures(1), {}).size(1), 10);
}

TEST(LoadModel, TakesTheFilesDtypeUnlessTold) {
  EXPECT_EQ(load_model(tiny_llama(at::kFloat), "auto", "cpu")->weight_dtype(), at::kFloat);
  EXPECT_EQ(load_model(tiny_llama(at::kBFloat16), "auto", "cpu")->weight_dtype(), at::kBFloat16);
  EXPECT_EQ(load_model(tiny_llama(at::kHalf), "auto", "cpu")->weight_dtype(), at::kBFloat16);
  EXPECT_EQ(load_model(tiny_llama(at::kBFloat16), "fp32", "cpu")->weight_dtype(), at::kFloat);
  EXPECT_EQ(load_model(tiny_llama(at::kHalf), "int8", "cpu")->weight_dtype(), at::kChar);
}

TEST(LoadModel, TheCacheHasTheDtypeOfItsWeights) {
  EXPECT_EQ(load_model(tiny_llama(), "fp32", "cpu")->new_cache(4).dtype(), at::kFloat);
  EXPECT_EQ(load_model(tiny_llama(), "bf16", "cpu")->new_cache(4).dtype(), at::kBFloat16);
  EXPECT_EQ(load_model(tiny_llama(), "int8", "cpu")->new_cache(4).dtype(), at::kBFloat16);
}

TEST(LoadModel, RefusesWhatCannotBeComputed) {
  EXPECT_EQ(error_of(tiny_llama(), "fp16").kind(), ErrorKind::kUnsupported);
  EXPECT_EQ(error_of(tiny_llama(), "fp8").kind(), ErrorKind::kUsage);
  EXPECT_EQ(error_of(tiny_llama(), "auto", "tpu").kind(), ErrorKind::kUsage);
  EXPECT_EQ(error_of(tiny_llama(), "auto", "cuda:x").kind(), ErrorKind::kUsage);
  EXPECT_EQ(error_of(tiny_llama(), "auto", "cuda:99").kind(), ErrorKind::kUnsupported);
}

TEST(LoadModel, AnUnknownFamilyNamesTheKnownOnes) {
  const auto weights = tiny_llama();
  weights->document["model_type"] = "lama";
  const Error error = error_of(weights);
  EXPECT_EQ(error.kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(error.message(), HasSubstr("model_type 'lama'"));
  EXPECT_THAT(error.hint(), HasSubstr("llama"));
  EXPECT_THAT(error.hint(), HasSubstr("llava"));
}

TEST(LoadModel, NamesAMissingTensorInFull) {
  const auto weights = tiny_llava();
  weights->tensors.erase("language_model.model.layers.1.mlp.up_proj.weight");
  const Error error = error_of(weights);
  EXPECT_EQ(error.kind(), ErrorKind::kNotFound);
  EXPECT_THAT(error.message(), HasSubstr("language_model.model.layers.1.mlp.up_proj.weight"));
}

TEST(LoadModel, NamesAnUnusedTensorInFull) {
  for (const char* name : {"language_model.model.layers.0.self_attn.q_proj.bias",
                           "vision_tower.vision_model.encoder.layers.0.mlp.fc3.weight",
                           "multi_modal_projector.linear_3.weight"}) {
    const auto weights = tiny_llava();
    weights->random(name, {40}, 1);
    const Error error = error_of(weights);
    EXPECT_EQ(error.kind(), ErrorKind::kBadFile);
    EXPECT_THAT(error.message(), HasSubstr(name));
  }
}

TEST(LoadModel, NamesAMisshapenTensorWithBothShapes) {
  const auto weights = tiny_llava();
  const std::string name = "vision_tower.vision_model.embeddings.position_embedding.weight";
  weights->random(name, {17, 24}, 1);
  const Error error = error_of(weights);
  EXPECT_EQ(error.kind(), ErrorKind::kShape);
  EXPECT_THAT(error.message(), HasSubstr(name));
  EXPECT_THAT(error.message(), HasSubstr("[10, 24]"));
  EXPECT_THAT(error.message(), HasSubstr("[17, 24]"));
}

TEST(LoadModel, IgnoresWhatOlderFilesCarryBeside) {
  const auto weights = tiny_llava();
  weights->tensors["vision_tower.vision_model.embeddings.position_ids"] =
      at::arange(10, at::kLong).unsqueeze(0);
  weights->random("language_model.model.layers.0.self_attn.rotary_emb.inv_freq", {5}, 1);
  EXPECT_EQ(error_of(weights).message(), "loaded");
}

TEST(LoadModel, ATiedHeadReadsTheTable) {
  const auto weights = tiny_llama();
  const auto untied = load_model(weights, "auto", "cpu");
  weights->tensors["lm_head.weight"] = weights->tensors["model.embed_tokens.weight"].clone();
  const at::Tensor ids = at::arange(5, at::kLong);
  const auto equal = load_model(weights, "auto", "cpu");
  weights->document["tie_word_embeddings"] = true;
  const auto beside = load_model(weights, "auto", "cpu");
  weights->tensors.erase("lm_head.weight");
  const auto tied = load_model(weights, "auto", "cpu");
  const at::Tensor want = logits_of(*equal, equal->embed(ids));
  EXPECT_TRUE(same_bits(logits_of(*tied, tied->embed(ids)), want));
  EXPECT_TRUE(same_bits(logits_of(*beside, beside->embed(ids)), want));
  EXPECT_FALSE(same_bits(logits_of(*untied, untied->embed(ids)), want));
}

TEST(LoadModel, EveryKeyLayoutGivesTheSameModel) {
  const std::vector<std::pair<std::string, std::string>> newest = {
      {"language_model.lm_head.", "lm_head."},
      {"language_model.model.", "model.language_model."},
      {"vision_tower.vision_model.", "model.vision_tower."},
      {"multi_modal_projector.", "model.multi_modal_projector."}};
  const std::vector<std::pair<std::string, std::string>> written = {
      {"vision_tower.vision_model.", "vision_tower."}};
  const auto hub = load_model(tiny_llava(), "auto", "cpu");
  const at::Tensor pictures = random_pictures(1);
  const at::Tensor rows = hub->encode_pictures(pictures, {});
  const at::Tensor want = logits_of(*hub, rows[0]);
  for (const auto& layout : {newest, written}) {
    const auto weights = tiny_llava();
    const auto originals = weights->tensors;
    for (const auto& [name, tensor] : originals) {
      for (const auto& [from, to] : layout) {
        if (!name.starts_with(from)) continue;
        weights->tensors.erase(name);
        weights->tensors[to + name.substr(from.size())] = tensor;
      }
    }
    const auto model = load_model(weights, "auto", "cpu");
    EXPECT_TRUE(same_bits(model->encode_pictures(pictures, {}), rows));
    EXPECT_TRUE(same_bits(logits_of(*model, rows[0]), want));
  }
}

TEST(LoadModel, AMistralWindowBoundsTheContext) {
  const auto weights = tiny_llama();
  weights->document["model_type"] = "mistral";
  const auto context = [&](const Json& window) {
    weights->document["sliding_window"] = window;
    return load_model(weights, "auto", "cpu")->shape().context;
  };
  EXPECT_EQ(context(nullptr), 64);
  EXPECT_EQ(context(64), 64);
  EXPECT_EQ(context(48), 48);
}

TEST(LoadModel, Fp32AndBf16WeightsAreNotCopied) {
  for (const auto dtype : {at::kFloat, at::kBFloat16}) {
    const auto weights = tiny_llama(dtype);
    const auto model = load_model(weights, "auto", "cpu");
    const at::Tensor ids = at::ones({1}, at::kLong);
    const at::Tensor before = logits_of(*model, model->embed(ids));
    weights->tensors["model.layers.0.mlp.up_proj.weight"].zero_();
    EXPECT_FALSE(same_bits(logits_of(*model, model->embed(ids)), before));
  }
}

TEST(Llava, APicturesRowsDoNotDependOnItsCompany) {
  const auto model = load_model(tiny_llava(at::kBFloat16), "auto", "cpu");
  const at::Tensor pictures = random_pictures(3);
  const at::Tensor together = model->encode_pictures(pictures, {});
  for (std::int64_t i = 0; i < 3; ++i) {
    EXPECT_TRUE(same_bits(model->encode_pictures(pictures.narrow(0, i, 1), {})[0], together[i]));
  }
}

TEST(Llava, RefusesPicturesOfAnotherSize) {
  const auto model = load_model(tiny_llava(), "auto", "cpu");
  for (const at::Tensor& pixels :
       {at::ones({1, 3, 14, 13}), at::ones({1, 1, 13, 13}), at::ones({3, 13, 13})}) {
    try {
      model->encode_pictures(pixels, {});
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kShape);
      EXPECT_THAT(error.message(), HasSubstr("pixel_values"));
    }
  }
}

TEST(Llava, TapsSeeAndEditEachPicture) {
  class Negate : public Tap {
   public:
    bool wants(Site site, int, Phase) const override { return site == Site::kProjectorOut; }
    at::Tensor at(const TapPoint&, at::Tensor hidden) override {
      ++calls;
      return -hidden;
    }
    int calls = 0;
  };
  const auto model = load_model(tiny_llava(), "auto", "cpu");
  const auto tap = std::make_shared<Negate>();
  const TapList taps{tap};
  const at::Tensor plain = model->encode_pictures(random_pictures(2), {});
  EXPECT_TRUE(same_bits(model->encode_pictures(random_pictures(2), taps), -plain));
  EXPECT_EQ(tap->calls, 2);
}

TEST(Llama, ReadsNoPictures) {
  const auto model = load_model(tiny_llama(), "auto", "cpu");
  try {
    model->encode_pictures(random_pictures(1), {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUnsupported);
  }
}

class EveryFamily : public testing::TestWithParam<std::string> {};

TEST_P(EveryFamily, IsDescribedAndAnswersInEveryDtype) {
  EXPECT_FALSE(model_families().at(GetParam()).summary.empty());
  const auto weights = GetParam() == "llava" ? tiny_llava() : tiny_llama();
  weights->document["model_type"] = GetParam();
  const auto wide = load_model(weights, "fp32", "cpu");
  const at::Tensor ids = at::arange(12, at::kLong);
  const at::Tensor want = logits_of(*wide, wide->embed(ids));
  ASSERT_EQ(want.sizes(), at::IntArrayRef({12, 67}));
  for (const char* dtype : {"bf16", "int8"}) {
    const auto model = load_model(weights, dtype, "cpu");
    EXPECT_LT(relative_error(logits_of(*model, model->embed(ids)), want), 0.15) << dtype;
  }
}

INSTANTIATE_TEST_SUITE_P(Families, EveryFamily, testing::ValuesIn(model_families().names()));

}  // namespace
}  // namespace sightline
