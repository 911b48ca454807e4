// GGUF files of architecture "llama" seen as Hugging Face checkpoints: names, row order, config.
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tensor/gguf.h"

namespace sightline {

// "blk.3.attn_q.weight" → "model.layers.3.self_attn.q_proj.weight"; a name without counterpart is
// returned unchanged, so that a strict scope reports it.
std::string gguf_to_hf_name(std::string_view name);

// Undoes llama.cpp's interleaved rotary row order, giving Hugging Face's rotate-half order.
// rows: [heads * K, ...] → the same shape.
at::Tensor undo_rotary_permutation(const at::Tensor& rows, std::int64_t heads);

// The tensors of a llama GGUF under their Hugging Face names and row order. Immutable, thread-safe.
// Metadata that llama.cpp keeps as a tensor (rope_freqs.weight) is not among them.
class GgufLlama {
 public:
  // Throws kUnsupported for another architecture, kBadFile when the head counts do not fit.
  explicit GgufLlama(std::shared_ptr<const GgufFile> file);

  std::vector<std::string> names() const;  // sorted
  bool contains(const std::string& name) const { return gguf_names_.contains(name); }
  const GgufTensorInfo& info(const std::string& name) const;  // throws kNotFound
  at::Tensor tensor(const std::string& name) const;           // throws kNotFound

 private:
  const std::string& gguf_name(const std::string& name) const;
  std::int64_t rotary_heads(std::string_view name) const;  // 0: rows are in order already

  std::shared_ptr<const GgufFile> file_;
  std::int64_t query_heads_ = 0;
  std::int64_t key_heads_ = 0;
  std::map<std::string, std::string> gguf_names_;  // by Hugging Face name
};

// config.json of LlamaForCausalLM from metadata and tensor table. Throws kUnsupported for another
// architecture or a form we do not compute, kBadFile for missing or contradicting values.
nlohmann::json gguf_to_hf_config(const GgufFile& file);

}  // namespace sightline
