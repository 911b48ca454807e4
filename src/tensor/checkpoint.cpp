#include "tensor/checkpoint.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/json.h"
#include "sightline/error.h"
#include "tensor/gguf.h"
#include "tensor/gguf_llama.h"
#include "tensor/safetensors.h"
#include "tensor/shapes.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSingle = "model.safetensors";
constexpr const char* kIndex = "model.safetensors.index.json";

[[noreturn]] void no_such_tensor(const fs::path& path, const std::string& name) {
  fail(ErrorKind::kNotFound, "{}: no tensor '{}'", path, name);
}

// One safetensors file, or several named by an index.
class SafetensorsCheckpoint : public Checkpoint {
 public:
  SafetensorsCheckpoint(fs::path path, fs::path folder)
      : Checkpoint(std::move(path)), folder_(std::move(folder)) {}

  void add_whole(const fs::path& file) {
    const auto opened = SafetensorsFile::open(file);
    for (const std::string& name : opened->names()) where_.emplace(name, opened);
  }

  void add_index(const fs::path& index);

  std::vector<std::string> names() const override {
    std::vector<std::string> out;
    out.reserve(where_.size());
    for (const auto& [name, file] : where_) out.push_back(name);
    return out;
  }
  bool contains(const std::string& name) const override { return where_.contains(name); }
  std::vector<std::int64_t> shape(const std::string& name) const override {
    return holder(name).entry(name).shape;
  }
  fs::path file_of(const std::string& name) const override { return holder(name).origin(); }
  at::Tensor tensor(const std::string& name, std::optional<at::ScalarType> dtype) const override {
    return to_floating_dtype(holder(name).tensor(name), dtype);
  }
  Json config() const override { return read_json(folder_ / "config.json"); }

 private:
  const SafetensorsFile& holder(const std::string& name) const {
    const auto found = where_.find(name);
    if (found == where_.end()) no_such_tensor(path(), name);
    return *found->second;
  }

  fs::path folder_;
  std::map<std::string, std::shared_ptr<const SafetensorsFile>> where_;
};

// A shard is a file name beside its index, nothing else: an index must not reach other folders.
void check_shard_name(const std::string& shard, const fs::path& index) {
  const bool plain = !shard.empty() && shard != "." && shard != ".." &&
                     shard.find_first_of(std::string_view("/\\\0", 3)) == std::string::npos;
  if (!plain) {
    fail(ErrorKind::kBadFile, "{}: shard '{}' is not a plain file name", index, shard);
  }
}

void SafetensorsCheckpoint::add_index(const fs::path& index) {
  const std::string origin = index.string();
  const Json weight_map = json_get<Json>(read_json(index), "weight_map", origin);
  if (!weight_map.is_object()) {
    fail(ErrorKind::kBadFile, "{}: weight_map should be an object", origin);
  }
  std::map<std::string, std::shared_ptr<const SafetensorsFile>> shards;
  for (const auto& [name, value] : weight_map.items()) {
    if (!value.is_string()) {
      fail(ErrorKind::kBadFile, "{}: the shard of '{}' should be a string", origin, name);
    }
    const auto shard = value.get<std::string>();
    auto& file = shards[shard];
    if (file == nullptr) {
      check_shard_name(shard, index);
      if (!fs::exists(index.parent_path() / shard)) {
        fail(ErrorKind::kNotFound, "{}: shard '{}' is missing", origin, shard);
      }
      file = SafetensorsFile::open(index.parent_path() / shard);
    }
    if (!file->contains(name)) {
      fail(ErrorKind::kBadFile, "{}: tensor '{}' is not in its shard '{}'", origin, name, shard);
    }
    where_.emplace(name, file);
  }
  for (const auto& [shard, file] : shards) {
    for (const std::string& name : file->names()) {
      if (!where_.contains(name)) {
        fail(ErrorKind::kBadFile, "{}: tensor '{}' of shard '{}' is not in the index", origin, name,
             shard);
      }
    }
  }
}

// A GGUF file under Hugging Face names and row order.
class GgufCheckpoint : public Checkpoint {
 public:
  explicit GgufCheckpoint(const fs::path& file)
      : Checkpoint(file), file_(GgufFile::open(file)), view_(file_) {}

  std::vector<std::string> names() const override { return view_.names(); }
  bool contains(const std::string& name) const override { return view_.contains(name); }
  std::vector<std::int64_t> shape(const std::string& name) const override {
    return view_.info(name).shape;
  }
  fs::path file_of(const std::string&) const override { return path(); }
  at::Tensor tensor(const std::string& name, std::optional<at::ScalarType> dtype) const override {
    return to_floating_dtype(view_.tensor(name), dtype);
  }
  Json config() const override { return gguf_to_hf_config(*file_); }
  std::shared_ptr<const GgufFile> gguf() const override { return file_; }

 private:
  std::shared_ptr<const GgufFile> file_;
  GgufLlama view_;
};

std::shared_ptr<const Checkpoint> open_safetensors(const fs::path& path, const fs::path& folder) {
  auto checkpoint = std::make_shared<SafetensorsCheckpoint>(path, folder);
  if (fs::is_directory(path)) {
    if (fs::exists(path / kSingle))
      checkpoint->add_whole(path / kSingle);
    else
      checkpoint->add_index(path / kIndex);
  } else if (path.extension() == ".json") {
    checkpoint->add_index(path);
  } else {
    checkpoint->add_whole(path);
  }
  return checkpoint;
}

std::shared_ptr<const Checkpoint> open_folder(const fs::path& folder) {
  if (fs::exists(folder / kSingle) || fs::exists(folder / kIndex)) {
    return open_safetensors(folder, folder);
  }
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".gguf") found.push_back(entry.path());
  }
  if (found.size() == 1) return std::make_shared<GgufCheckpoint>(found[0]);
  if (found.size() > 1) {
    fail_with_hint(ErrorKind::kUsage, "give the path of one of them",
                   "'{}' holds {} GGUF files, wanted one", folder, found.size());
  }
  fail(ErrorKind::kNotFound, "'{}' holds no {}, no {} and no .gguf file", folder, kSingle, kIndex);
}

}  // namespace

std::shared_ptr<const Checkpoint> Checkpoint::open(const fs::path& path) try {
  if (!fs::exists(path)) fail(ErrorKind::kNotFound, "no model at '{}'", path);
  if (fs::is_directory(path)) return open_folder(path);
  if (path.extension() == ".gguf") return std::make_shared<GgufCheckpoint>(path);
  if (path.extension() == ".safetensors" || path.string().ends_with(".index.json")) {
    return open_safetensors(path, path.parent_path());
  }
  fail(ErrorKind::kUnsupported, "'{}' is neither .safetensors, .safetensors.index.json nor .gguf",
       path);
} catch (const fs::filesystem_error& e) {
  fail(ErrorKind::kBadFile, "cannot look at '{}': {}", path, e.code().message());
}

at::Tensor to_floating_dtype(const at::Tensor& tensor, std::optional<at::ScalarType> dtype) {
  if (!dtype || !tensor.is_floating_point()) return tensor;
  return tensor.to(*dtype);
}

}  // namespace sightline
