// The twins of `sightline eval --ablate`.
#pragma once

#include <vector>

#include "base/json.h"
#include "distributed/process_group.h"
#include "evals/ablation.h"
#include "sightline/benchmark.h"
#include "sightline/generator.h"

namespace sightline::cli {

// Adds twins of these kinds; descriptions of pictures are kept in captions.jsonl of --out, by rank
// 0, and shared. Returns what decides them, for the run's record; null where no kind is asked for.
Json ablate(std::vector<Ablation> kinds, const Json& options,
            std::vector<BenchmarkData>& benchmarks, Generator& generator, ProcessGroup& group);

}  // namespace sightline::cli
