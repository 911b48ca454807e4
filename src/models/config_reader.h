// config.json read strictly: every number has a range, every message names file, key and range.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "nn/rotary.h"

namespace sightline {

// Bounds on what a config may ask for: far above any model that exists, small enough that products
// of a few of them fit 64 bits.
inline constexpr std::int64_t kMaxLayers = 1024;
inline constexpr std::int64_t kMaxWidth = std::int64_t{1} << 18;  // hidden, feed-forward
inline constexpr std::int64_t kMaxHeads = 4096;
inline constexpr std::int64_t kMaxHeadWidth = 4096;
inline constexpr std::int64_t kMaxVocabulary = std::int64_t{1} << 24;
inline constexpr std::int64_t kMaxContext = std::int64_t{1} << 27;  // positions
inline constexpr std::int64_t kMaxImageSize = 16384;                // pixels a side

// One object of a config. Borrows the document for the call. All errors are Error{kBadFile}.
class ConfigReader {
 public:
  // `origin`: what messages call the object ("config.json", "config.json: text_config").
  ConfigReader(const nlohmann::json& object, std::string origin);

  // Integer in [1, limit]. Without `fallback` the key must be there (null counts as absent).
  std::int64_t size(const char* key, std::int64_t limit,
                    std::optional<std::int64_t> fallback = {}) const;
  // Finite number above 0.
  double positive(const char* key, std::optional<double> fallback = {}) const;
  bool flag(const char* key, bool fallback) const;
  std::string text(const char* key, std::optional<std::string> fallback = {}) const;

  bool has(const char* key) const;            // present and not null
  ConfigReader child(const char* key) const;  // the object under `key`, which must be there
  const nlohmann::json& json() const { return *object_; }
  const std::string& origin() const { return origin_; }

 private:
  const nlohmann::json* object_;
  std::string origin_;
};

// `rope_parameters`, or `rope_theta` and `rope_scaling` as older files have them.
// Throws kUnsupported for a kind we do not compute, naming the known ones.
RotaryConfig read_rotary(const ConfigReader& config, std::int64_t context);

}  // namespace sightline
