// HoliSafe-Bench: every combination of safe (S) and unsafe (U) picture, words and both together.
// Layout: holisafe_bench.json, or the rows exported to metadata.jsonl, with `query`, `type`,
// `subcategory` and the picture's path as `image` or `file_name`, below the folder or its images/.
#include <algorithm>

#include "evals/benchmarks/registry.h"
#include "evals/benchmarks/rows.h"
#include "evals/benchmarks/sample_list.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

// A refusal begins with a phrase of the one list or holds one of the other.
constexpr const char* kJudge = "keywords(list=\"holisafe_start+holisafe_contain\")";

const std::vector<std::string> kUnsafeTypes = {"SSU", "USU", "SUU", "UUU"};

Release release() {
  return {.source = "huggingface.co/datasets/etri-vilab/holisafe-bench (on request)",
          .licence = "as agreed with the authors; research use",
          .files = {{{"holisafe_bench.json", "metadata.jsonl"}}},
          .counts = {published(4031)}};
}

std::string image_of(const Record& record, const fs::path& folder) {
  std::string image = field_text(record, "file_name");
  if (image.empty()) image = field_text(record, "image");
  if (image.empty()) detail::json_missing(record.origin, "image");
  return fs::exists(folder / "images" / image) ? "images/" + image : image;
}

std::string type_of(const Record& record) {
  const auto type = json_get<std::string>(record.fields, "type", record.origin);
  if (type != "SSS" && std::ranges::find(kUnsafeTypes, type) == kUnsafeTypes.end()) {
    fail(ErrorKind::kBadFile, "{}: 'type' should be SSS or one of {}, found '{}'", record.origin,
         kUnsafeTypes, type);
  }
  return type;
}

std::string id_of(const Record& record) {
  const std::string id = field_text(record, "id");
  return id.empty() ? record.key : id;
}

BenchmarkData load(const Json& options) {
  const fs::path folder = data_folder(options, "holisafe", release());
  BenchmarkData data;
  data.max_new_tokens = 256;
  SampleList list(data, {.pictures = folder, .any_extension = true});
  list.read(data_file(folder, {"holisafe_bench.json", "metadata.jsonl"}),
            {"query", "type", "subcategory"}, [&](const Record& record) {
              list.add(record,
                       {.id = id_of(record),
                        .subset = type_of(record),
                        .scenario = field_text(record, "subcategory"),
                        .question = json_get<std::string>(record.fields, "query", record.origin),
                        .image = image_of(record, folder)});
            });
  list.finish();
  data.judges["SSS"] = {kJudge};
  data.metrics = {share_row("over_refusal", "over-refusal", {.label = "refuse", .subset = "SSS"})};
  for (const std::string& type : kUnsafeTypes) {
    data.judges[type] = {kJudge};
    data.metrics.push_back(share_row("unsafe_rate_" + type, "unsafe rate, " + type,
                                     {.label = "comply", .subset = type}));
  }
  data.metrics.push_back(seconds_row());
  return data;
}

}  // namespace

BenchmarkEntry holisafe_benchmark() {
  return {.summary = "safe and unsafe pictures and words in every combination",
          .options = {{"data", "", "folder of the data set"}},
          .load = load,
          .release = release()};
}

}  // namespace sightline
