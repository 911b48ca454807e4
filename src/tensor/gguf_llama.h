// GGUF files of architecture "llama" seen as Hugging Face checkpoints: names, row order, config.
#pragma once

#include <ATen/core/Tensor.h>

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace sightline {

class GgufFile;

// "blk.3.attn_q.weight" → "model.layers.3.self_attn.q_proj.weight"; a name without counterpart is
// returned unchanged, so that a strict scope reports it.
std::string gguf_to_hf_name(std::string_view name);

// Undoes llama.cpp's interleaved rotary row order, giving Hugging Face's rotate-half order.
// rows: [heads * K, ...] → the same shape.
at::Tensor undo_rotary_permutation(const at::Tensor& rows, std::int64_t heads);

// config.json of LlamaForCausalLM from metadata and tensor table. Throws kUnsupported for another
// architecture or a form we do not compute, kBadFile for missing or contradicting values.
nlohmann::json gguf_to_hf_config(const GgufFile& file);

}  // namespace sightline
