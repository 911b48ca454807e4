// Weights taken by name, strictly: a missing key, another shape or an unused tensor is an error.
//
//   const WeightScope weights(Checkpoint::open(folder), {.dtype = at::kBFloat16});
//   const WeightScope layer = weights.in("model.layers.3");
//   Tensor q = layer.take("self_attn.q_proj.weight", {D, D});
//   weights.finish({"*.rotary_emb.inv_freq"});
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightline {

class Checkpoint;

struct WeightOptions {
  std::optional<at::ScalarType> dtype = {};  // of floating tensors; empty: as stored
  at::Device device = at::kCPU;
};

// A prefix into a checkpoint. Copies share the record of what was taken. Thread-safe.
class WeightScope {
 public:
  explicit WeightScope(std::shared_ptr<const Checkpoint> checkpoint, WeightOptions options = {});

  // The scope below: in("layers.3").in("mlp") ≡ in("layers.3.mlp"); in("") is this scope.
  WeightScope in(std::string_view name) const;

  // The tensor PREFIX.key. A negative extent of `shape` accepts any. Throws kNotFound with the full
  // key and the file, or kShape with key, wanted and found shape and file. On the CPU and in its
  // stored dtype it is mapped READ ONLY. Taking a key again is allowed (tied weights).
  at::Tensor take(std::string_view key, at::IntArrayRef shape) const;

  // The same with a dtype of its own instead of the scope's.
  at::Tensor take_as(std::string_view key, at::IntArrayRef shape, at::ScalarType dtype) const;

  // The same, or an undefined tensor when the key is absent.
  at::Tensor take_if(std::string_view key, at::IntArrayRef shape) const;

  bool has(std::string_view key) const;         // PREFIX.key exists
  bool has_scope(std::string_view name) const;  // some PREFIX.name.… exists

  // Marks a key as used without reading it.
  void skip(std::string_view key) const;

  // Throws kBadFile listing tensors under this scope that nobody took (count and the first few),
  // unless their full name matches a pattern of `ignorable`, where '*' stands for any text.
  void finish(const std::vector<std::string>& ignorable = {}) const;

  const std::string& prefix() const { return prefix_; }
  const Checkpoint& checkpoint() const;
  const WeightOptions& options() const;

 private:
  struct State;
  WeightScope(std::shared_ptr<State> state, std::string prefix);
  std::string full_key(std::string_view key) const;
  at::Tensor take_full(const std::string& key, at::IntArrayRef shape,
                       std::optional<at::ScalarType> dtype) const;

  std::shared_ptr<State> state_;
  std::string prefix_;  // "" or "model.layers.3"
};

}  // namespace sightline
