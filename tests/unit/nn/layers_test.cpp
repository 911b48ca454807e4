// Each layer against its plain formula, and the laws that hold bit for bit.
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/zeros.h>
#include <gmock/gmock.h>

#include <array>
#include <cmath>

#include "nn/activation.h"
#include "nn/embedding.h"
#include "nn/forward_context.h"
#include "nn/kv_cache.h"
#include "nn/linear.h"
#include "nn/norm.h"
#include "nn/rotary.h"
#include "sightline/error.h"
#include "unit/nn/memory_checkpoint.h"

namespace sightline {
namespace {

at::Tensor random(std::vector<std::int64_t> shape, std::uint64_t seed = 1) {
  return at::randn(shape, at::detail::createCPUGenerator(seed), at::TensorOptions(at::kFloat));
}

ErrorKind kind_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.kind();
  }
  return ErrorKind::kInternal;
}

struct WeightCase {
  at::ScalarType dtype;
  WeightFormat format;
  double tolerance;  // bf16 and int8 weights may meet x rounded to bf16
};

void PrintTo(const WeightCase& weights, std::ostream* out) {
  *out << weights.dtype << (weights.format == WeightFormat::kInt8 ? " as int8" : "");
}

class LinearTest : public testing::TestWithParam<WeightCase> {
 protected:
  Linear linear(std::int64_t out, std::int64_t in, std::uint64_t seed) const {
    return Linear(random({out, in}, seed).to(GetParam().dtype), random({out}, seed + 1),
                  GetParam().format);
  }
};

TEST_P(LinearTest, FollowsThePlainFormula) {
  const Linear layer = linear(29, 37, 2);
  for (const std::int64_t rows : {1, 5, 70}) {
    const at::Tensor x = random({rows, 37});
    EXPECT_LT(relative_error(layer(x), layer.plain(x)), GetParam().tolerance);
  }
}

TEST_P(LinearTest, KeepsLeadingExtents) {
  const Linear layer = linear(29, 37, 2);
  const at::Tensor x = random({2, 3, 37});
  EXPECT_TRUE(same_bits(layer(x), layer(x.view({6, 37})).view({2, 3, 29})));
}

TEST_P(LinearTest, AGroupGivesTheBitsOfItsParts) {
  const Linear a = linear(29, 37, 2);
  const Linear b = linear(8, 37, 4);
  const at::Tensor x = random({3, 37});
  at::Tensor y = at::empty({3, 37});
  const std::array<const Linear*, 2> parts{&a, &b};
  linear_group(parts, x, y);
  EXPECT_TRUE(same_bits(y, at::cat({a(x), b(x)}, 1)));
}

TEST_P(LinearTest, AddingInPlaceGivesTheBitsOfAddingAfterwards) {
  const Linear layer = linear(29, 37, 2);
  for (const std::int64_t rows : {1, 4, 40}) {
    const at::Tensor x = random({rows, 37});
    at::Tensor y = random({rows, 29}, 9);
    const at::Tensor want = y + layer(x);
    layer.add_to(y, x);
    EXPECT_TRUE(same_bits(y, want));
  }
}

