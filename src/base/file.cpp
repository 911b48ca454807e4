#include "base/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "sightline/error.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

std::string reason() { return std::strerror(errno); }

// An open descriptor of a regular file with its size, closed on scope exit.
class ReadHandle {
 public:
  explicit ReadHandle(const fs::path& file)
      : descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) {
      fail(errno == ENOENT ? ErrorKind::kNotFound : ErrorKind::kBadFile, "cannot open '{}': {}",
           file, reason());
    }
    struct stat info {};
    const bool regular = ::fstat(descriptor_, &info) == 0 && S_ISREG(info.st_mode);
    if (!regular) {
      ::close(descriptor_);
      fail(ErrorKind::kBadFile, "'{}' is not a regular file", file);
    }
    size_ = static_cast<std::size_t>(info.st_size);
  }
  ~ReadHandle() { ::close(descriptor_); }
  ReadHandle(const ReadHandle&) = delete;
  ReadHandle& operator=(const ReadHandle&) = delete;

  int descriptor() const { return descriptor_; }
  std::size_t size() const { return size_; }

 private:
  int descriptor_;
  std::size_t size_ = 0;
};

}  // namespace

std::string read_file(const fs::path& file, std::size_t max_bytes) {
  const ReadHandle handle(file);
  if (handle.size() > max_bytes) {
    fail(ErrorKind::kBadFile, "'{}' has {} bytes, at most {} are read", file, handle.size(),
         max_bytes);
  }
  std::string content(handle.size(), '\0');
  std::size_t done = 0;
  while (done < content.size()) {
    const ssize_t got = ::read(handle.descriptor(), content.data() + done, content.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(ErrorKind::kBadFile, "cannot read '{}': {}", file, reason());
    if (got == 0) break;  // the file shrank meanwhile
    done += static_cast<std::size_t>(got);
  }
  content.resize(done);
  return content;
}

std::shared_ptr<const MappedFile> MappedFile::open(const fs::path& file) {
  const ReadHandle handle(file);
  const std::byte* data = nullptr;
  if (handle.size() > 0) {
    void* pages = ::mmap(nullptr, handle.size(), PROT_READ, MAP_PRIVATE, handle.descriptor(), 0);
    if (pages == MAP_FAILED) fail(ErrorKind::kBadFile, "cannot map '{}': {}", file, reason());
    data = static_cast<const std::byte*>(pages);
  }
  return std::shared_ptr<const MappedFile>(new MappedFile(file, data, handle.size()));
}

MappedFile::MappedFile(fs::path path, const std::byte* data, std::size_t size)
    : path_(std::move(path)), data_(data), size_(size) {}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<std::byte*>(data_), size_);
}

AtomicFile::AtomicFile(fs::path target) : target_(std::move(target)) {
  static std::atomic<unsigned> counter{0};
  temporary_ = target_;
  temporary_ += ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(counter++);
  descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor_ < 0) {
    fail(ErrorKind::kBadFile, "cannot write '{}': {}", target_, reason());
  }
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
  }
}

void AtomicFile::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(descriptor_, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) fail(ErrorKind::kBadFile, "cannot write '{}': {}", target_, reason());
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
}

void AtomicFile::write(std::string_view text) {
  write(std::as_bytes(std::span(text.data(), text.size())));
}

void AtomicFile::commit() {
  if (::fsync(descriptor_) != 0 && errno != EINVAL) {
    fail(ErrorKind::kBadFile, "cannot write '{}': {}", target_, reason());
  }
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) {
    fail(ErrorKind::kBadFile, "cannot write '{}': {}", target_, reason());
  }
  ::close(descriptor_);
  descriptor_ = -1;
}

void write_file_atomically(const fs::path& file, std::string_view text) {
  AtomicFile out(file);
  out.write(text);
  out.commit();
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) fail(ErrorKind::kBadFile, "cannot create folder '{}': {}", folder, error.message());
}

fs::path cache_folder() {
  if (const char* own = std::getenv("SIGHTLINE_CACHE"); own != nullptr && *own != '\0') return own;
  if (const char* xdg = std::getenv("XDG_CACHE_HOME"); xdg != nullptr && *xdg != '\0') {
    return fs::path(xdg) / "sightline";
  }
  const char* home = std::getenv("HOME");
  return fs::path(home != nullptr ? home : "/") / ".cache" / "sightline";
}

}  // namespace sightline
