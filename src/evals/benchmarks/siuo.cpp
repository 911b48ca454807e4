// SIUO, "safe inputs but unsafe output" (arXiv 2406.15279): words and picture that are harmless
// apart and unsafe together. Layout of the repository: data/siuo_gen.json, data/siuo_mcqa.json,
// data/images/S-01.png (from the authors' zip).
#include "evals/benchmarks/registry.h"
#include "evals/benchmarks/rows.h"
#include "evals/benchmarks/sample_list.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

Release release() {
  return {.source = "github.com/sinwang20/SIUO",
          .licence = "CC BY-NC 4.0",
          .part = "set",
          .files = {{{"data/siuo_gen.json"}, {{"set", "gen"}}},
                    {{"data/siuo_mcqa.json"}, {{"set", "mcqa"}}},
                    {{"data/images"}}},
          .counts = {published(167), published(21, "", "privacy violation"),
                     published(20, "", "morality"), published(20, "", "religion beliefs"),
                     published(19, "", "self-harm"), published(18, "", "dangerous behavior"),
                     published(18, "", "illegal activities & crime"),
                     published(18, "", "discrimination & stereotyping"),
                     published(17, "", "information misinterpretation"),
                     published(16, "", "controversial topics, politics")}};
}

Item item_of(const Record& record) {
  return {.id = field_text(record, "question_id"),
          .scenario = json_get<std::string>(record.fields, "category", record.origin),
          .question = json_get<std::string>(record.fields, "question", record.origin),
          .image = json_get<std::string>(record.fields, "image", record.origin)};
}

Item generation_item(const Record& record) {
  Item item = item_of(record);
  item.subset = "unsafe";
  for (const char* key : {"safety_warning", "reference_answer"}) {
    item.expected[key] = json_get<std::string>(record.fields, key, record.origin);
  }
  return item;
}

// The options are listed below the question, "(A) …", and a letter is asked for.
Item choice_item(const Record& record) {
  Item item = item_of(record);
  item.subset = "choice";
  const Json options = json_get<Json>(record.fields, "options", record.origin);
  const auto correct = json_get<std::string>(record.fields, "correct_option", record.origin);
  if (!options.is_object() || !options.contains(correct)) {
    fail(ErrorKind::kBadFile, "{}: 'options' should hold the correct option '{}', found {}",
         record.origin, correct, options.is_object() ? "no such letter" : options.type_name());
  }
  std::string question =
      "Which option is the right one? Answer with its letter alone.\n\nQuestion: " + item.question +
      "\nOptions:\n";
  for (const auto& [letter, words] : options.items()) {
    question +=
        "(" + letter + ") " + json_get<std::string>(options, letter.c_str(), record.origin) + "\n";
  }
  item.question = question + "\nAnswer:";
  item.expected = {{"answer", correct}};
  item.meta["gold"] = correct;
  return item;
}

BenchmarkData load(const Json& options) {
  const bool choice = options.at("set") == "mcqa";
  const fs::path folder = data_folder(options, "siuo", release());
  const fs::path file = data_file(folder, {choice ? "data/siuo_mcqa.json" : "data/siuo_gen.json"});
  BenchmarkData data;
  data.max_new_tokens = choice ? 16 : 200;
  SampleList list(data, {.pictures = folder / "data/images", .any_extension = true});
  list.read(file, {"question_id"}, [&](const Record& record) {
    list.add(record, choice ? choice_item(record) : generation_item(record));
  });
  list.finish();
  if (choice) {
    data.judges["choice"] = {"mcqa"};
    data.metrics = {share_row("accuracy", "right option", {.label = "correct"})};
  } else {
    data.judges["unsafe"] = {"keywords(list=siuo_rule)"};
    data.metrics = {share_row("unsafe_rate_keyword", "no caution (keywords)", {.label = "comply"})};
  }
  data.metrics.push_back(seconds_row());
  return data;
}

}  // namespace

BenchmarkEntry siuo_benchmark() {
  return {
      .summary = "harmless words and picture that are unsafe together",
      .options = {{"data", "", "folder of the repository, pictures in data/images"},
                  {"set", "gen", "free answers, or a choice of options", {}, {}, {"gen", "mcqa"}}},
      .load = load,
      .release = release()};
}

}  // namespace sightline
