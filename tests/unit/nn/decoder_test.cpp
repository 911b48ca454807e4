// Laws of the decoder: what is cached, packed or tapped must not show in the bits.
#include "nn/decoder.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/zeros_like.h>
#include <gmock/gmock.h>

#include <map>

#include "sightline/error.h"
#include "tensor/weight_scope.h"
#include "unit/nn/memory_checkpoint.h"

namespace sightline {
namespace {

constexpr KvShape kCacheShape = {.layers = 3, .kv_heads = 2, .head_width = 10};

DecoderConfig config() {
  DecoderConfig out;
  out.layers = 3;
  out.attention = {.width = 40, .heads = 6, .kv_heads = 2, .head_width = 10};
  out.mlp = {.width = 40, .feed_forward = 52};
  out.context = 64;
  return out;
}

Decoder decoder(at::ScalarType dtype, WeightFormat format) {
  return Decoder::take(WeightScope(tiny_llama(dtype)).in("model"), config(), format);
}

at::Tensor random_rows(std::int64_t rows, std::uint64_t seed) {
  return at::randn({rows, 40}, at::detail::createCPUGenerator(seed), at::TensorOptions(at::kFloat));
}

class EveryPlace : public Tap {
 public:
  explicit EveryPlace(double add = 0, Site site = Site::kBlockOut, int layer = -2)
      : add_(add), site_(site), layer_(layer) {}
  bool wants(Site, int, Phase) const override { return true; }
  at::Tensor at(const TapPoint& point, at::Tensor hidden) override {
    shown.push_back(hidden);
    copies.push_back(hidden.clone());
    return point.site == site_ && point.layer == layer_ ? hidden + add_ : hidden;
  }

  std::vector<at::Tensor> shown;
  std::vector<at::Tensor> copies;

 private:
  double add_;
  Site site_;
  int layer_;
};

struct FormatCase {
  at::ScalarType dtype;
  WeightFormat format;
  double tolerance;
};

void PrintTo(const FormatCase& format, std::ostream* out) {
  *out << format.dtype << (format.format == WeightFormat::kInt8 ? " as int8" : "");
}

class DecoderTest : public testing::TestWithParam<FormatCase> {
 protected:
  KvCache cache(std::int64_t capacity = 64) const {
    const bool wide = GetParam().dtype == at::kFloat && GetParam().format == WeightFormat::kFloat;
    return KvCache(kCacheShape, capacity, wide ? at::kFloat : at::kBFloat16, at::kCPU);
  }
  at::Tensor alone(const at::Tensor& rows, KvCache& cache, const TapList& taps = {}) const {
    ForwardContext context;
    context.sequences = {{.count = rows.size(0),
                          .position = cache.length(),
                          .cache = &cache,
                          .last_prompt_row = rows.size(0) - 1,
                          .taps = taps}};
    return decoder_.forward(rows, context);
  }

