// Members of a ZIP archive that is not trusted: stored, deflated, or Zstandard of any number of
// frames (method 93, which libzip here does not read by itself).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace sightline {

inline constexpr std::uint64_t kMaxZipMemberBytes = std::uint64_t{256} << 20;
inline constexpr std::uint64_t kMaxZipMembers = 1'000'000;
inline constexpr std::uint64_t kMaxZipBytes = std::uint64_t{4} << 30;  // all members, decompressed

class ZipArchive {
 public:
  // Throws Error: kNotFound, kBadFile (also for more members or bytes than the limits above).
  explicit ZipArchive(const std::filesystem::path& file);
  ~ZipArchive();
  ZipArchive(const ZipArchive&) = delete;
  ZipArchive& operator=(const ZipArchive&) = delete;

  const std::vector<std::string>& names() const { return names_; }  // in the archive's order
  bool has(const std::string& name) const;

  // The whole member, decompressed. Throws Error{kBadFile} for one that is not there, is damaged
  // or larger than kMaxZipMemberBytes, kUnsupported for another method or encryption.
  std::string read(const std::string& name) const;

 private:
  struct Handle;

  std::filesystem::path file_;
  std::unique_ptr<Handle> handle_;
  std::vector<std::string> names_;
};

}  // namespace sightline
