// Items that are asked several times, as benchmarks of sampled answers do.
#pragma once

#include "sightline/benchmark.h"

namespace sightline {

// Behind every sample "ID" its repeats "ID@2", "ID@3", … up to data.responses, missing pictures
// included; all else of them is equal. REQUIRES: not done before.
void repeat_samples(BenchmarkData& data);

}  // namespace sightline
