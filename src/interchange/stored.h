// Runs of the store ↔ exchanges.
#pragma once

#include <cstdint>

#include "interchange/exchange.h"
#include "runs/run_store.h"

namespace sightline {

// Everything a run holds; the judge whose verdicts its reports show comes first. Throws Error:
// kUsage (a training run), kBadFile.
Exchange exchange_of(RunStore& store, const RunInfo& run);

// A new, finished run; its rows count how often each label was given. `session` says where it came
// from. Throws Error{kBadFile} for two answers to one item. REQUIRES: store is open for writing.
std::int64_t store_exchange(RunStore& store, const Exchange& exchange, const Json& session);

}  // namespace sightline
