#include "nn/attention.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/bmm.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/scaled_dot_product_attention.h>
#include <ATen/ops/tensor.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>

#include "nn/row_functions.h"
#include "tensor/weight_scope.h"

namespace sightline {
namespace {

kernels::CacheType cache_type(const KvCache& cache) {
  return cache.dtype() == at::kFloat ? kernels::CacheType::kF32 : kernels::CacheType::kBf16;
}

// G → H in dimension `at`: every key/value head once for each of its query heads.
Tensor repeat_heads(const Tensor& x, std::int64_t heads, std::int64_t at) {
  return x.size(at) == heads ? x : x.repeat_interleave(heads / x.size(at), at);
}

// Most scores [B, H, T, T] for which attention is spelt out. Above, their memory counts; below, the
// tiled function's backward pass on the CPU costs several times as much.
constexpr std::int64_t kSpeltOut = 8 << 20;

// q: [B, H, T, K]; k, v: [B, G, T, K] → [B, H, T, K], each row seeing itself and those before it.
Tensor causal_attention(const Tensor& q, const Tensor& k, const Tensor& v) {
  const std::int64_t heads = q.size(1);
  const std::int64_t length = q.size(2);
  if (q.size(0) * heads * length * length > kSpeltOut || !has_row_functions(q)) {
    return at::scaled_dot_product_attention(q, repeat_heads(k, heads, 1), repeat_heads(v, heads, 1),
                                            std::nullopt, /*dropout_p=*/0, /*is_causal=*/true);
  }
  // The queries of one key/value head below each other: nothing is repeated.
  const std::int64_t groups = q.size(0) * k.size(1);
  const auto grouped = [&](const Tensor& t) { return t.reshape({groups, -1, t.size(3)}); };
  const double scale = 1 / std::sqrt(static_cast<double>(q.size(3)));
  const Tensor scores = at::bmm(grouped(q), grouped(k).transpose(1, 2));  // [B G, H/G T, T]
  return at::bmm(causal_softmax_rows(scores, scale), grouped(v)).view(q.sizes());
}

// Sequences side by side, each filled up on the right, where causal attention never looks.
class PaddedRows {
 public:
  PaddedRows(std::span<const SequenceRows> sequences, const at::Device& device)
      : count_(static_cast<std::int64_t>(sequences.size())) {
    for (const SequenceRows& s : sequences) longest_ = std::max(longest_, s.count);
    std::vector<std::int64_t> from;  // packed row of each padded one; fillings repeat a real row
    std::vector<std::int64_t> to;    // padded row of each packed one
    for (std::int64_t i = 0; i < count_; ++i) {
      const SequenceRows& s = sequences[static_cast<std::size_t>(i)];
      for (std::int64_t t = 0; t < longest_; ++t) {
        from.push_back(s.begin + std::min(t, s.count - 1));
        if (t < s.count) to.push_back(i * longest_ + t);
      }
    }
    full_ = from.size() == to.size();
    from_ = at::tensor(from).to(device);
    to_ = at::tensor(to).to(device);
  }

  // [M, H, K] → [B, T, H, K]
  Tensor pad(const Tensor& rows) const {
    return take(rows, from_).view({count_, longest_, rows.size(1), rows.size(2)});
  }

  // [B, T, H, K] → [M, H K]
  Tensor unpad(const Tensor& padded) const { return take(padded.flatten(0, 1), to_); }

 private:
  // An embedding look-up: on the CPU its backward is the one gather that runs in parallel.
  Tensor take(const Tensor& rows, const Tensor& index) const {
    const Tensor flat = rows.reshape({rows.size(0), -1});
    return full_ ? flat : at::embedding(flat, index);
  }

