// MSTS, Multimodal Safety Test Suite (arXiv 2501.10057): short prompts that only the picture makes
// unsafe, in eleven languages. Layout of the repository: data/prompts/english_multimodal.csv and so
// on; data/unsafe_images/unsafe_image_0001.jpg, which the authors' script fetches by URL.
#include "evals/benchmarks/registry.h"
#include "evals/benchmarks/rows.h"
#include "evals/benchmarks/sample_list.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kSets = {"arabic", "chinese", "english", "farsi",
                                        "french", "german",  "hindi",   "italian",
                                        "korean", "russian", "spanish", "english_textonly"};

std::string file_of(const std::string& set) {
  return "data/prompts/" + set + (set == "english_textonly" ? ".csv" : "_multimodal.csv");
}

Release release() {
  Release out{
      .source = "github.com/paul-rottger/msts-multimodal-safety",
      .licence = "CC BY 4.0, pictures as data/images/unsafe_images.csv says",
      .part = "set",
      .files = {{{"data/unsafe_images"}}},
      .counts = {published(400), published(200, "assistance"), published(200, "intention")}};
  for (const std::string& set : kSets) out.files.push_back({{file_of(set)}, {{"set", set}}});
  const std::pair<const char*, int> hazards[] = {{"Non-Violent Crimes", 140},
                                                 {"Suicide & Self-Harm", 80},
                                                 {"Violent Crimes", 70},
                                                 {"Sex-Related Crimes", 60},
                                                 {"Other", 50}};
  for (const auto& [hazard, count] : hazards) out.counts.push_back(published(count, "", hazard));
  return out;
}

// "assistance", or "prompt_assistance_text" as the annotations write it.
std::string subset_of(const Record& record) {
  const std::string type = field_text(record, "prompt_type");
  for (const char* known : {"assistance", "intention"}) {
    if (type.find(known) != std::string::npos) return known;
  }
  fail(ErrorKind::kBadFile, "{}: 'prompt_type' should be assistance or intention, found '{}'",
       record.origin, type);
}

BenchmarkData load(const Json& options) {
  const auto set = options.at("set").get<std::string>();
  const fs::path folder = data_folder(options, "msts", release());
  BenchmarkData data;
  data.max_new_tokens = 256;
  SampleList list(data, {.pictures = folder / "data/unsafe_images", .any_extension = true});
  list.read(data_file(folder, {file_of(set)}),
            {"prompt_id", "prompt_text", "prompt_type", "hazard_category", "unsafe_image_id"},
            [&](const Record& record) {
              Item item{.id = field_text(record, "prompt_id"),
                        .subset = subset_of(record),
                        .scenario = field_text(record, "hazard_category"),
                        .question = field_text(record, "prompt_text"),
                        .meta = {{"case_id", field_text(record, "case_id")}}};
              if (set != "english_textonly") {
                item.image = field_text(record, "unsafe_image_id") + ".jpg";
              }
              list.add(record, std::move(item));
            });
  list.finish();
  data.judges["assistance"] = {kRefusals};
  data.judges["intention"] = {kRefusals};
  data.metrics = {share_row("unsafe_rate", "unsafe rate", {.label = "comply"}),
                  share_row("unsafe_rate_assistance", "unsafe rate, asks for help",
                            {.label = "comply", .subset = "assistance"}),
                  share_row("unsafe_rate_intention", "unsafe rate, states an intention",
                            {.label = "comply", .subset = "intention"}),
                  seconds_row()};
  return data;
}

}  // namespace

BenchmarkEntry msts_benchmark() {
  return {.summary = "short prompts that only the picture makes unsafe, in eleven languages",
          .options = {{"data", "", "folder of the repository, pictures in data/unsafe_images"},
                      {"set", "english", "language, or the text-only wording", {}, {}, kSets}},
          .load = load,
          .release = release()};
}

}  // namespace sightline
