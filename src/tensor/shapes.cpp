#include "tensor/shapes.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "base/near.h"
#include "sightline/error.h"

namespace sightline {
namespace {

struct DtypeRow {
  at::ScalarType dtype;
  std::string_view name;   // config.json
  std::string_view brief;  // command line
  std::string_view code;   // safetensors
};

// In the canonical order of safetensors files: widest first, so that all data is aligned.
constexpr std::array kDtypes = {
    DtypeRow{at::kLong, "int64", "i64", "I64"},
    DtypeRow{at::kDouble, "float64", "fp64", "F64"},
    DtypeRow{at::kFloat, "float32", "fp32", "F32"},
    DtypeRow{at::kInt, "int32", "i32", "I32"},
    DtypeRow{at::kBFloat16, "bfloat16", "bf16", "BF16"},
    DtypeRow{at::kHalf, "float16", "fp16", "F16"},
    DtypeRow{at::kShort, "int16", "i16", "I16"},
    DtypeRow{at::kFloat8_e4m3fn, "float8_e4m3fn", "fp8_e4m3", "F8_E4M3"},
    DtypeRow{at::kFloat8_e5m2, "float8_e5m2", "fp8_e5m2", "F8_E5M2"},
    DtypeRow{at::kChar, "int8", "i8", "I8"},
    DtypeRow{at::kByte, "uint8", "u8", "U8"},
    DtypeRow{at::kBool, "bool", "boolean", "BOOL"},
};

const DtypeRow& row_of(at::ScalarType dtype) {
  for (const DtypeRow& row : kDtypes) {
    if (row.dtype == dtype) return row;
  }
  fail(ErrorKind::kUnsupported, "dtype {} is not one that checkpoints hold", c10::toString(dtype));
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace

std::string_view dtype_name(at::ScalarType dtype) { return row_of(dtype).name; }

at::ScalarType parse_dtype(std::string_view name) {
  std::string wanted = lower_case(name);
  if (wanted.starts_with("torch.")) wanted.erase(0, 6);
  if (wanted == "half") wanted = "float16";
  if (wanted == "float") wanted = "float32";
  std::vector<std::string> known;
  for (const DtypeRow& row : kDtypes) {
    if (wanted == row.name || wanted == row.brief || wanted == lower_case(row.code)) {
      return row.dtype;
    }
    known.emplace_back(row.name);
    known.emplace_back(row.brief);
  }
  fail_with_hint(ErrorKind::kUsage, near_names_hint(wanted, known), "unknown dtype '{}'", name);
}

std::string_view safetensors_code(at::ScalarType dtype) { return row_of(dtype).code; }

int safetensors_rank(at::ScalarType dtype) {
  return static_cast<int>(&row_of(dtype) - kDtypes.data());
}

std::optional<at::ScalarType> dtype_of_safetensors_code(std::string_view code) {
  for (const DtypeRow& row : kDtypes) {
    if (row.code == code) return row.dtype;
  }
  return std::nullopt;
}

std::string shape_text(at::IntArrayRef shape) {
  std::string out = "[";
  for (const std::int64_t extent : shape) {
    if (out.size() > 1) out += ", ";
    out += extent < 0 ? std::string("*") : to_text(extent);
  }
  return out + "]";
}

bool shape_matches(at::IntArrayRef found, at::IntArrayRef wanted) {
  return std::equal(found.begin(), found.end(), wanted.begin(), wanted.end(),
                    [](std::int64_t f, std::int64_t w) { return w < 0 || f == w; });
}

void expect_shape(const at::Tensor& tensor, at::IntArrayRef wanted, std::string_view name) {
  if (!tensor.defined()) {
    fail(ErrorKind::kShape, "'{}': wanted {}, found no tensor", name, shape_text(wanted));
  }
  if (!shape_matches(tensor.sizes(), wanted)) {
    fail(ErrorKind::kShape, "'{}': wanted {}, found {}", name, shape_text(wanted),
         shape_text(tensor.sizes()));
  }
}

std::uint64_t checked_mul(std::uint64_t a, std::uint64_t b, std::string_view what) {
  std::uint64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) {
    fail(ErrorKind::kBadFile, "{}: size overflows ({} * {})", what, a, b);
  }
  return product;
}

std::uint64_t checked_add(std::uint64_t a, std::uint64_t b, std::string_view what) {
  std::uint64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) {
    fail(ErrorKind::kBadFile, "{}: size overflows ({} + {})", what, a, b);
  }
  return sum;
}

}  // namespace sightline
