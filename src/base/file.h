// Files in and out: bounded reads, read-only mappings, writes that are whole or absent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace sightline {

// Whole file as bytes. Throws kNotFound when absent, kBadFile when it is a folder, unreadable, or
// larger than `max_bytes`.
std::string read_file(const std::filesystem::path& file, std::size_t max_bytes);

// A read-only mapping; pages stay valid while the object (or a copy of the pointer) lives.
// Thread-safe. Throws like read_file.
class MappedFile {
 public:
  static std::shared_ptr<const MappedFile> open(const std::filesystem::path& file);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::span<const std::byte> bytes() const { return {data_, size_}; }
  const std::filesystem::path& path() const { return path_; }

 private:
  MappedFile(std::filesystem::path path, const std::byte* data, std::size_t size);

  std::filesystem::path path_;
  const std::byte* data_;
  std::size_t size_;
};

// Writes to a sibling "NAME.tmp-PID-N", then renames: readers see the old file or the new one,
// never a part. commit() must be called; destruction without it removes the temporary. A full disk
// or a read-only folder throws kBadFile with the system's reason.
class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path target);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(std::span<const std::byte> bytes);
  void write(std::string_view text);
  void commit();  // flushes to disk and renames

 private:
  std::filesystem::path target_;
  std::filesystem::path temporary_;
  int descriptor_ = -1;
};

void write_file_atomically(const std::filesystem::path& file, std::string_view text);

// Creates the folder and its parents; throws kBadFile naming the folder and the system's reason.
void make_folder(const std::filesystem::path& folder);

// SIGHTLINE_CACHE, else XDG_CACHE_HOME/sightline, else ~/.cache/sightline. Not created.
std::filesystem::path cache_folder();

}  // namespace sightline
