#include "evals/benchmarks/repeats.h"

#include <utility>

namespace sightline {
namespace {

std::string repeat_id(const std::string& id, int time) {
  return time == 1 ? id : id + "@" + std::to_string(time);
}

}  // namespace

void repeat_samples(BenchmarkData& data) {
  std::vector<Sample> samples;
  for (const Sample& sample : data.samples) {
    for (int time = 1; time <= data.responses; ++time) {
      samples.push_back(sample);
      samples.back().id = repeat_id(sample.id, time);
    }
  }
  std::vector<MissingPicture> missing;
  for (const MissingPicture& one : data.missing) {
    for (int time = 1; time <= data.responses; ++time) {
      missing.push_back({repeat_id(one.sample, time), one.reason});
    }
  }
  data.samples = std::move(samples);
  data.missing = std::move(missing);
}

}  // namespace sightline
