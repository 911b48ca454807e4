// A benchmark: a data set with its rules. (Never a speed test.)
//
//   const BenchmarkData data = load_benchmark("mini(split=validation)", {.limit = 120, .seed = 7});
//
// Adding one: a file in src/evals/benchmarks, a line in its registry.cpp, a row in its test.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sightline/metric.h"
#include "sightline/sample.h"

namespace sightline {

// A picture an item names and that cannot be read. The sample stays and is not asked; metrics
// count it as missing (its meta says so: lacks_picture).
struct MissingPicture {
  std::string sample;  // Sample::id
  std::string reason;  // "cannot open 'x.png': No such file or directory"
};

// What always giving one answer scores: shown beside the defences.
struct Baseline {
  std::string name;    // "always Yes"
  std::string answer;  // right where it is among the sample's expected answers
};

struct BenchmarkData {
  std::string name;  // "mini"
  std::string spec;  // with its options, canonical: "mini(split=test)"
  std::vector<Sample> samples;
  std::vector<MissingPicture> missing;
  std::string data_sha256;  // of the items and every picture found
  std::string licence;      // one line
  // Subset → specs of its judges. Every answer is judged by all of them; the first one's verdict
  // is the answer's, others are read by the rows that name them.
  std::map<std::string, std::vector<std::string>> judges;
  std::vector<MetricRow> metrics;        // in the order in which they are shown
  std::vector<Baseline> baselines = {};  // most benchmarks have none
  std::vector<std::string> notes = {};   // what is odd about the data, one line each, for reports
  int max_new_tokens = 64;               // what its answers need
  int responses = 1;       // how often each item is asked: load_benchmark() repeats its sample
  double temperature = 0;  // of its answers; 0: greedy
};

struct SampleLimit {
  std::size_t limit = 0;   // at most so many items; 0: all
  std::uint64_t seed = 0;  // chooses which
};

// A stratified, seeded choice of at most `limit` samples: subsets and variants keep their shares,
// twins stay together, the order stays that of the data.
void limit_samples(BenchmarkData& data, const SampleLimit& limit);

// Throws Error: kUsage (unknown name or option, with the near ones), kNotFound (no data there),
// kBadFile (damaged data).
BenchmarkData load_benchmark(std::string_view spec, const SampleLimit& limit = {});

}  // namespace sightline
