#include "tensor/safetensors.h"

#include <algorithm>
#include <cstring>

#include "base/file.h"
#include "sightline/error.h"
#include "tensor/mapped_tensor.h"
#include "tensor/safetensors_header.h"
#include "tensor/shapes.h"

namespace sightline {
namespace {

constexpr std::size_t kLengthBytes = 8;

std::uint64_t read_header_length(std::span<const std::byte> bytes, const std::string& origin) {
  if (bytes.size() < kLengthBytes) {
    fail(ErrorKind::kBadFile, "{}: {} bytes are too few for a safetensors file", origin,
         bytes.size());
  }
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), sizeof length);
  if (length > kMaxSafetensorsHeaderBytes) {
    fail(ErrorKind::kBadFile, "{}: header of {} bytes, at most {} are read", origin, length,
         kMaxSafetensorsHeaderBytes);
  }
  if (length > bytes.size() - kLengthBytes) {
    fail(ErrorKind::kBadFile, "{}: header of {} bytes in a file of {} bytes", origin, length,
         bytes.size());
  }
  return length;
}

// Bytes of a tensor. Extents of 0 count as 1 in the overflow check, as strides would multiply them.
std::uint64_t entry_bytes(const SafetensorsEntry& entry, std::string_view what) {
  std::uint64_t elements = 1;
  std::uint64_t spread = c10::elementSize(entry.dtype);
  for (const std::int64_t extent : entry.shape) {
    elements *= static_cast<std::uint64_t>(extent);  // cannot wrap: spread is at least as large
    spread =
        checked_mul(spread, static_cast<std::uint64_t>(std::max<std::int64_t>(extent, 1)), what);
  }
  if (spread > static_cast<std::uint64_t>(INT64_MAX)) {
    fail(ErrorKind::kBadFile, "{}: size overflows ({} bytes)", what, spread);
  }
  return elements * c10::elementSize(entry.dtype);
}

// Every rule that ties entries to each other and to the size of the data.
void check_layout(const std::map<std::string, SafetensorsEntry>& entries, std::uint64_t data_bytes,
                  const std::string& origin) {
  using Named = std::pair<const std::string, SafetensorsEntry>;
  std::vector<const Named*> in_file_order;
  for (const Named& named : entries) {
    const auto& [name, entry] = named;
    if (entry.begin > entry.end) {
      fail(ErrorKind::kBadFile, "{}: tensor '{}' has reversed data_offsets [{}, {}]", origin, name,
           entry.begin, entry.end);
    }
    if (entry.end > data_bytes) {
      fail(ErrorKind::kBadFile, "{}: tensor '{}' ends at byte {} of {} bytes of data", origin, name,
           entry.end, data_bytes);
    }
    const std::uint64_t wanted = entry_bytes(entry, format("{}: tensor '{}'", origin, name));
    if (wanted != entry.end - entry.begin) {
      fail(ErrorKind::kBadFile, "{}: tensor '{}' of {} {} needs {} bytes, data_offsets give {}",
           origin, name, safetensors_code(entry.dtype), shape_text(entry.shape), wanted,
           entry.end - entry.begin);
    }
    in_file_order.push_back(&named);
  }
  std::sort(in_file_order.begin(), in_file_order.end(), [](const Named* a, const Named* b) {
    return std::pair(a->second.begin, a->second.end) < std::pair(b->second.begin, b->second.end);
  });
  std::uint64_t position = 0;
  for (const Named* named : in_file_order) {
    if (named->second.begin != position) {
      fail(ErrorKind::kBadFile,
           "{}: tensor '{}' begins at data byte {}, {} the one before it ends at {}", origin,
           named->first, named->second.begin,
           named->second.begin < position ? "an overlap:" : "a gap:", position);
    }
    position = named->second.end;
  }
  if (position != data_bytes) {
    fail(ErrorKind::kBadFile, "{}: {} bytes after the last tensor", origin, data_bytes - position);
  }
}

}  // namespace

std::shared_ptr<const SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& file) {
  auto mapping = MappedFile::open(file);
  const auto bytes = mapping->bytes();
  return view(bytes, std::move(mapping), file.string());
}

std::shared_ptr<const SafetensorsFile> SafetensorsFile::view(std::span<const std::byte> bytes,
                                                             std::shared_ptr<const void> owner,
                                                             std::string origin) {
  const std::uint64_t length = read_header_length(bytes, origin);
  const std::string_view json(reinterpret_cast<const char*>(bytes.data()) + kLengthBytes, length);
  SafetensorsHeader header = parse_safetensors_header(json, origin);
  const auto data = bytes.subspan(kLengthBytes + length);
  check_layout(header.entries, data.size(), origin);

  std::shared_ptr<SafetensorsFile> file(new SafetensorsFile);
  file->origin_ = std::move(origin);
  file->owner_ = std::move(owner);
  file->data_ = data;
  file->entries_ = std::move(header.entries);
  file->metadata_ = std::move(header.metadata);
  return file;
}

std::vector<std::string> SafetensorsFile::names() const {
  std::vector<std::string> out;
  out.reserve(entries_.size());
  for (const auto& [name, entry] : entries_) out.push_back(name);
  return out;
}

const SafetensorsEntry& SafetensorsFile::entry(const std::string& name) const {
  const auto found = entries_.find(name);
  if (found == entries_.end()) {
    fail(ErrorKind::kNotFound, "{}: no tensor '{}'", origin_, name);
  }
  return found->second;
}

at::Tensor SafetensorsFile::tensor(const std::string& name) const {
  const SafetensorsEntry& found = entry(name);
  return tensor_over(data_.subspan(found.begin, found.end - found.begin), owner_, found.dtype,
                     found.shape);
}

}  // namespace sightline
