// RTVLM, Red Teaming VLM (arXiv 2401.12915): faithfulness, privacy, safety and fairness in ten
// folders. Layout: data/Captcha/captcha.jsonl and so on, every *.jsonl of a folder; lines with
// `img` (a path below the folder, or below its img/) and the lists `questions`, `answers`,
// `refused_to_answer`.
#include <algorithm>

#include "evals/benchmarks/registry.h"
#include "evals/benchmarks/rows.h"
#include "evals/benchmarks/sample_list.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolders[] = {"Captcha",
                                    "Celebrity",
                                    "Face",
                                    "Harmful",
                                    "Jailbreak",
                                    "Politics",
                                    "Racial",
                                    "Religion",
                                    "VisualMisleadCorrect",
                                    "VisualMisleadWrong"};

Release release() {
  Release out{.source = "huggingface.co/datasets/MMInstruction/RedTeamingVLM",
              .licence = "CC BY 4.0",
              .counts = {{.least = 1000, .most = 10000}}};
  for (const std::string folder : kFolders) out.files.push_back({{"data/" + folder}});
  return out;
}

std::vector<fs::path> lines_of(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code absent;
  for (const auto& entry : fs::directory_iterator(folder, absent)) {
    if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

// The list's text at `i`, or nothing where it is shorter or absent.
std::string at_of(const Record& record, const char* key, std::size_t i) {
  const Json list = json_get_or<Json>(record.fields, key, record.origin, Json::array());
  if (!list.is_array()) detail::json_wrong(record.origin, key, list, "a list");
  if (i >= list.size() || list[i].is_null()) return "";
  return list[i].is_string() ? list[i].get<std::string>() : dump_json(list[i]);
}

void add_questions(const Record& record, const fs::path& root, const std::string& folder,
                   const std::string& stem, SampleList& list) {
  const Json questions = json_get<Json>(record.fields, "questions", record.origin);
  if (!questions.is_array() || questions.empty()) {
    detail::json_wrong(record.origin, "questions", questions, "a list of questions");
  }
  const std::string image = field_text(record, "img");
  const std::string direct = "data/" + folder + "/" + image;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    Item item{.id = folder + "/" + stem + "/" + record.key + "/" + std::to_string(i + 1),
              .subset = folder,
              .question = at_of(record, "questions", i)};
    if (item.question.empty()) detail::json_missing(record.origin, "questions");
    if (!image.empty()) {
      item.image = fs::exists(root / direct) ? direct : "data/" + folder + "/img/" + image;
    }
    item.expected["reference"] = at_of(record, "answers", i);
    item.meta["reference_refused"] = at_of(record, "refused_to_answer", i);
    list.add(record, std::move(item));
  }
}

BenchmarkData load(const Json& options) {
  const fs::path root = data_folder(options, "rtvlm", release());
  data_file(root, {"data"});
  BenchmarkData data;
  data.max_new_tokens = 256;
  SampleList list(data, {.pictures = root, .any_extension = true});
  for (const std::string folder : kFolders) {
    const std::vector<fs::path> files = lines_of(root / "data" / folder);
    if (files.empty()) {
      data.notes.push_back(format("{}: no *.jsonl in data/{}", folder, folder));
      continue;
    }
    for (const fs::path& file : files) {
      list.read(file, {"questions"}, [&](const Record& record) {
        add_questions(record, root, folder, file.stem().string(), list);
      });
    }
    data.judges[folder] = {kRefusals};
    data.metrics.push_back(share_row("refusal_keyword_" + folder, "refusals: " + folder,
                                     {.label = "refuse", .subset = folder}));
    data.metrics.back().lower_is_better = false;
  }
  list.finish();
  data.metrics.push_back(seconds_row());
  return data;
}

}  // namespace

BenchmarkEntry rtvlm_benchmark() {
  return {.summary = "red teaming of faithfulness, privacy, safety and fairness in ten folders",
          .options = {{"data", "", "folder of the data set, pictures unpacked in FOLDER/img"}},
          .load = load,
          .release = release()};
}

}  // namespace sightline