  const Decoder decoder_ = decoder(GetParam().dtype, GetParam().format);
};

TEST_P(DecoderTest, FollowsThePlainFormula) {
  const at::Tensor rows = random_rows(9, 1);
  KvCache fast = cache();
  KvCache plain = cache();
  ForwardContext context;
  context.sequences = {{.count = 9, .cache = &plain}};
  const at::Tensor want = decoder_.plain(rows, context);
  EXPECT_LT(relative_error(alone(rows, fast), want), GetParam().tolerance);
  EXPECT_EQ(fast.length(), 9);
}

TEST_P(DecoderTest, ThePlainFormulaContinuesACacheToo) {
  const at::Tensor rows = random_rows(9, 1);
  KvCache whole = cache();
  KvCache pieces = cache();
  const at::Tensor want = alone(rows, whole);
  alone(rows.narrow(0, 0, 5), pieces);
  ForwardContext context;
  context.sequences = {{.count = 4, .position = 5, .cache = &pieces}};
  EXPECT_LT(relative_error(decoder_.plain(rows.narrow(0, 5, 4), context), want.narrow(0, 5, 4)),
            GetParam().tolerance);
}

TEST_P(DecoderTest, CachedAndUncachedGiveTheSameBits) {
  const at::Tensor rows = random_rows(23, 2);
  KvCache whole = cache();
  KvCache pieces = cache(31);
  const at::Tensor want = alone(rows, whole);
  std::vector<at::Tensor> got;
  std::int64_t row = 0;
  for (const std::int64_t count : {7, 1, 1, 12, 2}) {
    got.push_back(alone(rows.narrow(0, row, count), pieces));
    row += count;
  }
  EXPECT_TRUE(same_bits(at::cat(got), want));
}

TEST_P(DecoderTest, PackedAndAloneGiveTheSameBits) {
  const std::vector<std::int64_t> counts = {1, 17, 4, 1};
  std::vector<KvCache> caches;
  for (std::size_t i = 0; i < counts.size(); ++i) caches.push_back(cache());
  std::vector<at::Tensor> rows;
  std::vector<at::Tensor> want;
  ForwardContext context;
  std::int64_t begin = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    rows.push_back(random_rows(counts[i], i));
    KvCache own = cache();
    want.push_back(alone(rows[i], own));
    context.sequences.push_back({.begin = begin, .count = counts[i], .cache = &caches[i]});
    begin += counts[i];
  }
  EXPECT_TRUE(same_bits(decoder_.forward(at::cat(rows), context), at::cat(want)));
}

TEST_P(DecoderTest, IdentityTapsLeaveEveryBit) {
  const at::Tensor rows = random_rows(9, 3);
  KvCache bare = cache();
  KvCache tapped = cache();
  const auto tap = std::make_shared<EveryPlace>();
  const at::Tensor want = alone(rows, bare);
  EXPECT_TRUE(same_bits(alone(rows, tapped, {tap}), want));
  EXPECT_TRUE(same_bits(bare.keys(2).narrow(1, 0, 9), tapped.keys(2).narrow(1, 0, 9)));
  EXPECT_EQ(tap->shown.size(), 1u + 3u * 4u + 1u);
}

TEST_P(DecoderTest, WhatATapKeepsIsNotWrittenOver) {
  const auto tap = std::make_shared<EveryPlace>();
  KvCache own = cache();
  alone(random_rows(9, 3), own, {tap});
  for (std::size_t i = 0; i < tap->shown.size(); ++i) {
    EXPECT_TRUE(same_bits(tap->shown[i], tap->copies[i])) << "place " << i;
  }
}

TEST_P(DecoderTest, TheCallersRowsAreNotWrittenOver) {
  const at::Tensor rows = random_rows(9, 3);
  const at::Tensor before = rows.clone();
  KvCache own = cache();
  alone(rows, own);
  EXPECT_TRUE(same_bits(rows, before));
}

TEST_P(DecoderTest, AnEditChangesItsSequenceAndNoOther) {
  const at::Tensor a = random_rows(5, 4);
  const at::Tensor b = random_rows(6, 5);
  KvCache a_alone = cache(), b_alone = cache(), a_packed = cache(), b_packed = cache();
  const TapList taps{std::make_shared<EveryPlace>(0.5, Site::kBlockOut, 1)};
  const at::Tensor want_a = alone(a, a_alone, taps);
  const at::Tensor want_b = alone(b, b_alone);
  ForwardContext context;
  context.sequences = {{.count = 5, .cache = &a_packed, .taps = taps},
                       {.begin = 5, .count = 6, .cache = &b_packed}};
  const at::Tensor got = decoder_.forward(at::cat({a, b}), context);
  EXPECT_TRUE(same_bits(got, at::cat({want_a, want_b})));
  KvCache plain = cache();
  EXPECT_FALSE(same_bits(want_a, alone(a, plain)));
}

TEST_P(DecoderTest, EditsAtEverySiteMatchThePlainFormula) {
  const at::Tensor rows = random_rows(5, 6);
  for (const Site site : {Site::kEmbed, Site::kBlockIn, Site::kAttnOut, Site::kMlpOut,
                          Site::kBlockOut, Site::kFinalNorm}) {
    const TapList taps{std::make_shared<EveryPlace>(0.7, site, has_layers(site) ? 1 : -1)};
    KvCache fast = cache();
    KvCache plain = cache();
    ForwardContext context;
    context.sequences = {{.count = 5, .cache = &plain, .taps = taps}};
    EXPECT_LT(relative_error(alone(rows, fast, taps), decoder_.plain(rows, context)),
              GetParam().tolerance)
        << name_of(site);
  }
}

INSTANTIATE_TEST_SUITE_P(Weights, DecoderTest,
                         testing::Values(FormatCase{at::kFloat, WeightFormat::kFloat, 1e-5},
                                         FormatCase{at::kBFloat16, WeightFormat::kFloat, 4e-2},
                                         FormatCase{at::kBFloat16, WeightFormat::kInt8, 4e-2}));

TEST(Decoder, GradientsReachTheInputAndAgreeWithDifferences) {
  const Decoder model = decoder(at::kFloat, WeightFormat::kFloat);
  KvCache cache(kCacheShape, 8, at::kFloat, at::kCPU);
  const at::Tensor rows = random_rows(4, 7);
  const at::Tensor direction = random_rows(4, 8);
  const at::Tensor weights = random_rows(4, 9);  // of the sum that is differentiated
  const auto value = [&](const at::Tensor& x) {
    cache.set_length(0);
    ForwardContext context;
    context.sequences = {{.count = 4, .cache = &cache}};
    return (model.forward(x, context) * weights).sum();
  };
  at::Tensor variable = rows.clone();
  variable.requires_grad_(true);
  value(variable).backward();
  const double got = (variable.grad() * direction).sum().item<double>();
  const at::Tensor step = direction * 2e-3;
  const double want = (value(rows + step) - value(rows - step)).item<double>() / 4e-3;
  EXPECT_NEAR(got, want, 0.02 * std::abs(want));
}

TEST(Decoder, RefusesPassesThatDoNotFitTogether) {
  const Decoder model = decoder(at::kFloat, WeightFormat::kFloat);
  KvCache cache(kCacheShape, 100, at::kFloat, at::kCPU);
  KvCache small(kCacheShape, 3, at::kFloat, at::kCPU);
  KvCache foreign({3, 2, 8}, 64, at::kFloat, at::kCPU);
  const auto refused = [&](std::int64_t rows, SequenceRows sequence) {
    ForwardContext context;
    context.sequences = {sequence};
    try {
      model.forward(random_rows(rows, 1), context);
      return false;
    } catch (const Error& error) {
      return error.kind() == ErrorKind::kShape;
    }
  };
  EXPECT_TRUE(refused(4, {.count = 3, .cache = &cache}));
  EXPECT_TRUE(refused(4, {.begin = 1, .count = 3, .cache = &cache}));
  EXPECT_TRUE(refused(4, {.count = 4, .position = 1, .cache = &cache}));
  EXPECT_TRUE(refused(4, {.count = 4, .cache = &small}));
  EXPECT_TRUE(refused(4, {.count = 4, .cache = &foreign}));
  EXPECT_TRUE(refused(65, {.count = 65, .cache = &cache}));
  EXPECT_FALSE(refused(4, {.count = 4, .cache = &cache}));
}

}  // namespace
}  // namespace sightline