TEST_P(LinearTest, AnAdapterIsAddedOnEveryPath) {
  class Twice : public LinearAdapter {
   public:
    explicit Twice(at::Tensor weight) : weight_(std::move(weight)) {}
    Tensor delta(const Tensor& x) const override { return at::linear(x, weight_) * 2; }

   private:
    Tensor weight_;
  };
  const Linear base = linear(29, 37, 2);
  Linear adapted = base;
  const at::Tensor weight = random({29, 37}, 12);
  adapted.attach(std::make_shared<Twice>(weight));
  const at::Tensor x = random({3, 37});
  const at::Tensor delta = at::linear(x, weight) * 2;
  EXPECT_TRUE(same_bits(adapted(x), base(x) + delta));
  EXPECT_LT(relative_error(adapted.plain(x), base.plain(x) + delta), 1e-6);
  at::Tensor y = at::zeros({3, 29});
  adapted.add_to(y, x);
  EXPECT_LT(relative_error(y, base(x) + delta), 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Weights, LinearTest,
                         testing::Values(WeightCase{at::kFloat, WeightFormat::kFloat, 2e-6},
                                         WeightCase{at::kBFloat16, WeightFormat::kFloat, 1e-2},
                                         WeightCase{at::kFloat, WeightFormat::kInt8, 1e-2},
                                         WeightCase{at::kBFloat16, WeightFormat::kInt8, 1e-2}));

TEST(Linear, Int8KeepsWithinHalfAStepOfEachRow) {
  const at::Tensor weight = random({7, 33}, 5);
  const Linear layer(weight, {}, WeightFormat::kInt8);
  const at::Tensor unit = at::ones({1, 33}).diag_embed().squeeze(0);  // identity reads the weight
  const at::Tensor read = layer.plain(unit).t();
  const at::Tensor step = weight.abs().amax(1, true) / 127;
  EXPECT_TRUE(((read - weight).abs() <= step * 0.5001).all().item<bool>());
}

TEST(Linear, RefusesHalfPrecisionOnTheCpu) {
  EXPECT_EQ(kind_of([] { Linear layer(random({4, 4}).to(at::kHalf)); }), ErrorKind::kUnsupported);
}

TEST(Embedding, ReadsRowsOfTheTableAndRefusesForeignIds) {
  for (const auto dtype : {at::kFloat, at::kBFloat16}) {
    const at::Tensor table = random({11, 6}).to(dtype);
    const Embedding embedding(table);
    const at::Tensor ids = at::arange(10, -1, -2, at::kLong);
    EXPECT_TRUE(same_bits(embedding(ids), table.index_select(0, ids).to(at::kFloat)));
  }
  const Embedding embedding(random({11, 6}));
  EXPECT_EQ(kind_of([&] { embedding(at::ones({1}, at::kLong) * 11); }), ErrorKind::kUsage);
  EXPECT_EQ(kind_of([&] { embedding(at::ones({1}, at::kLong) * -1); }), ErrorKind::kUsage);
}

TEST(RmsNorm, FollowsThePlainFormula) {
  const RmsNorm norm(random({37}, 3), 1e-5);
  const at::Tensor x = random({4, 37}) * 3;
  EXPECT_LT(relative_error(norm(x), norm.plain(x)), 1e-6);
}

TEST(Activation, KnowsTheNamesOfConfigsAndRefusesOthers) {
  const at::Tensor x = random({100});
  EXPECT_LT(
      relative_error(activate(activation_of("quick_gelu", "c"), x), x / (1 + (x * -1.702).exp())),
      1e-6);
  EXPECT_LT(relative_error(activate(activation_of("gelu", "c"), x),
                           x * 0.5 * (1 + (x / std::sqrt(2.0)).erf())),
            1e-6);
  EXPECT_LT(
      relative_error(activate(activation_of("gelu_new", "c"), x), activate(Activation::kGelu, x)),
      1e-3);
  EXPECT_EQ(kind_of([] { activation_of("mish", "config.json: hidden_act"); }),
            ErrorKind::kUnsupported);
}

ForwardContext at_position(std::int64_t position, std::int64_t count) {
  ForwardContext context;
  context.sequences = {{.count = count, .position = position}};
  return context;
}

TEST(Rotary, ProductsDependOnTheDistanceAlone) {
  const Rotary rotary({.theta = 500}, 16);
  const at::Tensor q = random({1, 1, 16}, 1);
  const at::Tensor k = random({1, 1, 16}, 2);
  const auto product = [&](std::int64_t i, std::int64_t j) {
    const at::Tensor a = Rotary::plain(q, rotary.rows(at_position(i, 1), at::kCPU));
    const at::Tensor b = Rotary::plain(k, rotary.rows(at_position(j, 1), at::kCPU));
    return (a * b).sum().item<double>();
  };
  EXPECT_NEAR(product(5, 2), product(103, 100), 1e-4);
  EXPECT_GT(std::abs(product(5, 2) - product(6, 2)), 1e-2);
}

TEST(Rotary, AnglesOfAPositionDoNotDependOnTheRestOfThePass) {
  const Rotary rotary({}, 20);
  const RotaryRows many = rotary.rows(at_position(3, 9), at::kCPU);
  const RotaryRows one = rotary.rows(at_position(7, 1), at::kCPU);
  EXPECT_TRUE(same_bits(many.cosines.narrow(0, 4, 1), one.cosines));
  EXPECT_TRUE(same_bits(many.sines.narrow(0, 4, 1), one.sines));
}

TEST(Rotary, LinearScalingStretchesPositions) {
  const Rotary plain({}, 8);
  const Rotary stretched({.kind = RotaryKind::kLinear, .factor = 4}, 8);
  EXPECT_LT(relative_error(stretched.rows(at_position(12, 1), at::kCPU).sines,
                           plain.rows(at_position(3, 1), at::kCPU).sines),
            1e-5);
}

TEST(KvCache, CopiesAPrefixAndRefusesWhatDoesNotFit) {
  KvCache cache({2, 3, 4}, 10, at::kBFloat16, at::kCPU);
  EXPECT_EQ(cache.bytes(), 2 * 2 * 3 * 10 * 4 * 2);
  cache.keys(1).copy_(random({3, 10, 4}));
  cache.values(1).copy_(random({3, 10, 4}, 2));
  EXPECT_EQ(cache.values(1).data_ptr(), cache.value_data(1));
  EXPECT_EQ(cache.keys(1).data_ptr(), cache.key_data(1));
  cache.set_length(6);
  const KvCache copy = cache.copy_prefix(5, 20);
  EXPECT_EQ(copy.length(), 5);
  EXPECT_EQ(copy.capacity(), 20);
  EXPECT_TRUE(same_bits(copy.keys(1).narrow(1, 0, 5), cache.keys(1).narrow(1, 0, 5)));
  EXPECT_TRUE(same_bits(copy.values(1).narrow(1, 0, 5), cache.values(1).narrow(1, 0, 5)));
  EXPECT_THROW(cache.copy_prefix(7, 20), Error);
  EXPECT_THROW(cache.copy_prefix(6, 5), Error);
  EXPECT_THROW(cache.set_length(11), Error);
  EXPECT_EQ(kind_of([] { KvCache({2, 3, 4}, 0, at::kFloat, at::kCPU); }), ErrorKind::kUsage);
  EXPECT_EQ(kind_of([] { KvCache({2, 3, 4}, 4, at::kHalf, at::kCPU); }), ErrorKind::kUnsupported);
}

}  // namespace
}  // namespace sightline
