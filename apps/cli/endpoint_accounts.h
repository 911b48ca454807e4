// What the servers of remote models were asked in this session, and what it cost.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "base/json.h"
#include "sightline/generator.h"
#include "sightline/judge.h"

namespace sightline::cli {

// {"answers": …, "retries": …, "prompt_tokens": …, "completion_tokens": …, "cost": …}, said on
// stderr too; null for a model that runs here.
Json account_of(const Generator& generator);

// The models that judges were given. Thread-safe.
class AskedModels {
 public:
  // Gives what `inner` gives, and remembers it. REQUIRES: outlives what is returned.
  JudgeContext remembering(JudgeContext inner);

  // {name: account} of those behind servers, without `measured`, whose account holds what it was
  // asked as a judge too; null where there are none.
  Json accounts(const Generator* measured = nullptr) const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<Generator>> asked_;  // guarded by mutex_; each once
};

}  // namespace sightline::cli
