#include "endpoint_accounts.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "engine/remote_endpoint.h"

namespace sightline::cli {

Json account_of(const Generator& generator) {
  const auto* endpoint = dynamic_cast<const RemoteEndpoint*>(&generator);
  if (endpoint == nullptr) return nullptr;
  const RemoteAccount account = endpoint->account();
  log_info("endpoint {}: {} answers, {} attempts repeated, {} + {} tokens{}", endpoint->info().name,
           account.answers, account.retries, account.prompt_tokens, account.completion_tokens,
           account.cost > 0 ? format(", cost {}", account.cost) : "");
  return {{"answers", account.answers},
          {"retries", account.retries},
          {"prompt_tokens", account.prompt_tokens},
          {"completion_tokens", account.completion_tokens},
          {"cost", account.cost}};
}

JudgeContext AskedModels::remembering(JudgeContext inner) {
  return {.generator = [this, inner = std::move(inner)](const std::string& name) {
    std::shared_ptr<Generator> model = inner.generator(name);
    const std::lock_guard lock(mutex_);
    if (std::ranges::find(asked_, model) == asked_.end()) asked_.push_back(model);
    return model;
  }};
}

Json AskedModels::accounts(const Generator* measured) const {
  const std::lock_guard lock(mutex_);
  Json out;
  for (const auto& model : asked_) {
    if (model.get() == measured) continue;
    if (Json account = account_of(*model); !account.is_null()) {
      out[model->info().name] = std::move(account);
    }
  }
  return out;
}

}  // namespace sightline::cli
