// A model's weights on disk under their Hugging Face names, whatever the container:
// model.safetensors, a sharded model.safetensors.index.json, or a GGUF file.
//
//   const auto weights = Checkpoint::open("path/to/model");
//   const at::Tensor table = weights->tensor("model.embed_tokens.weight", at::kBFloat16);
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace sightline {

class GgufFile;

// Immutable and thread-safe once opened.
class Checkpoint {
 public:
  // `path`: a model folder (model.safetensors, else the index, else exactly one *.gguf), or one
  // .safetensors, .safetensors.index.json or .gguf file. Throws kNotFound when there are no
  // weights or a shard is missing, kBadFile for a damaged container, kUnsupported for a foreign
  // one.
  static std::shared_ptr<const Checkpoint> open(const std::filesystem::path& path);

  virtual ~Checkpoint() = default;

  virtual std::vector<std::string> names() const = 0;  // sorted
  virtual bool contains(const std::string& name) const = 0;
  virtual std::vector<std::int64_t> shape(const std::string& name) const = 0;

  // The file that holds `name`, for messages.
  virtual std::filesystem::path file_of(const std::string& name) const = 0;

  // CPU tensor, row-major. Without `dtype` as stored (quantised GGUF blocks: float32). The stored
  // dtype costs no copy and is mapped READ ONLY; another floating dtype is converted; integer and
  // boolean tensors keep their dtype. Throws kNotFound naming key and file.
  virtual at::Tensor tensor(const std::string& name,
                            std::optional<at::ScalarType> dtype = {}) const = 0;

  // config.json of the folder, or its equivalent made from GGUF metadata.
  virtual nlohmann::json config() const = 0;

  // The GGUF file with its metadata (tokenizer.ggml.*), null for safetensors.
  virtual std::shared_ptr<const GgufFile> gguf() const { return nullptr; }

  // What was opened: folder or file.
  const std::filesystem::path& path() const { return path_; }

 protected:
  explicit Checkpoint(std::filesystem::path path) : path_(std::move(path)) {}

 private:
  std::filesystem::path path_;
};

// `tensor` in `dtype` if both are floating, else unchanged; equal dtypes cost nothing.
at::Tensor to_floating_dtype(const at::Tensor& tensor, std::optional<at::ScalarType> dtype);

}  // namespace sightline
