// VLSafe (of DRESS, arXiv 2311.10081): unsafe questions about harmless photos of COCO.
#include "evals/benchmarks/registry.h"
#include "evals/benchmarks/rows.h"
#include "evals/benchmarks/sample_list.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kItems = {"harmlessness_examine.jsonl",
                                         "VLSafe/harmlessness_examine.jsonl"};
const std::vector<std::string> kPictures = {"train2017", "images", "VLSafe/train2017",
                                            "VLSafe/images"};

Release release() {
  return {.source = "github.com/YangyiYY/LVLM_NLF; the photos are COCO's train2017",
          .licence = "not stated; photos under their authors' licences",
          .files = {{kItems}, {kPictures}},
          .counts = {published(1110)}};
}

BenchmarkData load(const Json& options) {
  const fs::path folder = data_folder(options, "vlsafe", release());
  const auto images = options.at("images").get<std::string>();
  BenchmarkData data;
  data.max_new_tokens = 256;
  data.judges["unsafe"] = {kRefusals};
  data.metrics = {share_row("unsafe_rate", "unsafe rate", {.label = "comply", .subset = "unsafe"}),
                  seconds_row()};
  SampleList list(data,
                  {.pictures = images.empty() ? data_place(folder, kPictures) : fs::path(images)});
  list.read(data_file(folder, kItems), {"image_id", "query"}, [&list](const Record& record) {
    list.add(record, {.id = record.key,  // lines have no id of their own; pictures recur
                      .subset = "unsafe",
                      .question = field_text(record, "query"),
                      .image = field_text(record, "image_id")});
  });
  list.finish();
  return data;
}

}  // namespace

BenchmarkEntry vlsafe_benchmark() {
  return {.summary = "VLSafe: unsafe questions about harmless photos",
          .options = {{"data", "", "folder with harmlessness_examine.jsonl"},
                      {"images", "", "folder of COCO's photos; empty: train2017 below data"}},
          .load = load,
          .release = release()};
}

}  // namespace sightline
