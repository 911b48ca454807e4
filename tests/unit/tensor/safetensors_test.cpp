#include "tensor/safetensors.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>

#include <cstring>

#include "base/file.h"
#include "refusal.h"
#include "support/temporary_folder.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

std::string length_prefix(std::uint64_t length) {
  std::string out(sizeof length, '\0');
  std::memcpy(out.data(), &length, sizeof length);
  return out;
}

std::string file_of(const std::string& header, std::size_t data_bytes) {
  return length_prefix(header.size()) + header + std::string(data_bytes, '\1');
}

std::shared_ptr<const SafetensorsFile> view(const std::string& bytes) {
  auto owner = std::make_shared<const std::string>(bytes);
  return SafetensorsFile::view(std::as_bytes(std::span(*owner)), owner, "model.safetensors");
}

void expect_bad(const std::string& reason, const std::string& bytes) {
  expect_refused(ErrorKind::kBadFile, {reason, "model.safetensors"}, [&] { view(bytes); });
}

// A file with one tensor entry.
std::string entry(const std::string& fields, std::size_t data_bytes) {
  return file_of("{\"a\":{" + fields + "}}", data_bytes);
}

TEST(Safetensors, ReadsATensorFromItsOffsets) {
  const auto file = view(file_of(
      R"({"__metadata__":{"format":"pt"},"b":{"dtype":"U8","shape":[3],"data_offsets":[2,5]},)"
      R"("a":{"dtype":"I16","shape":[1,1],"data_offsets":[0,2]}})",
      5));
  EXPECT_EQ(file->names(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(file->tensor("a").item<std::int16_t>(), 0x0101);
  EXPECT_TRUE(at::equal(file->tensor("b"), at::ones({3}, at::kByte)));
  EXPECT_EQ(file->metadata(), (SafetensorsMetadata{{"format", "pt"}}));
}

TEST(Safetensors, AcceptsPaddedHeaderEmptyFileAndEmptyTensors) {
  EXPECT_TRUE(view(file_of("{}", 0))->names().empty());
  EXPECT_TRUE(view(file_of(" {}  \n", 0))->names().empty());
  const auto file = view(entry(R"("dtype":"F32","shape":[0,4],"data_offsets":[0,0])", 0));
  EXPECT_EQ(file->tensor("a").sizes(), (std::vector<std::int64_t>{0, 4}));
}

TEST(Safetensors, RefusesTruncatedAndOversizedHeaders) {
  expect_bad("0 bytes are too few", "");
  expect_bad("7 bytes are too few", "1234567");
  expect_bad("header of 3 bytes in a file of 10 bytes", length_prefix(3) + "{}");
  expect_bad("at most 100000000", length_prefix(100'000'001) + "{}");
  expect_bad("at most 100000000", length_prefix(UINT64_MAX) + "{}");
}

TEST(Safetensors, RefusesHeadersThatAreNotTheRightJson) {
  expect_bad("not valid JSON at its byte", file_of("", 0));
  expect_bad("not valid JSON at its byte 2", file_of("{", 0));
  expect_bad("not valid JSON at its byte", file_of("{} x", 0));
  expect_bad("not valid JSON at its byte", file_of("{\"\xFF\":{}}", 0));
  expect_bad("NUL byte at its byte 2", file_of(std::string("{}\0{", 4), 0));
  expect_bad("an array, wanted an object", file_of("[]", 0));
  expect_bad("null, wanted an object", file_of("null", 0));
  expect_bad("'a' is a number, wanted an object", file_of(R"({"a":1})", 0));
  expect_bad("'a' is an array, wanted an object", file_of(R"({"a":[1]})", 0));
  expect_bad("__metadata__ 'k' is a number, wanted a string",
             file_of(R"({"__metadata__":{"k":1}})", 0));
  expect_bad("__metadata__ 'k' is an object", file_of(R"({"__metadata__":{"k":{}}})", 0));
  expect_bad("'__metadata__' is null", file_of(R"({"__metadata__":null})", 0));
}

TEST(Safetensors, RefusesDeepNestingWithoutFollowingIt) {
  expect_bad("wanted an object", file_of(std::string(1 << 20, '['), 0));
  expect_bad("is an object", file_of(R"({"a":{"dtype":)" + std::string(1 << 20, '{'), 0));
}

TEST(Safetensors, RefusesDuplicateKeys) {
  const std::string one = R"("a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]})";
  expect_bad("key 'a' occurs twice", file_of("{" + one + "," + one + "}", 1));
  expect_bad("key '__metadata__' occurs twice",
             file_of(R"({"__metadata__":{},"__metadata__":{}})", 0));
  expect_bad("__metadata__ key 'k' occurs twice",
             file_of(R"({"__metadata__":{"k":"1","k":"2"}})", 0));
  expect_bad("the field 'dtype' twice",
             entry(R"("dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1])", 1));
}

