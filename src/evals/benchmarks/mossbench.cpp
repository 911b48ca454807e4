// MOSSBench (arXiv 2406.17806): harmless requests that look unsafe, and their harmful counterparts.
// Layout of the repository: data/images_information/information.json, data/images/1.png (many are
// WebP), the same below data_contrast/.
#include "evals/benchmarks/registry.h"
#include "evals/benchmarks/rows.h"
#include "evals/benchmarks/sample_list.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

const std::map<std::string, std::string> kTypes = {{"type 1", "exaggerated risk"},
                                                   {"type 2", "negated harm"},
                                                   {"type 3", "counterintuitive interpretation"}};

Release release() {
  const OptionValues harmless = {{"set", "oversensitivity"}};
  const OptionValues harmful = {{"set", "contrast"}};
  return {
      .source = "github.com/xirui-li/MOSSBench",
      .licence = "CC BY-SA 4.0, as a test set only",
      .part = "set",
      .files = {{{"data/images_information/information.json"}, harmless},
                {{"data/images"}, harmless},
                {{"data_contrast/images_information/information.json"}, harmful},
                {{"data_contrast/images"}, harmful}},
      .counts = {published(300, "", "", harmless), published(100, "", "exaggerated risk", harmless),
                 published(100, "", "negated harm", harmless),
                 published(100, "", "counterintuitive interpretation", harmless),
                 published(244, "", "", harmful), published(100, "", "exaggerated risk", harmful),
                 published(44, "", "negated harm", harmful),
                 published(100, "", "counterintuitive interpretation", harmful)}};
}

std::string type_of(const Json& metadata, const std::string& origin) {
  const auto type = json_get<std::string>(metadata, "over", origin);
  const auto known = kTypes.find(type);
  if (known == kTypes.end()) {
    fail(ErrorKind::kBadFile, "{}: 'over' should be type 1, 2 or 3, found '{}'", origin, type);
  }
  return known->second;
}

// "harm" is documented as a number and stored as a list: its text either way.
std::map<std::string, std::string> notes_of(const Json& metadata) {
  std::map<std::string, std::string> notes;
  for (const char* key : {"human", "child", "syn", "ocr", "harm"}) {
    if (metadata.contains(key)) notes[key] = dump_json(metadata[key]);
  }
  return notes;
}

BenchmarkData load(const Json& options) {
  const bool harmful = options.at("set") == "contrast";
  const fs::path root =
      data_folder(options, "mossbench", release()) / (harmful ? "data_contrast" : "data");
  const std::string subset = harmful ? "unsafe" : "over_safety";
  BenchmarkData data;
  data.max_new_tokens = 256;
  SampleList list(data, {.pictures = root, .any_extension = true});
  const fs::path file = data_file(root, {"images_information/information.json"});
  list.read(file, {"question", "image", "metadata"}, [&](const Record& record) {
    const Json metadata = json_get<Json>(record.fields, "metadata", record.origin);
    list.add(record, {.id = record.key,
                      .subset = subset,
                      .scenario = type_of(metadata, record.origin),
                      .question = json_get<std::string>(record.fields, "question", record.origin),
                      .image = json_get<std::string>(record.fields, "image", record.origin),
                      .meta = notes_of(metadata)});
  });
  list.finish();
  data.judges[subset] = {kRefusals};
  data.metrics = {harmful ? share_row("unsafe_rate", "unsafe rate", {.label = "comply"})
                          : share_row("over_refusal", "over-refusal", {.label = "refuse"}),
                  seconds_row()};
  return data;
}

}  // namespace

BenchmarkEntry mossbench_benchmark() {
  return {.summary = "harmless requests that look unsafe beside their picture",
          .options = {{"data", "", "folder of the repository"},
                      {"set",
                       "oversensitivity",
                       "the harmless requests, or their harmful counterparts",
                       {},
                       {},
                       {"oversensitivity", "contrast"}}},
          .load = load,
          .release = release()};
}

}  // namespace sightline
