#include "tensor/shapes.h"

#include <ATen/ops/zeros.h>

#include "refusal.h"

namespace sightline {
namespace {

constexpr at::ScalarType kAll[] = {at::kDouble, at::kFloat, at::kHalf,          at::kBFloat16,
                                   at::kLong,   at::kInt,   at::kShort,         at::kChar,
                                   at::kByte,   at::kBool,  at::kFloat8_e4m3fn, at::kFloat8_e5m2};

TEST(Dtype, NamesAndCodesReadBackAsTheSameDtype) {
  for (const at::ScalarType dtype : kAll) {
    EXPECT_EQ(parse_dtype(dtype_name(dtype)), dtype);
    EXPECT_EQ(parse_dtype(safetensors_code(dtype)), dtype);
    EXPECT_EQ(dtype_of_safetensors_code(safetensors_code(dtype)), dtype);
  }
}

TEST(Dtype, CanonicalOrderNeverPutsANarrowerDtypeFirst) {
  for (const at::ScalarType a : kAll) {
    for (const at::ScalarType b : kAll) {
      if (safetensors_rank(a) < safetensors_rank(b)) {
        EXPECT_GE(c10::elementSize(a), c10::elementSize(b));
      }
    }
  }
}

TEST(Dtype, ReadsTheUsualSpellings) {
  for (const char* name : {"bf16", "BF16", "bfloat16", "torch.bfloat16"}) {
    EXPECT_EQ(parse_dtype(name), at::kBFloat16) << name;
  }
  for (const char* name : {"half", "fp16", "f16", "float16"}) {
    EXPECT_EQ(parse_dtype(name), at::kHalf) << name;
  }
}

TEST(Dtype, UnknownNameIsRefusedWithTheNearOnes) {
  try {
    parse_dtype("bfloat61");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_THAT(error.hint(), ::testing::HasSubstr("bfloat16"));
  }
}

TEST(Dtype, OneThatNoCheckpointHoldsIsRefused) {
  expect_refused(ErrorKind::kUnsupported, {"ComplexFloat"}, [] { dtype_name(at::kComplexFloat); });
}

TEST(Shape, NegativeExtentAcceptsAny) {
  const at::Tensor tensor = at::zeros({2, 3, 4});
  EXPECT_NO_THROW(expect_shape(tensor, {2, -1, 4}, "x"));
  EXPECT_NO_THROW(expect_shape(tensor, {-1, -1, -1}, "x"));
}

TEST(Shape, MismatchNamesTensorWantedAndFound) {
  expect_refused(ErrorKind::kShape, {"'pixel_values'", "wanted [*, 3]", "found [2, 4]"}, [] {
    expect_shape(at::zeros({2, 4}), {-1, 3}, "pixel_values");
  });
  expect_refused(ErrorKind::kShape, {"wanted [*]", "found [2, 4]"}, [] {
    expect_shape(at::zeros({2, 4}), {-1}, "x");
  });
  expect_refused(ErrorKind::kShape, {"found no tensor"},
                 [] { expect_shape(at::Tensor(), {-1}, "x"); });
}

TEST(CheckedSizes, OverflowNamesWhat) {
  EXPECT_EQ(checked_mul(1ULL << 32, (1ULL << 32) - 1, "x"), ((1ULL << 32) - 1) << 32);
  EXPECT_EQ(checked_add(UINT64_MAX - 1, 1, "x"), UINT64_MAX);
  expect_refused(ErrorKind::kBadFile, {"weights", "overflows"},
                 [] { checked_mul(1ULL << 32, 1ULL << 32, "weights"); });
  expect_refused(ErrorKind::kBadFile, {"weights", "overflows"},
                 [] { checked_add(UINT64_MAX, 1, "weights"); });
}

}  // namespace
}  // namespace sightline