  std::int64_t count_;
  std::int64_t longest_ = 0;
  bool full_ = false;  // all are equally long
  Tensor from_, to_;
};

// The filled rows and the new ones, [G, position + T, K]; the new ones keep their gradient.
Tensor with_past(const Tensor& room, std::int64_t position, const Tensor& fresh) {
  room.narrow(1, position, fresh.size(1)).copy_(fresh.detach());
  if (position == 0) return fresh;
  return at::cat({room.narrow(1, 0, position).to(fresh.scalar_type()), fresh}, 1);
}

}  // namespace

Attention::Attention(const WeightScope& weights, const AttentionConfig& config, int layer,
                     WeightFormat format)
    : config_(config),
      layer_(layer),
      query_(Linear::take(weights.in("q_proj"),
                          {config.heads * config.head_width, config.width, config.input_bias},
                          format)),
      key_(Linear::take(weights.in("k_proj"),
                        {config.kv_heads * config.head_width, config.width, config.input_bias},
                        format)),
      value_(Linear::take(weights.in("v_proj"),
                          {config.kv_heads * config.head_width, config.width, config.input_bias},
                          format)),
      output_(Linear::take(weights.in("o_proj"),
                           {config.width, config.heads * config.head_width, config.output_bias},
                           format)) {}

Attention Attention::take(const WeightScope& weights, const AttentionConfig& config, int layer,
                          WeightFormat format) {
  return Attention(weights, config, layer, format);
}

void Attention::append(const SequenceRows& sequence, const float* keys, std::int64_t stride) const {
  const std::int64_t width = config_.kv_heads * config_.head_width;
  KvCache& cache = *sequence.cache;
  const auto put = [&](const float* rows, void* room) {
    kernels::append_to_cache(rows, sequence.count, stride, config_.kv_heads, config_.head_width,
                             sequence.position, cache.capacity(), cache_type(cache), room);
  };
  put(keys, cache.key_data(layer_));
  put(keys + width, cache.value_data(layer_));
}

void Attention::mix(const Tensor& x, AttentionPass& pass) const {
  const std::array<const Linear*, 3> parts{&query_, &key_, &value_};
  linear_group(parts, x, pass.qkv);  // [M, (H + 2G) K]
  float* qkv = pass.qkv.mutable_data_ptr<float>();
  const std::int64_t stride = pass.qkv.size(1);
  kernels::rotate_half(qkv, x.size(0), stride, config_.heads + config_.kv_heads, config_.head_width,
                       pass.rotary.cosines.const_data_ptr<float>(),
                       pass.rotary.sines.const_data_ptr<float>());

  const std::int64_t out_stride = pass.mixed.size(1);
  pass.tasks.clear();
  for (const SequenceRows& sequence : pass.context.sequences) {
    const float* row = qkv + sequence.begin * stride;
    append(sequence, row + config_.heads * config_.head_width, stride);
    pass.tasks.push_back({.q = row,
                          .out = pass.mixed.mutable_data_ptr<float>() + sequence.begin * out_stride,
                          .keys = sequence.cache->key_data(layer_),
                          .values = sequence.cache->value_data(layer_),
                          .capacity = sequence.cache->capacity(),
                          .position = sequence.position,
                          .count = sequence.count});
  }
  kernels::attention({.heads = config_.heads,
                      .kv_heads = config_.kv_heads,
                      .head_width = config_.head_width,
                      .q_stride = stride,
                      .out_stride = out_stride,
                      .scale = 1 / std::sqrt(static_cast<float>(config_.head_width)),
                      .cache = cache_type(*pass.context.sequences.front().cache)},
                     pass.tasks);
}

Tensor Attention::plain_sequence(const SequenceRows& sequence, const Tensor& q, const Tensor& k,
                                 const Tensor& v) const {
  // q: [T, H, K]; k, v: [T, G, K]
  const Tensor keys = with_past(sequence.cache->keys(layer_), sequence.position, k.transpose(0, 1));
  const Tensor values =
      with_past(sequence.cache->values(layer_), sequence.position, v.transpose(0, 1));
  const Tensor visible = at::ones({sequence.count, sequence.position + sequence.count},
                                  q.options().dtype(at::kBool))
                             .tril(sequence.position);  // [T, position + T]
  return at::scaled_dot_product_attention(
             q.transpose(0, 1).unsqueeze(0), repeat_heads(keys, config_.heads, 0).unsqueeze(0),
             repeat_heads(values, config_.heads, 0).unsqueeze(0), visible)  // [1, H, T, K]
      .squeeze(0)
      .transpose(0, 1)
      .reshape({sequence.count, -1});  // [T, H K]
}

Tensor Attention::attend_together(const ForwardContext& context, const Tensor& q, const Tensor& k,
                                  const Tensor& v) const {
  const PaddedRows padded(context.sequences, q.device());
  const auto own = [&](const Tensor& t) { return padded.pad(t).transpose(1, 2); };
  const Tensor mixed = causal_attention(own(q), own(k), own(v));
  return padded.unpad(mixed.transpose(1, 2));  // [M, H K]
}

Tensor Attention::plain(const Tensor& x, const ForwardContext& context,
                        const RotaryRows& rotary) const {
  const std::int64_t rows = x.size(0);
  const auto heads = [&](const Linear& linear, std::int64_t count) {
    return linear.plain(x).view({rows, count, config_.head_width});  // [M, heads, K]
  };
  const Tensor q = Rotary::plain(heads(query_, config_.heads), rotary);
  const Tensor k = Rotary::plain(heads(key_, config_.kv_heads), rotary);
  const Tensor v = heads(value_, config_.kv_heads);
  if (context.sequences.front().cache == nullptr) {
    return output_.plain(attend_together(context, q, k, v));
  }
  std::vector<Tensor> mixed;
  for (const SequenceRows& sequence : context.sequences) {
    const auto own = [&](const Tensor& t) { return t.narrow(0, sequence.begin, sequence.count); };
    mixed.push_back(plain_sequence(sequence, own(q), own(k), own(v)));
  }
  return output_.plain(at::cat(mixed, 0));  // [M, D]
}

void Attention::visit(const std::string& path, WeightVisitor& visitor) {
  query_.visit(path + ".q_proj", visitor);
  key_.visit(path + ".k_proj", visitor);
  value_.visit(path + ".v_proj", visitor);
  output_.visit(path + ".o_proj", visitor);
}

}  // namespace sightline
