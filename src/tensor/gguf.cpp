#include "tensor/gguf.h"

#include <ATen/ops/empty.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/file.h"
#include "sightline/error.h"
#include "tensor/gguf_parser.h"
#include "tensor/mapped_tensor.h"
#include "tensor/safetensors.h"
#include "tensor/shapes.h"

namespace sightline {
namespace {

constexpr std::string_view kMagic = "GGUF";
constexpr std::uint64_t kMaxKeyBytes = 65'535;
constexpr std::uint64_t kMaxAlignment = 1 << 20;
constexpr std::uint32_t kMaxDimensions = 4;
constexpr int kMaxArrayDepth = 8;

std::optional<at::ScalarType> plain_dtype(GgufType type) {
  switch (type) {
    case GgufType::kF32: return at::kFloat;
    case GgufType::kF16: return at::kHalf;
    case GgufType::kBF16: return at::kBFloat16;
    default: return std::nullopt;
  }
}

}  // namespace

std::uint32_t GgufCursor::u32() {
  std::uint32_t value;
  std::memcpy(&value, take(sizeof value).data(), sizeof value);
  return value;
}

std::uint64_t GgufCursor::u64() {
  std::uint64_t value;
  std::memcpy(&value, take(sizeof value).data(), sizeof value);
  return value;
}

std::string_view GgufCursor::text() {
  const auto bytes = take(u64());
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::span<const std::byte> GgufCursor::take(std::uint64_t count) {
  if (count > bytes_.size() - position_) {
    fail(ErrorKind::kBadFile, "{}: {} bytes wanted at byte {}, the end is at {}", origin_, count,
         position_, bytes_.size());
  }
  const auto out = bytes_.subspan(position_, count);
  position_ += count;
  return out;
}

GgufValue GgufParser::read_value(GgufCursor& cursor, GgufKind kind, std::string_view label,
                                 int depth) {
  GgufValue value;
  value.label_ = label;
  value.kind_ = kind;
  if (kind == GgufKind::kString) {
    value.bytes_ = std::as_bytes(std::span(cursor.text()));
    return value;
  }
  if (kind != GgufKind::kArray) {
    value.bytes_ = cursor.take(gguf_kind_size(kind));
    return value;
  }
  if (depth == kMaxArrayDepth) {
    fail(ErrorKind::kBadFile, "GGUF metadata '{}': arrays nested deeper than {}", label, depth);
  }
  const std::uint32_t element = cursor.u32();
  if (element > static_cast<std::uint32_t>(GgufKind::kF64)) {
    fail(ErrorKind::kBadFile, "GGUF metadata '{}': unknown element kind {}", label, element);
  }
  value.element_kind_ = static_cast<GgufKind>(element);
  value.count_ = cursor.u64();
  if (const std::uint64_t size = gguf_kind_size(value.element_kind_); size > 0) {
    value.bytes_ = cursor.take(checked_mul(value.count_, size, label));
    return value;
  }
  const std::uint64_t start = cursor.position();
  for (std::uint64_t i = 0; i < value.count_; ++i) {  // each takes 8 bytes at least
    read_value(cursor, value.element_kind_, label, depth + 1);
  }
  value.bytes_ = cursor.since(start);
  return value;
}

GgufParser::GgufParser(std::span<const std::byte> bytes, std::shared_ptr<const void> owner,
                       std::string origin)
    : file_(new GgufFile), bytes_(bytes), cursor_(bytes, {}) {
  file_->origin_ = std::move(origin);
  file_->owner_ = std::move(owner);
  cursor_ = GgufCursor(bytes, file_->origin_);
}

template <class... Args>
void GgufParser::broken(std::string_view pattern, const Args&... args) const {
  fail(ErrorKind::kBadFile, "{}: {}", file_->origin_, format(pattern, args...));
}

std::shared_ptr<const GgufFile> GgufParser::parse() {
  read_header();
  read_tensor_table();
  place_data(bytes_);
  check_tensor_places();
  return file_;
}

void GgufParser::read_header() {
  const auto magic = cursor_.take(kMagic.size());
  if (std::memcmp(magic.data(), kMagic.data(), kMagic.size()) != 0) {
    broken("does not begin with \"GGUF\"");
  }
  file_->version_ = cursor_.u32();
  if (file_->version_ != 2 && file_->version_ != 3) {
    const bool swapped = (file_->version_ & 0xFFFF) == 0 && file_->version_ != 0;
    fail(ErrorKind::kUnsupported, "{}: GGUF {}, only versions 2 and 3 (little-endian) are read",
         file_->origin_, swapped ? "in big-endian order" : "version " + to_text(file_->version_));
  }
  tensor_count_ = cursor_.u64();
  read_metadata(cursor_.u64());
}

void GgufParser::read_metadata(std::uint64_t pairs) {
  for (std::uint64_t i = 0; i < pairs; ++i) {
    const std::string_view key = cursor_.text();
    if (key.empty() || key.size() > kMaxKeyBytes) {
      broken("metadata key {} has {} bytes, wanted 1 to {}", i, key.size(), kMaxKeyBytes);
    }
    const std::uint32_t kind = cursor_.u32();
    if (kind > static_cast<std::uint32_t>(GgufKind::kF64)) {
      broken("metadata '{}' has the unknown kind {}", key, kind);
    }
    const GgufValue value = read_value(cursor_, static_cast<GgufKind>(kind), key);
    if (!file_->metadata_.emplace(key, value).second) broken("metadata '{}' occurs twice", key);
  }
  if (!file_->has("general.alignment")) return;
  const std::int64_t alignment = file_->at("general.alignment").as_int();
  if (alignment < 1 || alignment > static_cast<std::int64_t>(kMaxAlignment) ||
      !std::has_single_bit(static_cast<std::uint64_t>(alignment))) {
    broken("general.alignment is {}, wanted a power of two up to {}", alignment, kMaxAlignment);
  }
  alignment_ = static_cast<std::uint64_t>(alignment);
}

void GgufParser::read_tensor_table() {
  for (std::uint64_t i = 0; i < tensor_count_; ++i) read_tensor_info();
}

void GgufParser::read_tensor_info() {
  const std::string_view name = cursor_.text();
  const std::uint32_t rank = cursor_.u32();
  if (rank > kMaxDimensions) {
    broken("tensor '{}' has {} dimensions, at most {} are read", name, rank, kMaxDimensions);
  }
  GgufTensorInfo info;
  const std::string what = format("{}: tensor '{}'", file_->origin_, name);
  std::uint64_t elements = 1;
  for (std::uint32_t d = 0; d < rank; ++d) {
    const std::uint64_t extent = cursor_.u64();
    if (extent == 0 || extent > static_cast<std::uint64_t>(INT64_MAX)) {
      broken("tensor '{}' has the extent {}", name, extent);
    }
    elements = checked_mul(elements, extent, what);
    info.shape.insert(info.shape.begin(), static_cast<std::int64_t>(extent));
  }
  const std::uint32_t type = cursor_.u32();
  const auto size = gguf_type_size(type);
  if (!size) {
    fail(ErrorKind::kUnsupported, "{} has type {}, which is not read", what, gguf_type_name(type));
  }
  info.type = static_cast<GgufType>(type);
  const std::uint64_t row = rank == 0 ? 1 : static_cast<std::uint64_t>(info.shape.back());
  if (row % size->block != 0) {
    broken("tensor '{}' of type {} has rows of {} values, wanted a multiple of {}", name,
           gguf_type_name(type), row, size->block);
  }
  info.size_bytes = checked_mul(elements / size->block, size->bytes, what);
  checked_mul(elements, sizeof(float), what);  // as it will be dequantised
  info.offset = cursor_.u64();
  if (info.offset % alignment_ != 0) {
    broken("tensor '{}' lies at byte {}, not aligned to {}", name, info.offset, alignment_);
  }
  if (!file_->tensors_.emplace(name, info).second) broken("tensor '{}' occurs twice", name);
}

void GgufParser::place_data(std::span<const std::byte> bytes) {
  const std::uint64_t start = (cursor_.position() + alignment_ - 1) / alignment_ * alignment_;
  if (start > bytes.size()) {
    if (tensor_count_ > 0) broken("the tensor data would begin after the end of the file");
    return;
  }
  file_->data_ = bytes.subspan(start);
}

void GgufParser::check_tensor_places() const {
  std::vector<std::pair<const GgufTensorInfo*, std::string_view>> in_file_order;
  for (const auto& [name, info] : file_->tensors_) {
    const std::uint64_t end = checked_add(info.offset, info.size_bytes, name);
    if (end > file_->data_.size()) {
      broken("tensor '{}' ends at byte {} of {} bytes of data", name, end, file_->data_.size());
    }
    in_file_order.emplace_back(&info, name);
  }
  std::sort(in_file_order.begin(), in_file_order.end(),
            [](const auto& a, const auto& b) { return a.first->offset < b.first->offset; });
  for (std::size_t i = 1; i < in_file_order.size(); ++i) {
    const GgufTensorInfo& before = *in_file_order[i - 1].first;
    if (before.offset + before.size_bytes > in_file_order[i].first->offset) {
      broken("tensors '{}' and '{}' overlap", in_file_order[i - 1].second, in_file_order[i].second);
    }
  }
}

std::shared_ptr<const GgufFile> GgufFile::open(const std::filesystem::path& file) {
  auto mapping = MappedFile::open(file);
  const auto bytes = mapping->bytes();
  return view(bytes, std::move(mapping), file.string());
}

std::shared_ptr<const GgufFile> GgufFile::view(std::span<const std::byte> bytes,
                                               std::shared_ptr<const void> owner,
                                               std::string origin) {
  return GgufParser(bytes, std::move(owner), std::move(origin)).parse();
}

const GgufValue& GgufFile::at(std::string_view key) const {
  const auto found = metadata_.find(key);
  if (found == metadata_.end()) fail(ErrorKind::kBadFile, "{}: no metadata '{}'", origin_, key);
  return found->second;
}

std::int64_t GgufFile::int_or(std::string_view key, std::int64_t fallback) const {
  return has(key) ? at(key).as_int() : fallback;
}

double GgufFile::double_or(std::string_view key, double fallback) const {
  return has(key) ? at(key).as_double() : fallback;
}

std::string GgufFile::string_or(std::string_view key, std::string_view fallback) const {
  return has(key) ? at(key).as_string() : std::string(fallback);
}

bool GgufFile::bool_or(std::string_view key, bool fallback) const {
  return has(key) ? at(key).as_bool() : fallback;
}

at::Tensor GgufFile::tensor(std::string_view name) const {
  const auto found = tensors_.find(name);
  if (found == tensors_.end()) fail(ErrorKind::kNotFound, "{}: no tensor '{}'", origin_, name);
  const GgufTensorInfo& info = found->second;
  const auto blocks = data_.subspan(info.offset, info.size_bytes);
  if (const auto dtype = plain_dtype(info.type)) {
    return tensor_over(blocks, owner_, *dtype, info.shape);
  }
  at::Tensor out = at::empty(info.shape, at::kFloat);
  dequantise(info.type, blocks,
             {out.mutable_data_ptr<float>(), static_cast<std::size_t>(out.numel())});
  return out;
}

}  // namespace sightline
