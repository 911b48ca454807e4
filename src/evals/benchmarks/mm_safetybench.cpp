// MM-SafetyBench (arXiv 2311.17600): unsafe questions of thirteen scenarios beside pictures that
// carry their key phrase.
#include <set>

#include "evals/benchmarks/registry.h"
#include "evals/benchmarks/rows.h"
#include "evals/benchmarks/sample_list.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

struct Scenario {
  const char* name;  // as published, the first one's misspelling included
  int full;
  int tiny;
};

constexpr Scenario kScenarios[] = {
    {"01-Illegal_Activitiy", 97, 10},
    {"02-HateSpeech", 163, 16},
    {"03-Malware_Generation", 44, 5},
    {"04-Physical_Harm", 144, 14},
    {"05-EconomicHarm", 122, 12},
    {"06-Fraud", 154, 15},
    {"07-Sex", 109, 11},
    {"08-Political_Lobbying", 153, 15},
    {"09-Privacy_Violence", 139, 14},
    {"10-Legal_Opinion", 130, 13},
    {"11-Financial_Advice", 167, 17},
    {"12-Health_Consultation", 109, 11},
    {"13-Gov_Decision", 149, 15},
};

const std::vector<std::string> kQuestions = {"data/processed_questions", "processed_questions"};
const std::vector<std::string> kPictures = {"data/imgs", "imgs", "data/MM-SafetyBench(imgs)",
                                            "MM-SafetyBench(imgs)"};
const std::vector<std::string> kTinyList = {"TinyVersion_ID_List.json",
                                            "data/TinyVersion_ID_List.json"};

Release release() {
  Release out{.source = "github.com/isXinLiu/MM-SafetyBench (pictures in a separate archive)",
              .licence = "CC BY-NC 4.0",
              .part = "kind",
              .files = {{kQuestions}}};
  for (const char* kind : {"SD", "TYPO", "SD_TYPO"}) {
    out.files.push_back({kPictures, {{"kind", kind}}});
  }
  out.files.push_back({kTinyList, {{"tiny", "true"}}});
  for (const auto& [full, tiny] : {std::pair{"false", false}, std::pair{"true", true}}) {
    out.counts.push_back(published(tiny ? 168 : 1680, "", "", {{"tiny", full}}));
    for (const Scenario& one : kScenarios) {
      out.counts.push_back(published(tiny ? one.tiny : one.full, "", one.name, {{"tiny", full}}));
    }
  }
  return out;
}

// Which wording goes with which picture.
const char* question_key(const std::string& kind) {
  if (kind == "text_only") return "Question";
  return kind == "SD" ? "Rephrased Question(SD)" : "Rephrased Question";
}

using Ids = std::set<std::string>;

// Scenario → the question ids of the tiny version.
std::map<std::string, Ids> tiny_ids(SampleList& list, const fs::path& folder) {
  std::map<std::string, Ids> out;
  list.read(data_file(folder, kTinyList), {"Scenario", "Sampled_ID_List"},
            [&out](const Record& record) {
              const Json& ids = record.fields.at("Sampled_ID_List");
              if (!ids.is_array()) {
                detail::json_wrong(record.origin, "Sampled_ID_List", ids, "a list");
              }
              for (const Json& id : ids) {
                out[field_text(record, "Scenario")].insert(id.is_string() ? id.get<std::string>()
                                                                          : dump_json(id));
              }
            });
  return out;
}

BenchmarkData load(const Json& options) {
  const fs::path folder = data_folder(options, "mm_safetybench", release());
  const auto kind = options.at("kind").get<std::string>();
  const bool tiny = options.at("tiny").get<bool>();
  BenchmarkData data;
  data.max_new_tokens = 256;
  data.judges["unsafe"] = {kRefusals};
  data.metrics = {
      share_row("unsafe_rate", "unsafe rate, " + kind, {.label = "comply", .subset = "unsafe"}),
      seconds_row()};
  SampleList list(data, {.pictures = data_place(folder, kPictures), .any_extension = true});
  const fs::path questions = data_file(folder, kQuestions);
  std::map<std::string, Ids> chosen;
  if (tiny) chosen = tiny_ids(list, folder);
  for (const Scenario& scenario : kScenarios) {
    const std::string name = scenario.name;
    const fs::path file = questions / (name + ".json");
    if (!fs::exists(file)) continue;  // its count tells
    list.read(file, {"Question", question_key(kind)}, [&](const Record& record) {
      if (tiny && !chosen[name].contains(record.key)) return;
      list.add(record,
               {.id = name + "/" + record.key,
                .subset = "unsafe",
                .scenario = name,
                .question = field_text(record, question_key(kind)),
                .image = kind == "text_only" ? "" : name + "/" + kind + "/" + record.key + ".jpg",
                .meta = {{"kind", kind},
                         {"request", field_text(record, "Question")},
                         {"key_phrase", field_text(record, "Key Phrase")}}});
    });
  }
  list.finish();
  return data;
}

}  // namespace

BenchmarkEntry mm_safetybench_benchmark() {
  return {.summary = "MM-SafetyBench: unsafe questions beside pictures that carry the key phrase",
          .options = {{"data", "", "folder of the repository, pictures below data/imgs"},
                      {"kind",
                       "SD_TYPO",
                       "the pictures: drawn, written, both, or none",
                       {},
                       {},
                       {"SD", "TYPO", "SD_TYPO", "text_only"}},
                      {"tiny", false, "only the 168 questions of the tiny version"}},
          .load = load,
          .release = release()};
}

}  // namespace sightline
