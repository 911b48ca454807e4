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

}  // namespace sightline
