// A checkpoint in memory: tensors by name, a config, and random weights of a Llama.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "tensor/checkpoint.h"

namespace sightline {

class MemoryCheckpoint : public Checkpoint {
 public:
  MemoryCheckpoint() : Checkpoint("memory") {}

  std::vector<std::string> names() const override;
  bool contains(const std::string& name) const override { return tensors.contains(name); }
  std::vector<std::int64_t> shape(const std::string& name) const override;
  std::filesystem::path file_of(const std::string&) const override { return "memory"; }
  at::Tensor tensor(const std::string& name,
                    std::optional<at::ScalarType> dtype = {}) const override;
  Json config() const override { return document; }

  // A seeded random tensor of `scale`.
  void random(const std::string& name, std::vector<std::int64_t> shape, double scale);

  std::map<std::string, at::Tensor> tensors;
  Json document = Json::object();
  at::ScalarType dtype = at::kFloat;
  std::uint64_t seed = 1;
};

// A Llama of odd sizes: width 40, 6 query heads on 2 key heads of width 10, 3 blocks, F 52, V 67.
// Its tensors are named PREFIXmodel.… and PREFIXlm_head.weight.
std::shared_ptr<MemoryCheckpoint> tiny_llama(at::ScalarType dtype = at::kFloat,
                                             const std::string& prefix = "");

// The same with a CLIP tower (image 13, patch 4, width 24) in front, as llava-hf writes it.
std::shared_ptr<MemoryCheckpoint> tiny_llava(at::ScalarType dtype = at::kFloat);

// Same sizes and same bits.
bool same_bits(const at::Tensor& a, const at::Tensor& b);

// max |a - b| over max |b|.
double relative_error(const at::Tensor& a, const at::Tensor& b);

}  // namespace sightline
