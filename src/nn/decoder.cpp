#include "nn/decoder.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>

#include <memory>
#include <string>
#include <utility>

#include "sightline/error.h"
#include "tensor/shapes.h"
#include "tensor/weight_scope.h"

namespace sightline {
namespace {

void fill_caches(const ForwardContext& context) {
  for (const SequenceRows& s : context.sequences) {
    if (s.cache != nullptr) s.cache->set_length(s.position + s.count);
  }
}

}  // namespace

DecoderBlock::DecoderBlock(const WeightScope& weights, const DecoderConfig& config, int layer,
                           WeightFormat format)
    : layer_(layer),
      attention_norm_(
          RmsNorm::take(weights.in("input_layernorm"), config.attention.width, config.norm_eps)),
      attention_(Attention::take(weights.in("self_attn"), config.attention, layer, format)),
      mlp_norm_(RmsNorm::take(weights.in("post_attention_layernorm"), config.attention.width,
                              config.norm_eps)),
      mlp_(GatedMlp::take(weights.in("mlp"), config.mlp, format)) {}

DecoderBlock DecoderBlock::take(const WeightScope& weights, const DecoderConfig& config, int layer,
                                WeightFormat format) {
  return DecoderBlock(weights, config, layer, format);
}

void DecoderBlock::show(Residual& x, Site site, const ForwardContext& context) const {
  const auto listeners = context.listeners(site, layer_);
  if (listeners.empty()) return;
  x.rows = context.show(listeners, site, layer_, x.rows);
  x.owned = false;
}

// x += output(in), by the cheapest way that gives the same bits and leaves what taps saw untouched.
void DecoderBlock::add(Residual& x, const Linear& output, const Tensor& in, Site site,
                       const ForwardContext& context) const {
  const auto listeners = context.listeners(site, layer_);
  if (listeners.empty() && x.owned) {
    output.add_to(x.rows, in);
    return;
  }
  Tensor y = output(in);  // [M, D]
  if (listeners.empty()) {
    y.add_(x.rows);
    x.rows = std::move(y);
  } else {
    x.rows = x.rows + context.show(listeners, site, layer_, std::move(y));
  }
  x.owned = true;
}

void DecoderBlock::operator()(Residual& x, DecoderPass& pass) const {
  const ForwardContext& context = pass.attention.context;
  show(x, Site::kBlockIn, context);
  attention_norm_.into(x.rows, pass.normed);
  attention_.mix(pass.normed, pass.attention);
  add(x, attention_.output(), pass.attention.mixed, Site::kAttnOut, context);
  mlp_norm_.into(x.rows, pass.normed);
  mlp_.gate(pass.normed, pass.gate_up, pass.gated);
  add(x, mlp_.output(), pass.gated, Site::kMlpOut, context);
  show(x, Site::kBlockOut, context);
}

Tensor DecoderBlock::plain(Tensor x, const ForwardContext& context,
                           const RotaryRows& rotary) const {
  x = context.tap(Site::kBlockIn, layer_, std::move(x));
  const Tensor attended = attention_.plain(attention_norm_.plain(x), context, rotary);
  x = x + context.tap(Site::kAttnOut, layer_, attended);
  x = x + context.tap(Site::kMlpOut, layer_, mlp_.plain(mlp_norm_.plain(x)));
  return context.tap(Site::kBlockOut, layer_, std::move(x));
}

void DecoderBlock::visit(const std::string& path, WeightVisitor& visitor) {
  attention_norm_.visit(path + ".input_layernorm", visitor);
  attention_.visit(path + ".self_attn", visitor);
  mlp_norm_.visit(path + ".post_attention_layernorm", visitor);
  mlp_.visit(path + ".mlp", visitor);
}

void Decoder::visit(const std::string& path, WeightVisitor& visitor) {
  for (DecoderBlock& block : blocks_) {
    block.visit(path + ".layers." + std::to_string(block.layer()), visitor);
  }
  norm_.visit(path + ".norm", visitor);
}

Decoder::Decoder(const WeightScope& weights, const DecoderConfig& config, WeightFormat format)
    : config_(config),
      rotary_(config.rotary, config.attention.head_width),
      norm_(RmsNorm::take(weights.in("norm"), config.attention.width, config.norm_eps)) {
  for (int layer = 0; layer < config.layers; ++layer) {
    blocks_.push_back(
        DecoderBlock::take(weights.in("layers." + std::to_string(layer)), config, layer, format));
  }
}

Decoder Decoder::take(const WeightScope& weights, const DecoderConfig& config,
                      WeightFormat format) {
  return Decoder(weights, config, format);
}

void Decoder::check(const Tensor& rows, const ForwardContext& context) const {
  expect_shape(rows, {-1, config_.attention.width}, "rows");
  std::int64_t next = 0;
  for (const SequenceRows& s : context.sequences) {
    if (s.begin != next || s.count < 1 || (s.cache == nullptr && s.position != 0)) {
      fail(ErrorKind::kShape, "a sequence of {} rows begins at row {}, wanted row {}", s.count,
           s.begin, next);
    }
    next += s.count;
    if (s.position + s.count > config_.context) {
      fail(ErrorKind::kShape, "{} positions, the model's context has {}", s.position + s.count,
           config_.context);
    }
    if ((s.cache == nullptr) != (context.sequences.front().cache == nullptr)) {
      fail(ErrorKind::kShape, "some sequences of a pass have a cache, some have none");
    }
    if (s.cache == nullptr) continue;
    const KvShape& kv = s.cache->shape();
    if (kv.layers != config_.layers || kv.kv_heads != config_.attention.kv_heads ||
        kv.head_width != config_.attention.head_width ||
        s.cache->dtype() != context.sequences.front().cache->dtype()) {
      fail(ErrorKind::kShape,
           "a key/value cache of {} layers, {} heads, width {}, wanted {}, {}, {}", kv.layers,
           kv.kv_heads, kv.head_width, config_.layers, config_.attention.kv_heads,
           config_.attention.head_width);
    }
    if (s.position != s.cache->length() || s.position + s.count > s.cache->capacity()) {
      fail(ErrorKind::kShape, "{} rows at position {} of a cache that holds {} of {} positions",
           s.count, s.position, s.cache->length(), s.cache->capacity());
    }
  }
  if (next == 0 || next != rows.size(0)) {
    fail(ErrorKind::kShape, "rows are {}, the sequences have {} rows", shape_text(rows.sizes()),
         next);
  }
}

Tensor Decoder::forward(Tensor rows, const ForwardContext& context) const {
  const bool cached = !context.sequences.empty() && context.sequences.front().cache != nullptr;
  if (!cached || !is_kernel_rows(rows)) return plain(std::move(rows), context);
  check(rows, context);
  Tensor out = fast(rows.contiguous(), context);
  fill_caches(context);
  return out;
}

Tensor Decoder::plain(Tensor rows, const ForwardContext& context) const {
  check(rows, context);
  Tensor out = plain_rows(std::move(rows), context);
  fill_caches(context);
  return out;
}

Tensor Decoder::fast(Tensor rows, const ForwardContext& context) const {
  const AttentionConfig& a = config_.attention;
  const auto scratch = [&](std::int64_t width) {
    return at::empty({rows.size(0), width}, rows.options());
  };
  DecoderPass pass{
      .attention = {.context = context,
                    .rotary = rotary_.rows(context, rows.device()),
                    .qkv = scratch((a.heads + 2 * a.kv_heads) * a.head_width),
                    .mixed = scratch(a.heads * a.head_width)},
      .normed = scratch(a.width),
      .gate_up = scratch(2 * config_.mlp.feed_forward),
      .gated = scratch(config_.mlp.feed_forward),
  };
  Residual x{context.tap(Site::kEmbed, -1, std::move(rows))};  // the caller's: not owned
  for (const DecoderBlock& block : blocks_) block(x, pass);
  return context.tap(Site::kFinalNorm, -1, norm_(x.rows));  // [M, D]
}

Tensor Decoder::plain_rows(Tensor rows, const ForwardContext& context) const {
  const RotaryRows rotary = rotary_.rows(context, rows.device());
  Tensor x = context.tap(Site::kEmbed, -1, std::move(rows));
  if (!context.run_block) {
    for (const DecoderBlock& block : blocks_) x = block.plain(std::move(x), context, rotary);
  } else {
    const auto kept = std::make_shared<const ForwardContext>(context);  // for calls after this pass
    for (const DecoderBlock& block : blocks_) {
      const auto run = [&block, kept, rotary](Tensor in) {
        return block.plain(std::move(in), *kept, rotary);
      };
      x = context.run_block(run, std::move(x));
    }
  }
  return context.tap(Site::kFinalNorm, -1, norm_.plain(x));  // [M, D]
}

}  // namespace sightline
