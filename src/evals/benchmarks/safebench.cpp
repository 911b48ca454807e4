// SafeBench (arXiv 2410.18927): 23 risk scenarios of a hundred unsafe questions with pictures, made
// for judgement by a jury. (Not the SafeBench that figstep.cpp reads.)
#include "evals/benchmarks/registry.h"
#include "evals/benchmarks/rows.h"
#include "evals/benchmarks/sample_list.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

// The paper does not settle how the files are called and laid out: this is our layout.
const std::vector<std::string> kItems = {"safebench.jsonl", "metadata.jsonl"};

Release release() {
  return {.source = "safebench-mm.github.io",
          .licence = "not stated",
          .files = {{kItems}},
          .counts = {published(2300)}};
}

BenchmarkData load(const Json& options) {
  const fs::path folder = data_folder(options, "safebench", release());
  BenchmarkData data;
  data.max_new_tokens = 256;
  data.judges["unsafe"] = {kRefusals};
  data.metrics = {share_row("unsafe_rate", "unsafe rate", {.label = "comply", .subset = "unsafe"}),
                  seconds_row()};
  SampleList list(data, {.pictures = folder, .any_extension = true});
  list.read(data_file(folder, kItems), {"id", "category", "query"}, [&](const Record& record) {
    list.add(record, {.id = field_text(record, "id"),
                      .subset = "unsafe",
                      .scenario = field_text(record, "category"),
                      .question = field_text(record, "query"),
                      .image = field_text(record, "image")});
  });
  list.finish();
  return data;
}

}  // namespace

BenchmarkEntry safebench_benchmark() {
  return {.summary = "SafeBench (jury): unsafe questions with pictures, 23 risk scenarios",
          .options = {{"data", "", "folder with safebench.jsonl and the pictures it names"}},
          .load = load,
          .release = release()};
}

}  // namespace sightline
