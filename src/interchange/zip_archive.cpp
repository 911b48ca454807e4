#include "interchange/zip_archive.h"

#include <zip.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>

#include "sightline/error.h"

namespace sightline {
namespace {

constexpr std::uint16_t kMethodZstd = 93;

using Member = std::unique_ptr<zip_file_t, decltype(&::zip_fclose)>;
using Decoder = std::unique_ptr<ZSTD_DStream, decltype(&::ZSTD_freeDStream)>;

// All bytes of an open member; `limit` is what it announces and may not exceed.
std::string drain(zip_file_t* member, std::uint64_t limit, const std::string& what) {
  std::string out;
  std::array<char, 1 << 16> block;
  while (true) {
    const zip_int64_t count = ::zip_fread(member, block.data(), block.size());
    if (count == 0) return out;
    if (count < 0 || out.size() + static_cast<std::uint64_t>(count) > limit) {
      fail(ErrorKind::kBadFile, "{} is damaged: {}", what,
           count < 0 ? ::zip_file_strerror(member) : "longer than it says");
    }
    out.append(block.data(), static_cast<std::size_t>(count));
  }
}

// One frame after the other until the input ends.
std::string unpack_zstd(const std::string& packed, std::uint64_t size, const std::string& what) {
  const Decoder decoder(::ZSTD_createDStream(), ::ZSTD_freeDStream);
  std::string out(size, '\0');
  ZSTD_inBuffer in{packed.data(), packed.size(), 0};
  ZSTD_outBuffer to{out.data(), out.size(), 0};
  std::size_t left = 1;  // 0: a frame has just ended
  while (in.pos < in.size || left > 0) {
    const std::size_t before = in.pos + to.pos;
    left = ::ZSTD_decompressStream(decoder.get(), &to, &in);
    if (::ZSTD_isError(left) != 0) {
      fail(ErrorKind::kBadFile, "{} is damaged: {}", what, ::ZSTD_getErrorName(left));
    }
    if (left > 0 && in.pos + to.pos == before) {
      fail(ErrorKind::kBadFile, "{} is damaged: cut off, or longer than it says", what);
    }
  }
  if (to.pos != out.size()) fail(ErrorKind::kBadFile, "{} is damaged: shorter than it says", what);
  return out;
}

}  // namespace

struct ZipArchive::Handle {
  zip_t* zip = nullptr;
  ~Handle() {
    if (zip != nullptr) ::zip_discard(zip);
  }
};

ZipArchive::ZipArchive(const std::filesystem::path& file)
    : file_(file), handle_(std::make_unique<Handle>()) {
  if (!std::filesystem::exists(file)) {
    fail(ErrorKind::kNotFound, "no file '{}'", file.string());
  }
  int code = 0;
  handle_->zip = ::zip_open(file.c_str(), ZIP_RDONLY, &code);
  if (handle_->zip == nullptr) {
    zip_error_t error;
    ::zip_error_init_with_code(&error, code);
    const std::string why = ::zip_error_strerror(&error);
    ::zip_error_fini(&error);
    fail(ErrorKind::kBadFile, "'{}' is no ZIP archive: {}", file.string(), why);
  }
  const zip_int64_t count = ::zip_get_num_entries(handle_->zip, 0);
  if (count < 0 || static_cast<std::uint64_t>(count) > kMaxZipMembers) {
    fail(ErrorKind::kBadFile, "'{}' has {} members, at most {} are read", file.string(),
         static_cast<std::int64_t>(count), kMaxZipMembers);
  }
  std::uint64_t left = kMaxZipBytes;
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t facts;
    const auto index = static_cast<zip_uint64_t>(i);
    const bool sized =
        ::zip_stat_index(handle_->zip, index, 0, &facts) == 0 && (facts.valid & ZIP_STAT_SIZE) != 0;
    const std::uint64_t size = sized ? facts.size : 0;  // read() refuses one that does not say
    if (size > left) {
      fail(ErrorKind::kBadFile, "'{}' would be more than {} bytes, decompressed", file.string(),
           kMaxZipBytes);
    }
    left -= size;
    const char* name = ::zip_get_name(handle_->zip, index, 0);
    names_.emplace_back(name == nullptr ? "" : name);
  }
}

ZipArchive::~ZipArchive() = default;

bool ZipArchive::has(const std::string& name) const {
  return ::zip_name_locate(handle_->zip, name.c_str(), 0) >= 0;
}

std::string ZipArchive::read(const std::string& name) const {
  const std::string what = file_.string() + ": " + name;
  zip_stat_t facts;
  constexpr zip_uint64_t kNeeded =
      ZIP_STAT_INDEX | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_CRC;
  if (::zip_stat(handle_->zip, name.c_str(), 0, &facts) != 0 ||
      (facts.valid & kNeeded) != kNeeded) {
    fail(ErrorKind::kBadFile, "{} is not there", what);
  }
  if (std::max(facts.size, facts.comp_size) > kMaxZipMemberBytes) {
    fail(ErrorKind::kBadFile, "{} has {} bytes, at most {} are read", what,
         std::max<std::uint64_t>(facts.size, facts.comp_size), kMaxZipMemberBytes);
  }
  const bool zstd = facts.comp_method == kMethodZstd;
  const Member member(::zip_fopen_index(handle_->zip, facts.index, zstd ? ZIP_FL_COMPRESSED : 0),
                      ::zip_fclose);
  if (!member) {
    fail(ErrorKind::kUnsupported, "{} cannot be read: {}", what, ::zip_strerror(handle_->zip));
  }
  std::string bytes = drain(member.get(), zstd ? facts.comp_size : facts.size, what);
  if (!zstd) return bytes;  // libzip has compared the sum
  bytes = unpack_zstd(bytes, facts.size, what);
  const auto* data = reinterpret_cast<const Bytef*>(bytes.data());
  if (::crc32_z(0, data, bytes.size()) != facts.crc) {
    fail(ErrorKind::kBadFile, "{} is damaged: its checksum differs", what);
  }
  return bytes;
}

}  // namespace sightline
