// The flags that say where and how a model computes, as the engine takes them.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "engine/remote_address.h"
#include "sightline/generator.h"

namespace sightline::cli {

inline RemoteOptions remote_options(const Json& options) {
  RemoteOptions out;
  out.requests_per_minute = options.at("rpm").get<double>();
  out.timeout_seconds = options.at("timeout").get<double>();
  if (!options.at("key_variable").is_null()) {
    out.key_variable = options.at("key_variable").get<std::string>();
  }
  out.prompt_price = options.value("prompt_price", out.prompt_price);
  out.completion_price = options.value("completion_price", out.completion_price);
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

// For the models that judge beside a measured one: without the adapters that are measured. The key
// of the measured one's server goes to no other server, and its prices are not theirs.
inline EngineOptions judge_engine_options(const Json& options) {
  EngineOptions out = engine_options(options);
  out.adapters.clear();
  out.remote.prompt_price = out.remote.completion_price = 0;
  const std::string measured = options.at("model").get<std::string>();
  if (!options.at("judge_key_variable").is_null()) {
    out.remote.key_variable = options.at("judge_key_variable").get<std::string>();
  } else if (is_remote_model(measured)) {
    out.remote.key_base = parse_remote_address(measured).base;
  }
  return out;
}

// Requests in flight: what `workers` says, or enough to fill two batches.
inline int workers_of(const Json& options) {
  const int workers = options.at("workers").get<int>();
  return workers > 0 ? workers : 2 * options.at("batch").get<int>();
}

}  // namespace sightline::cli
