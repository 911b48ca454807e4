#include "models/config_reader.h"

#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/near.h"

namespace sightline {

ConfigReader::ConfigReader(const Json& object, std::string origin)
    : object_(&object), origin_(std::move(origin)) {
  if (!object.is_object()) {
    fail(ErrorKind::kBadFile, "{}: wanted an object, found {}", origin_, object.type_name());
  }
}

bool ConfigReader::has(const char* key) const {
  return object_->contains(key) && !object_->at(key).is_null();
}

std::int64_t ConfigReader::size(const char* key, std::int64_t limit,
                                std::optional<std::int64_t> fallback) const {
  if (fallback && !has(key)) return *fallback;
  const auto value = json_get<std::int64_t>(*object_, key, origin_);
  if (value < 1 || value > limit) {
    fail(ErrorKind::kBadFile, "{}: {} is {}, wanted 1 to {}", origin_, key, value, limit);
  }
  return value;
}

double ConfigReader::positive(const char* key, std::optional<double> fallback) const {
  if (fallback && !has(key)) return *fallback;
  const auto value = json_get<double>(*object_, key, origin_);
  if (!std::isfinite(value) || value <= 0) {
    fail(ErrorKind::kBadFile, "{}: {} is {}, wanted a number above 0", origin_, key, value);
  }
  return value;
}

bool ConfigReader::flag(const char* key, bool fallback) const {
  return json_get_or(*object_, key, origin_, fallback);
}

std::string ConfigReader::text(const char* key, std::optional<std::string> fallback) const {
  if (fallback && !has(key)) return *fallback;
  return json_get<std::string>(*object_, key, origin_);
}

ConfigReader ConfigReader::child(const char* key) const {
  if (!has(key)) fail(ErrorKind::kBadFile, "{}: '{}' is missing", origin_, key);
  return {object_->at(key), origin_ + ": " + key};
}

namespace {

RotaryKind rotary_kind(const std::string& name, const std::string& origin) {
  constexpr std::array<std::pair<std::string_view, RotaryKind>, 4> kKinds = {
      {{"default", RotaryKind::kDefault},
       {"linear", RotaryKind::kLinear},
       {"llama3", RotaryKind::kLlama3},
       {"yarn", RotaryKind::kYarn}}};
  std::vector<std::string> names;
  for (const auto& [known, kind] : kKinds) {
    if (known == name) return kind;
    names.emplace_back(known);
  }
  fail_with_hint(ErrorKind::kUnsupported, near_names_hint(name, names),
                 "{}: rope type '{}' is not supported", origin, name);
}

// Transformers' _compute_yarn_parameters.
double yarn_attention_factor(const ConfigReader& rope, double factor) {
  if (rope.has("attention_factor")) return rope.positive("attention_factor");
  const auto scale = [&](double weight) {
    return factor <= 1 ? 1.0 : 0.1 * weight * std::log(factor) + 1.0;
  };
  if (rope.has("mscale") && rope.has("mscale_all_dim")) {
    return scale(rope.positive("mscale")) / scale(rope.positive("mscale_all_dim"));
  }
  return scale(1);
}

}  // namespace

RotaryConfig read_rotary(const ConfigReader& config, std::int64_t context) {
  RotaryConfig out;
  out.theta = config.positive("rope_theta", out.theta);
  const char* const key = config.has("rope_parameters") ? "rope_parameters" : "rope_scaling";
  if (!config.has(key)) return out;
  const ConfigReader rope = config.child(key);
  out.theta = rope.positive("rope_theta", out.theta);
  const std::string older = rope.text("type", "default");
  out.kind = rotary_kind(rope.text("rope_type", older), rope.origin());
  if (rope.positive("partial_rotary_factor", 1.0) != 1.0) {
    fail(ErrorKind::kUnsupported, "{}: partial_rotary_factor is not supported", rope.origin());
  }
  if (out.kind == RotaryKind::kDefault) return out;
  out.factor = rope.positive("factor");
  if (out.kind == RotaryKind::kLinear) return out;
  out.original_context =
      static_cast<double>(rope.size("original_max_position_embeddings", kMaxContext, context));
  if (out.kind == RotaryKind::kLlama3) {
    out.low_frequency = rope.positive("low_freq_factor");
    out.high_frequency = rope.positive("high_freq_factor");
    if (out.high_frequency == out.low_frequency) {
      fail(ErrorKind::kBadFile, "{}: low_freq_factor and high_freq_factor are both {}",
           rope.origin(), out.low_frequency);
    }
  } else {
    out.beta_fast = rope.positive("beta_fast", out.beta_fast);
    out.beta_slow = rope.positive("beta_slow", out.beta_slow);
    out.truncate = rope.flag("truncate", out.truncate);
    out.attention_factor = yarn_attention_factor(rope, out.factor);
    if (out.theta == 1) fail(ErrorKind::kBadFile, "{}: rope_theta is 1", rope.origin());
  }
  return out;
}

}  // namespace sightline
