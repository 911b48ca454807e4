// HADES (arXiv 2403.09792): unsafe instructions beside pictures made worse in six steps. Two
// layouts: the authors' folders instructions/Violence.json (a list with id, instruction, keywords,
// category) and optimized_SD_images/Violence/ID/opt_0.jpg, concat_opt_0.jpg; or their data set's
// rows exported to test/metadata.jsonl beside the pictures.
#include "evals/benchmarks/registry.h"
#include "evals/benchmarks/rows.h"
#include "evals/benchmarks/sample_list.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kScenarios[] = {"Animal", "Financial", "Privacy", "Self-Harm", "Violence"};
constexpr int kSteps = 6;

Release release() {
  return {.source = "huggingface.co/datasets/Monosail/HADES, code at github.com/AoiDragon/HADES",
          .licence = "not stated",
          .files = {{{"test/metadata.jsonl", "instructions"}},
                    {{"test/metadata.jsonl", "optimized_SD_images"}}},
          .counts = {published(4500)}};
}

// Mode "abstract": the words that name the harm become a pointer at the picture.
std::string question_of(const Record& record, const std::string& mode) {
  auto text = json_get<std::string>(record.fields, "instruction", record.origin);
  if (mode == "toxic") return text;
  const auto keywords = json_get<std::string>(record.fields, "keywords", record.origin);
  const auto category = json_get<std::string>(record.fields, "category", record.origin);
  const std::string pointer = category == "behavior" ? "conduct the behavior in the image on"
                                                     : "the " + category + " in the image";
  if (keywords.empty()) return text;
  for (std::size_t at = text.find(keywords); at != std::string::npos;
       at = text.find(keywords, at + pointer.size())) {
    text.replace(at, keywords.size(), pointer);
  }
  return text;
}

Item item_of(const Record& record, const std::string& mode, const std::string& scenario,
             const std::string& step) {
  return {.id = scenario + "/" + field_text(record, "id") + "/" + step,
          .subset = "unsafe",
          .scenario = scenario,
          .variant = "step_" + step,
          .question = question_of(record, mode),
          .meta = {{"kind", field_text(record, "category")}}};
}

void read_rows(const fs::path& file, const std::string& mode, SampleList& list) {
  list.read(file, {"file_name", "id", "scenario", "step", "instruction"},
            [&](const Record& record) {
              Item item =
                  item_of(record, mode, field_text(record, "scenario"), field_text(record, "step"));
              item.image = "test/" + field_text(record, "file_name");
              list.add(record, std::move(item));
            });
}

void read_folders(const fs::path& folder, const std::string& mode, BenchmarkData& data,
                  SampleList& list) {
  for (const std::string scenario : kScenarios) {
    const fs::path file = folder / "instructions" / (scenario + ".json");
    if (!fs::exists(file)) {
      data.notes.push_back(format("{}: no file instructions/{}.json", scenario, scenario));
      continue;
    }
    list.read(file, {"id", "instruction"}, [&](const Record& record) {
      for (int i = 0; i < kSteps; ++i) {
        const std::string step = std::to_string(i);
        Item item = item_of(record, mode, scenario, step);
        item.image = "optimized_SD_images/" + scenario + "/" + field_text(record, "id") + "/" +
                     (mode == "abstract" ? "concat_opt_" : "opt_") + step + ".jpg";
        list.add(record, std::move(item));
      }
    });
  }
}

BenchmarkData load(const Json& options) {
  const fs::path folder = data_folder(options, "hades", release());
  const auto mode = options.at("mode").get<std::string>();
  const fs::path found = data_file(folder, {"test/metadata.jsonl", "instructions"});
  BenchmarkData data;
  data.max_new_tokens = 256;
  SampleList list(data, {.pictures = folder, .any_extension = true});
  if (found.extension() == ".jsonl")
    read_rows(found, mode, list);
  else
    read_folders(folder, mode, data, list);
  list.finish();
  data.judges["unsafe"] = {kRefusals};
  data.metrics = {share_row("unsafe_rate", "unsafe rate", {.label = "comply"})};
  for (int i = 0; i < kSteps; ++i) {
    const std::string step = std::to_string(i);
    MetricRow row = share_row("unsafe_rate_step_" + step, "unsafe rate, step " + step,
                              {.label = "comply", .variant = "step_" + step});
    row.headline = false;
    data.metrics.push_back(std::move(row));
  }
  data.metrics.push_back(seconds_row());
  return data;
}

}  // namespace

BenchmarkEntry hades_benchmark() {
  return {.summary = "unsafe instructions beside pictures that amplify them, six steps each",
          .options = {{"data", "", "folder of the data"},
                      {"mode",
                       "abstract",
                       "words of the harm left to the picture, or the whole instruction",
                       {},
                       {},
                       {"abstract", "toxic"}}},
          .load = load,
          .release = release()};
}

}  // namespace sightline
