#include "tensor/gguf_llama.h"

#include <algorithm>
#include <array>

#include "sightline/error.h"
#include "tensor/shapes.h"

namespace sightline {
namespace {

// llama.cpp's precomputed rotary factors: configuration, not a weight.
constexpr std::string_view kRopeFactors = "rope_freqs.weight";

constexpr std::int64_t kMaxHeads = 1 << 20;

struct Renamed {
  std::string_view gguf;
  std::string_view hf;
};

constexpr std::array kTop = {
    Renamed{"token_embd", "model.embed_tokens"},
    Renamed{"output_norm", "model.norm"},
    Renamed{"output", "lm_head"},
};

constexpr std::array kBlock = {
    Renamed{"attn_norm", "input_layernorm"},    Renamed{"attn_q", "self_attn.q_proj"},
    Renamed{"attn_k", "self_attn.k_proj"},      Renamed{"attn_v", "self_attn.v_proj"},
    Renamed{"attn_output", "self_attn.o_proj"}, Renamed{"ffn_norm", "post_attention_layernorm"},
    Renamed{"ffn_gate", "mlp.gate_proj"},       Renamed{"ffn_up", "mlp.up_proj"},
    Renamed{"ffn_down", "mlp.down_proj"},
};

template <std::size_t N>
std::string_view renamed(const std::array<Renamed, N>& table, std::string_view stem) {
  for (const Renamed& row : table) {
    if (row.gguf == stem) return row.hf;
  }
  return {};
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::string gguf_to_hf_name(std::string_view name) {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos) return std::string(name);
  const std::string_view kind = name.substr(dot);  // ".weight", ".bias"
  const std::string_view stem = name.substr(0, dot);
  if (kind != ".weight" && kind != ".bias") return std::string(name);
  if (const auto top = renamed(kTop, stem); !top.empty()) return std::string(top).append(kind);

  const auto second = stem.find('.', 4);
  if (!stem.starts_with("blk.") || second == std::string_view::npos) return std::string(name);
  const std::string_view layer = stem.substr(4, second - 4);
  const std::string_view inner = renamed(kBlock, stem.substr(second + 1));
  if (!all_digits(layer) || inner.empty()) return std::string(name);
  return "model.layers." + std::string(layer) + "." + std::string(inner) + std::string(kind);
}

at::Tensor undo_rotary_permutation(const at::Tensor& rows, std::int64_t heads) {
  std::vector<std::int64_t> split = rows.sizes().vec();  // [heads * K, ...]
  split.erase(split.begin());
  split.insert(split.begin(), {heads, rows.size(0) / heads / 2, 2});
  return rows.reshape(split).transpose(1, 2).reshape(rows.sizes());  // [heads, 2, K / 2, ...]
}

GgufLlama::GgufLlama(std::shared_ptr<const GgufFile> file) : file_(std::move(file)) {
  const std::string architecture = file_->at("general.architecture").as_string();
  if (architecture != "llama") {
    fail(ErrorKind::kUnsupported, "{}: GGUF architecture '{}', only 'llama' is read",
         file_->origin(), architecture);
  }
  query_heads_ = file_->at("llama.attention.head_count").as_int();
  key_heads_ = file_->int_or("llama.attention.head_count_kv", query_heads_);
  if (std::min(query_heads_, key_heads_) < 1 || std::max(query_heads_, key_heads_) > kMaxHeads) {
    fail(ErrorKind::kBadFile, "{}: {} query heads and {} key heads, wanted 1 to {}",
         file_->origin(), query_heads_, key_heads_, kMaxHeads);
  }
  for (const auto& [name, info] : file_->tensors()) {
    if (name == kRopeFactors) continue;
    const std::string hf = gguf_to_hf_name(name);
    const std::int64_t heads = rotary_heads(hf);
    if (heads > 0 && (info.shape.empty() || info.shape[0] % (2 * heads) != 0)) {
      fail(ErrorKind::kShape, "{}: tensor '{}' is {}, wanted rows for {} heads", file_->origin(),
           name, shape_text(info.shape), heads);
    }
    if (!gguf_names_.emplace(hf, name).second) {
      fail(ErrorKind::kBadFile, "{}: two tensors are called '{}'", file_->origin(), hf);
    }
  }
}

std::int64_t GgufLlama::rotary_heads(std::string_view name) const {
  if (name.find(".self_attn.q_proj.") != std::string_view::npos) return query_heads_;
  if (name.find(".self_attn.k_proj.") != std::string_view::npos) return key_heads_;
  return 0;
}

std::vector<std::string> GgufLlama::names() const {
  std::vector<std::string> out;
  out.reserve(gguf_names_.size());
  for (const auto& [hf, gguf] : gguf_names_) out.push_back(hf);
  return out;
}

const std::string& GgufLlama::gguf_name(const std::string& name) const {
  const auto found = gguf_names_.find(name);
  if (found == gguf_names_.end()) {
    fail(ErrorKind::kNotFound, "{}: no tensor '{}'", file_->origin(), name);
  }
  return found->second;
}

const GgufTensorInfo& GgufLlama::info(const std::string& name) const {
  return file_->tensors().at(gguf_name(name));
}

at::Tensor GgufLlama::tensor(const std::string& name) const {
  const at::Tensor stored = file_->tensor(gguf_name(name));
  const std::int64_t heads = rotary_heads(name);
  return heads > 0 ? undo_rotary_permutation(stored, heads) : stored;
}

}  // namespace sightline