TEST(Safetensors, RefusesIncompleteOrForeignFields) {
  expect_bad("tensor 'a' has no dtype", entry(R"("shape":[1],"data_offsets":[0,1])", 1));
  expect_bad("tensor 'a' has no shape", entry(R"("dtype":"U8","data_offsets":[0,1])", 1));
  expect_bad("tensor 'a' has no data_offsets", entry(R"("dtype":"U8","shape":[1])", 1));
  expect_bad("unknown field 'strides'",
             entry(R"("dtype":"U8","shape":[1],"data_offsets":[0,1],"strides":[1])", 1));
  expect_bad("unknown dtype 'Q4'", entry(R"("dtype":"Q4","shape":[1],"data_offsets":[0,1])", 1));
  expect_bad("dtype is a number", entry(R"("dtype":3,"shape":[1],"data_offsets":[0,1])", 1));
  expect_bad("dtype is an array", entry(R"("dtype":[],"shape":[1],"data_offsets":[0,1])", 1));
  expect_bad("shape is a string", entry(R"("dtype":"U8","shape":"1","data_offsets":[0,1])", 1));
  expect_bad("shape holds a boolean",
             entry(R"("dtype":"U8","shape":[true],"data_offsets":[0,1])", 1));
  expect_bad("shape holds an array",
             entry(R"("dtype":"U8","shape":[[1]],"data_offsets":[0,1])", 1));
}

TEST(Safetensors, RefusesImpossibleShapes) {
  expect_bad("negative number -1", entry(R"("dtype":"U8","shape":[-1],"data_offsets":[0,1])", 1));
  expect_bad("1.5, which is no 64-bit integer",
             entry(R"("dtype":"U8","shape":[1.5],"data_offsets":[0,1])", 1));
  expect_bad("99999999999999999999, which is no 64-bit integer",
             entry(R"("dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,1])", 1));
  expect_bad("9223372036854775808, which is too large",
             entry(R"("dtype":"U8","shape":[9223372036854775808],"data_offsets":[0,1])", 1));
  expect_bad("size overflows",
             entry(R"("dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0])", 0));
  expect_bad("size overflows",
             entry(R"("dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0])", 0));
  std::string ones = "1";
  for (int i = 0; i < 64; ++i) ones += ",1";
  expect_bad("shape is too long",
             entry("\"dtype\":\"U8\",\"shape\":[" + ones + "],\"data_offsets\":[0,1]", 1));
}

// Strides multiply extents even where the tensor is empty.
TEST(Safetensors, RefusesOverflowHiddenBehindAnEmptyExtent) {
  const std::string shape = "[0,4611686018427387904,4611686018427387904]";
  expect_bad("size overflows",
             entry("\"dtype\":\"U8\",\"shape\":" + shape + ",\"data_offsets\":[0,0]", 0));
}

TEST(Safetensors, RefusesOffsetsThatDoNotFit) {
  expect_bad("holds 1 numbers, wanted 2",
             entry(R"("dtype":"U8","shape":[1],"data_offsets":[0])", 1));
  expect_bad("data_offsets is too long",
             entry(R"("dtype":"U8","shape":[1],"data_offsets":[0,1,2])", 1));
  expect_bad("reversed data_offsets [1, 0]",
             entry(R"("dtype":"U8","shape":[1],"data_offsets":[1,0])", 1));
  expect_bad("ends at byte 2 of 1 bytes",
             entry(R"("dtype":"U8","shape":[2],"data_offsets":[0,2])", 1));
  expect_bad("needs 4 bytes, data_offsets give 3",
             entry(R"("dtype":"F32","shape":[1],"data_offsets":[0,3])", 3));
  expect_bad("needs 0 bytes, data_offsets give 1",
             entry(R"("dtype":"U8","shape":[0],"data_offsets":[0,1])", 1));
  expect_bad("2 bytes after the last tensor",
             entry(R"("dtype":"U8","shape":[1],"data_offsets":[0,1])", 3));
  expect_bad("1 bytes after the last tensor", file_of("{}", 1));
}

TEST(Safetensors, RefusesGapsAndOverlaps) {
  const std::string a = R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},)";
  expect_bad("a gap", file_of(a + R"("b":{"dtype":"U8","shape":[1],"data_offsets":[3,4]}})", 4));
  expect_bad("an overlap",
             file_of(a + R"("b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}})", 3));
  expect_bad("an overlap",
             file_of(a + R"("b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}})", 2));
  expect_bad("a gap", entry(R"("dtype":"U8","shape":[1],"data_offsets":[1,2])", 2));
}

TEST(Safetensors, RefusesBooleansOtherThanZeroAndOne) {
  std::string bytes = entry(R"("dtype":"BOOL","shape":[2],"data_offsets":[0,2])", 2);
  EXPECT_TRUE(at::equal(view(bytes)->tensor("a"), at::ones({2}, at::kBool)));
  bytes.back() = '\2';
  expect_refused(ErrorKind::kBadFile, {"other than 0 and 1"}, [&] { view(bytes)->tensor("a"); });
}

