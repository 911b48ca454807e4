// All benchmarks: name → options and loader. The list is in registry.cpp.
#pragma once

#include <functional>
#include <string>

#include "base/options.h"
#include "base/registry.h"
#include "evals/benchmarks/release.h"
#include "sightline/benchmark.h"

namespace sightline {

struct BenchmarkEntry {
  std::string summary;  // one line
  OptionTable options;
  std::function<BenchmarkData(const Json& options)> load;  // name and spec are filled in after it
  Release release = {};  // what its authors publish; empty for data of one's own
};

using BenchmarkRegistry = Registry<BenchmarkEntry>;

const BenchmarkRegistry& benchmarks();

// What every loader promises; a benchmark that breaks it would lose samples, or show a share of
// nothing, without a word. Throws kBadFile (its items), kUsage (a row counts a label that no judge
// of its subset says), kInternal (a row is about a judge that judges nothing).
void check_benchmark(const BenchmarkData& data);

}  // namespace sightline
