// The evaluation set of SPA-VL (arXiv 2406.12030): harmful questions about pictures, and questions
// that a helpful answer is wanted for. The authors publish parquet files; layout here: their rows
// exported to harm/metadata.jsonl and help/metadata.jsonl beside the pictures, with `file_name`,
// `question`, `class1`, `class2`, `class3`.
#include "evals/benchmarks/registry.h"
#include "evals/benchmarks/rows.h"
#include "evals/benchmarks/sample_list.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

Release release() {
  return {.source = "huggingface.co/datasets/sqrti/SPA-VL, configuration test",
          .licence = "CC BY 4.0",
          .part = "set",
          .files = {{{"harm/metadata.jsonl"}, {{"set", "harm"}}},
                    {{"help/metadata.jsonl"}, {{"set", "help"}}}},
          .counts = {published(265)}};
}

BenchmarkData load(const Json& options) {
  const fs::path folder = data_folder(options, "spa_vl_eval", release());
  const auto set = options.at("set").get<std::string>();
  const std::string subset = set == "harm" ? "unsafe" : "utility";
  BenchmarkData data;
  data.max_new_tokens = 256;
  SampleList list(data, {.pictures = folder / set, .any_extension = true});
  list.read(data_file(folder, {set + "/metadata.jsonl"}), {"file_name", "question"},
            [&](const Record& record) {
              list.add(record,
                       {.id = record.key,
                        .subset = subset,
                        .scenario = field_text(record, "class1"),
                        .question = json_get<std::string>(record.fields, "question", record.origin),
                        .image = json_get<std::string>(record.fields, "file_name", record.origin),
                        .meta = {{"class2", field_text(record, "class2")},
                                 {"class3", field_text(record, "class3")}}});
            });
  list.finish();
  data.judges[subset] = {kRefusals};
  data.metrics = {set == "harm" ? share_row("unsafe_rate", "unsafe rate", {.label = "comply"})
                                : share_row("over_refusal", "over-refusal", {.label = "refuse"}),
                  seconds_row()};
  return data;
}

}  // namespace

BenchmarkEntry spa_vl_eval_benchmark() {
  return {.summary = "harmful questions about pictures, and questions to help with",
          .options = {{"data", "", "folder of the exported rows"},
                      {"set", "harm", "which questions", {}, {}, {"harm", "help"}}},
          .load = load,
          .release = release()};
}

}  // namespace sightline
