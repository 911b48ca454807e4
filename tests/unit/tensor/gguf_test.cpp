#include "tensor/gguf.h"

#include "gguf_bytes.h"
#include "refusal.h"

namespace sightline {
namespace {

constexpr std::uint32_t kF32 = 0, kQ4_0 = 2, kQ8_0 = 8;

void expect_bad(const std::string& reason, const GgufBytes& file) {
  expect_refused(ErrorKind::kBadFile, {reason}, [&] { file.view(); });
}

std::string array(GgufKind element, std::uint64_t count, const std::string& payload) {
  return little_endian(static_cast<std::uint32_t>(element)) + little_endian(count) + payload;
}

TEST(Gguf, ReadsMetadataAndTensors) {
  GgufBytes bytes;
  bytes.text("general.architecture", "llama").u32("n", 7).f32("eps", 1e-5F);
  bytes.tensor("a", {2, 1}, kF32, 0).data(little_endian(1.5F) + little_endian(-2.0F));
  const auto file = bytes.view();
  EXPECT_EQ(file->at("general.architecture").as_string(), "llama");
  EXPECT_EQ(file->int_or("n", 0), 7);
  EXPECT_EQ(file->int_or("absent", 5), 5);
  EXPECT_EQ(file->at("eps").as_double(), 1e-5);  // not 9.99999974e-06
  EXPECT_EQ(file->tensors().at("a").shape, (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(file->tensor("a")[0][1].item<float>(), -2.0F);
}

TEST(Gguf, ReadsVersionTwo) {
  GgufBytes bytes;
  bytes.version = 2;
  EXPECT_EQ(bytes.u32("n", 7).view()->version(), 2U);
}

TEST(Gguf, OtherVersionsAndByteOrdersAreUnsupported) {
  GgufBytes bytes;
  for (const std::uint32_t version : {0U, 1U, 4U}) {
    bytes.version = version;
    expect_refused(ErrorKind::kUnsupported, {"version " + std::to_string(version)},
                   [&] { bytes.view(); });
  }
  bytes.version = 0x03000000;
  expect_refused(ErrorKind::kUnsupported, {"big-endian"}, [&] { bytes.view(); });
  bytes.magic = "GGML";
  expect_bad("does not begin with \"GGUF\"", bytes);
}

TEST(Gguf, EveryTruncationIsRefused) {
  GgufBytes bytes;
  bytes.u32("n", 7)
      .text("t", "abc")
      .pair("v", GgufKind::kArray, array(GgufKind::kString, 1, gguf_text("x")));
  bytes.tensor("a", {1}, kF32, 0).data(little_endian(1.0F));
  const std::string whole = bytes.bytes();
  EXPECT_NO_THROW(GgufBytes::view_of(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_THROW(GgufBytes::view_of(whole.substr(0, size)), Error) << size;
  }
}

TEST(Gguf, ReadsArraysOfEveryForm) {
  GgufBytes bytes;
  const std::string inner = array(GgufKind::kU8, 2, "\1\2");
  bytes.pair("ints", GgufKind::kArray, array(GgufKind::kI8, 2, "\xFF\1"));
  bytes.pair("bools", GgufKind::kArray, array(GgufKind::kBool, 2, std::string("\0\1", 2)));
  bytes.pair("floats", GgufKind::kArray, array(GgufKind::kF32, 1, little_endian(0.1F)));
  bytes.pair("texts", GgufKind::kArray,
             array(GgufKind::kString, 2, gguf_text("") + gguf_text(std::string("a\0b", 3))));
  bytes.pair("nested", GgufKind::kArray, array(GgufKind::kArray, 2, inner + inner));
  bytes.pair("empty", GgufKind::kArray, array(GgufKind::kU8, 0, ""));
  const auto file = bytes.view();
  EXPECT_EQ(file->at("ints").as_ints(), (std::vector<std::int64_t>{-1, 1}));
  EXPECT_EQ(file->at("bools").as_bools(), (std::vector<bool>{false, true}));
  EXPECT_EQ(file->at("floats").as_doubles(), (std::vector<double>{0.1}));
  EXPECT_EQ(file->at("texts").as_strings(), (std::vector<std::string>{"", std::string("a\0b", 3)}));
  EXPECT_EQ(file->at("nested").as_arrays().at(1).as_ints(), (std::vector<std::int64_t>{1, 2}));
  EXPECT_TRUE(file->at("empty").as_strings().empty());
}

TEST(Gguf, WrongKindNamesKeyWantedAndFound) {
  GgufBytes bytes;
  bytes.u32("n", 7).text("t", "x").pair("big", GgufKind::kU64, little_endian(UINT64_MAX));
  bytes.pair("v", GgufKind::kArray, array(GgufKind::kU8, 1, "\1"));
  const auto file = bytes.view();
  expect_refused(ErrorKind::kBadFile, {"'t' is text, wanted an integer"},
                 [&] { file->at("t").as_int(); });
  expect_refused(ErrorKind::kBadFile, {"'n' is uint32, wanted a boolean"},
                 [&] { file->at("n").as_bool(); });
  expect_refused(ErrorKind::kBadFile, {"'v' is an array of uint8, wanted an array of texts"},
                 [&] { file->at("v").as_strings(); });
  expect_refused(ErrorKind::kBadFile, {"'n' is uint32, wanted an array"},
                 [&] { file->at("n").as_ints(); });
  expect_refused(ErrorKind::kBadFile, {"'big' holds 18446744073709551615, which is too large"},
                 [&] { file->at("big").as_int(); });
  expect_refused(ErrorKind::kBadFile, {"model.gguf", "'absent'"}, [&] { file->at("absent"); });
}

TEST(Gguf, HostileCountsAreRefusedBeforeAnythingIsAllocated) {
  GgufBytes many_pairs;
  many_pairs.pair_count = UINT64_MAX;
  expect_bad("the end is at", many_pairs);
  GgufBytes many_tensors;
  many_tensors.tensor_count = UINT64_MAX;
  expect_bad("the end is at", many_tensors);
  for (const GgufKind kind : {GgufKind::kU8, GgufKind::kString, GgufKind::kArray}) {
    expect_bad("the end is at",
               GgufBytes().pair("v", GgufKind::kArray, array(kind, UINT64_MAX, "")));
  }
  expect_bad("overflows",
             GgufBytes().pair("v", GgufKind::kArray, array(GgufKind::kF64, UINT64_MAX, "")));
  expect_bad("the end is at", GgufBytes().pair("t", GgufKind::kString, little_endian(UINT64_MAX)));
}

TEST(Gguf, RefusesUnknownKindsAndDeepArrays) {
  expect_bad("'v' has the unknown kind 13", GgufBytes().pair("v", static_cast<GgufKind>(13), ""));
  expect_bad("unknown element kind 99",
             GgufBytes().pair("v", GgufKind::kArray, array(static_cast<GgufKind>(99), 1, "")));
  std::string nested = array(GgufKind::kU8, 0, "");
  for (int i = 0; i < 9; ++i) nested = array(GgufKind::kArray, 1, nested);
  expect_bad("nested deeper than 8", GgufBytes().pair("v", GgufKind::kArray, nested));
}

TEST(Gguf, RefusesKeysAndNamesThatClash) {
  expect_bad("metadata 'n' occurs twice", GgufBytes().u32("n", 1).u32("n", 1));
  expect_bad("has 0 bytes", GgufBytes().u32("", 1));
  expect_bad("has 65536 bytes", GgufBytes().u32(std::string(65536, 'k'), 1));
  expect_bad(
      "tensor 'a' occurs twice",
      GgufBytes().tensor("a", {1}, kF32, 0).tensor("a", {1}, kF32, 32).data(std::string(64, 'x')));
}

TEST(Gguf, RefusesImpossibleTensors) {
  const auto with = [](const std::vector<std::uint64_t>& extents, std::uint32_t type,
                       std::uint64_t offset) {
    return GgufBytes().tensor("a", extents, type, offset).data(std::string(64, 'x'));
  };
  expect_bad("5 dimensions", with({1, 1, 1, 1, 1}, kF32, 0));
  expect_bad("extent 0", with({0}, kF32, 0));
  expect_bad("extent 9223372036854775808", with({1ULL << 63}, kF32, 0));
  expect_bad("overflows", with({1ULL << 32, 1ULL << 32}, kF32, 0));
  expect_bad("overflows", with({1ULL << 62}, kF32, 0));
  expect_bad("overflows", with({1ULL << 62}, kQ4_0, 0));  // fits packed, not dequantised
  expect_bad("rows of 33 values, wanted a multiple of 32", with({33, 32}, kQ4_0, 0));
  expect_bad("not aligned to 32", with({1}, kF32, 4));
  expect_bad("ends at byte 68 of 64", with({1}, kF32, 64));
  expect_bad("overflows", with({16}, kF32, UINT64_MAX - 31));
  expect_refused(ErrorKind::kUnsupported, {"'a'", "IQ2_XS"}, [&] { with({256}, 17, 0).view(); });
  expect_refused(ErrorKind::kUnsupported, {"'a'", "number 77"}, [&] { with({256}, 77, 0).view(); });
}

TEST(Gguf, RefusesOverlappingTensors) {
  expect_bad(
      "'a' and 'b' overlap",
      GgufBytes().tensor("b", {1}, kF32, 32).tensor("a", {16}, kF32, 0).data(std::string(96, 'x')));
}

TEST(Gguf, HonoursAlignment) {
  GgufBytes bytes;
  bytes.u32("general.alignment", 128).tensor("a", {1}, kF32, 128);
  bytes.data(std::string(128, '\0') + little_endian(3.0F));
  EXPECT_EQ(bytes.view(128)->tensor("a").item<float>(), 3.0F);
  for (const std::uint32_t alignment : {0U, 24U, 1U << 21}) {
    expect_bad("general.alignment is", GgufBytes().u32("general.alignment", alignment));
  }
}

TEST(Gguf, DequantisesABlockByItsFormula) {
  std::string block = std::string("\x00\x38", 2);  // half 0.5
  for (int i = 0; i < 32; ++i) block += static_cast<char>(i - 16);
  const auto file = GgufBytes().tensor("a", {32}, kQ8_0, 0).data(block).view();
  const at::Tensor values = file->tensor("a");
  for (int i = 0; i < 32; ++i)
    EXPECT_EQ(values[i].item<float>(), 0.5F * static_cast<float>(i - 16));
}

TEST(Gguf, PlainTensorsOutliveTheFile) {
  at::Tensor tensor;
  {
    const auto file = GgufBytes().tensor("a", {1}, kF32, 0).data(little_endian(3.0F)).view();
    tensor = file->tensor("a");
  }
  EXPECT_EQ(tensor.item<float>(), 3.0F);
}

}  // namespace
}  // namespace sightline
