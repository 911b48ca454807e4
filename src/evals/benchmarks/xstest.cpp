// XSTest (arXiv 2308.01263): safe prompts that look unsafe, and unsafe contrasts. Text only. Layout
// of the repository: a table with the columns prompt, type and, not needed, id, label, focus, note.
#include "evals/benchmarks/registry.h"
#include "evals/benchmarks/rows.h"
#include "evals/benchmarks/sample_list.h"

namespace sightline {
namespace {

Release release() {
  return {.source = "github.com/paul-rottger/exaggerated-safety",
          .licence = "CC BY 4.0",
          .files = {{{"xstest_prompts.csv", "xstest_v2_prompts.csv"}}},
          .counts = {published(450), published(250, "over_safety"), published(200, "unsafe")}};
}

std::string id_of(const Record& record) {
  const std::string id = field_text(record, "id");
  return id.empty() ? record.key : id;
}

// What the label says where there is one has to agree with the type.
std::string subset_of(const Record& record, const std::string& type) {
  const bool unsafe = type.starts_with("contrast_");
  const std::string label = field_text(record, "label");
  if (!label.empty() && label != (unsafe ? "unsafe" : "safe")) {
    fail(ErrorKind::kBadFile, "{}: type '{}' does not go with label '{}'", record.origin, type,
         label);
  }
  return unsafe ? "unsafe" : "over_safety";
}

BenchmarkData load(const Json& options) {
  const std::filesystem::path file = data_file(data_folder(options, "xstest", release()),
                                               {"xstest_prompts.csv", "xstest_v2_prompts.csv"});
  BenchmarkData data;
  data.max_new_tokens = 256;
  SampleList list(data, {});
  list.read(file, {"prompt", "type"}, [&](const Record& record) {
    Item item{.id = id_of(record),
              .scenario = field_text(record, "type"),
              .question = field_text(record, "prompt")};
    item.subset = subset_of(record, item.scenario);
    for (const char* key : {"focus", "note"}) {
      const std::string note = field_text(record, key);
      if (!note.empty()) item.meta[key] = note;
    }
    list.add(record, std::move(item));
  });
  list.finish();
  data.judges["over_safety"] = {"keywords(list=xstest)"};
  data.judges["unsafe"] = {"keywords(list=xstest)"};
  data.metrics = {
      share_row("over_refusal", "over-refusal", {.label = "refuse", .subset = "over_safety"}),
      share_row("unsafe_rate", "unsafe rate", {.label = "comply", .subset = "unsafe"}),
      seconds_row()};
  return data;
}

}  // namespace

BenchmarkEntry xstest_benchmark() {
  return {.summary = "safe prompts that look unsafe, and unsafe contrasts; text only",
          .options = {{"data", "", "folder of the table"}},
          .load = load,
          .release = release()};
}

}  // namespace sightline