TEST(Safetensors, UnknownTensorIsNamed) {
  expect_refused(ErrorKind::kNotFound, {"model.safetensors", "'x'"},
                 [] { view(file_of("{}", 0))->tensor("x"); });
}

TEST(Safetensors, TensorsOutliveTheFileAndAreNotCopied) {
  const TemporaryFolder folder;
  write_safetensors(folder.path() / "m.safetensors",
                    {{"a", at::arange(4, at::kFloat)}, {"b", at::arange(3, at::kFloat)}});
  auto file = SafetensorsFile::open(folder.path() / "m.safetensors");
  const at::Tensor a = file->tensor("a");
  const at::Tensor b = file->tensor("b");
  EXPECT_EQ(a.const_data_ptr<float>() + 4, b.const_data_ptr<float>());
  file.reset();
  EXPECT_TRUE(at::equal(a, at::arange(4, at::kFloat)));
}

TEST(Safetensors, MisalignedDataIsCopied) {
  const auto file = view(file_of(R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
                                 R"("b":{"dtype":"I32","shape":[1],"data_offsets":[1,5]}})",
                                 5));
  const at::Tensor b = file->tensor("b");
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(b.const_data_ptr()) % 4, 0U);
  EXPECT_EQ(b.item<std::int32_t>(), 0x01010101);
}

TEST(SafetensorsWriter, WrittenReadAndWrittenAgainGivesEqualBytes) {
  const TemporaryFolder folder;
  const fs::path first = folder.path() / "1.safetensors";
  const fs::path second = folder.path() / "2.safetensors";
  write_safetensors(first,
                    {{"bytes", at::ones({3}, at::kByte)},
                     {"wide", at::arange(6, at::kDouble).reshape({2, 3}).t()},  // not contiguous
                     {"scalar", at::ones({}, at::kBFloat16)},
                     {"empty \"\\\n", at::empty({0, 2})}},
                    {{"b", "2"}, {"a", "ü"}});
  const auto file = SafetensorsFile::open(first);
  std::map<std::string, at::Tensor> again;
  for (const std::string& name : file->names()) again[name] = file->tensor(name);
  write_safetensors(second, again, file->metadata());
  EXPECT_EQ(read_file(first, 1 << 20), read_file(second, 1 << 20));
  EXPECT_TRUE(at::equal(again["wide"], at::arange(6, at::kDouble).reshape({2, 3}).t()));
}

TEST(SafetensorsWriter, MakesOneTensorAtATimeInFileOrder) {
  const TemporaryFolder folder;
  std::vector<std::string> made;
  const auto pending = [&](const std::string& name, at::ScalarType dtype) {
    return PendingTensor{name, dtype, {1}, [&made, name, dtype] {
                           made.push_back(name);
                           return at::ones({1}, dtype);
                         }};
  };
  write_safetensors(folder.path() / "m.safetensors",
                    {pending("a", at::kByte), pending("c", at::kFloat), pending("b", at::kFloat)});
  EXPECT_EQ(made, (std::vector<std::string>{"b", "c", "a"}));
}

TEST(SafetensorsWriter, LeavesNothingBehindWhenATensorCannotBeMade) {
  const TemporaryFolder folder;
  const auto write = [&](at::Tensor made) {
    write_safetensors(folder.path() / "m.safetensors",
                      {PendingTensor{"a", at::kFloat, {2}, [made] { return made; }}});
  };
  expect_refused(ErrorKind::kShape, {"'a'", "[2]", "[3]"}, [&] { write(at::ones({3})); });
  expect_refused(ErrorKind::kInternal, {"'a'", "float32", "uint8"},
                 [&] { write(at::ones({2}, at::kByte)); });
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(SafetensorsWriter, RefusesNamesThatCannotBeReadBack) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "m.safetensors";
  const auto pending = [](const std::string& name) {
    return PendingTensor{name, at::kFloat, {1}, [] { return at::ones({1}); }};
  };
  expect_refused(ErrorKind::kUsage, {"'a' is written twice"}, [&] {
    write_safetensors(file, std::vector{pending("a"), pending("a")});
  });
  expect_refused(ErrorKind::kUsage, {"__metadata__"},
                 [&] { write_safetensors(file, std::vector{pending("__metadata__")}); });
  expect_refused(ErrorKind::kUsage, {"UTF-8"},
                 [&] { write_safetensors(file, std::vector{pending("\xFF")}); });
  expect_refused(ErrorKind::kUnsupported, {"ComplexFloat"}, [&] {
    write_safetensors(file,
                      std::map<std::string, at::Tensor>{{"a", at::zeros({1}, at::kComplexFloat)}});
  });
}

}  // namespace
}  // namespace sightline
