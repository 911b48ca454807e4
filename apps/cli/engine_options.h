// The flags that say where and how a model computes, as the engine takes them.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "sightline/generator.h"

namespace sightline::cli {

inline RemoteOptions remote_options(const Json& options) {
  RemoteOptions out;
  out.requests_per_minute = options.at("rpm").get<double>();
  out.timeout_seconds = options.at("timeout").get<double>();
  if (!options.at("key_variable").is_null()) {
    out.key_variable = options.at("key_variable").get<std::string>();
  }
  out.prompt_price = options.at("prompt_price").get<double>();
  out.completion_price = options.at("completion_price").get<double>();
  return out;
}

inline EngineOptions engine_options(const Json& options) {
  EngineOptions out;
  out.device = options.at("device").get<std::string>();
  out.dtype = options.at("dtype").get<std::string>();
  out.threads = options.at("threads").get<int>();
  for (const Json& adapter : options.value("adapter", Json::array())) {
    out.adapters.push_back(adapter.get<std::string>());
  }
  out.max_batch = options.value("batch", out.max_batch);
  if (options.contains("rpm")) out.remote = remote_options(options);
  return out;
}

// The same with a defence's adapters on the model too.
inline EngineOptions with_adapters(EngineOptions engine, const std::vector<std::string>& more) {
  engine.adapters.insert(engine.adapters.end(), more.begin(), more.end());
  return engine;
}

// Requests in flight: what `workers` says, or enough to fill two batches.
inline int workers_of(const Json& options) {
  const int workers = options.at("workers").get<int>();
  return workers > 0 ? workers : 2 * options.at("batch").get<int>();
}

}  // namespace sightline::cli
