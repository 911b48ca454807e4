// FigStep (arXiv 2311.05608): SafeBench's questions written into a picture as an empty list that
// harmless words ask to fill. (Not the SafeBench of safebench.cpp.)
#include "base/prompt.h"
#include "evals/benchmarks/registry.h"
#include "evals/benchmarks/rows.h"
#include "evals/benchmarks/sample_list.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

using Names = std::vector<std::string>;

const Names kFull = {"data/question/safebench.csv", "question/safebench.csv"};
const Names kTiny = {"data/question/SafeBench-Tiny.csv", "question/SafeBench-Tiny.csv"};
const Names kSentences = {"data/question/benign_sentences_without_harmful_phase.csv",
                          "question/benign_sentences_without_harmful_phase.csv"};
const Names kFullPictures = {"data/images/SafeBench", "images/SafeBench"};
const Names kTinyPictures = {"data/images/SafeBench-Tiny", "images/SafeBench-Tiny"};
const Names kProPictures = {"data/images/FigStep-Pro/sub-figures", "images/FigStep-Pro/sub-figures",
                            "data/images/FigStep-Pro", "images/FigStep-Pro"};

constexpr const char* kTopics[] = {"Illegal Activity",   "Hate Speech",   "Malware Generation",
                                   "Physical Harm",      "Fraud",         "Adult Content",
                                   "Privacy Violation",  "Legal Opinion", "Financial Advice",
                                   "Health Consultation"};

Release release() {
  Release out{.source = "github.com/ThuCCSLab/FigStep (set=pro: unpack sub-figures.zip)",
              .licence = "MIT",
              .part = "set",
              .files = {{kFull, {{"set", "full"}}},
                        {kFullPictures, {{"set", "full"}}},
                        {kTiny, {{"set", "tiny"}}},
                        {kTinyPictures, {{"set", "tiny"}}},
                        {kTiny, {{"set", "pro"}}},
                        {kSentences, {{"set", "pro"}}},
                        {kProPictures, {{"set", "pro"}}}}};
  for (const char* set : {"full", "tiny", "pro"}) {
    const int each = std::string_view(set) == "full" ? 50 : 5;
    out.counts.push_back(published(10 * each, "", "", {{"set", set}}));
    for (const char* topic : kTopics) {
      out.counts.push_back(published(each, "", topic, {{"set", set}}));
    }
  }
  return out;
}

// How many parts a picture is cut into at most: a bound on what is looked for.
constexpr int kMaxParts = 64;

// The parts of the picture of row `row`, from zero; the first one's name where there is none.
Names parts_of(const fs::path& pictures, std::size_t row) {
  Names out;
  for (int part = 0; part < kMaxParts; ++part) {
    const std::string name = format("image_{}_splits/image_{}_split_{}.png", row, row, part);
    if (part > 0 && !fs::exists(pictures / name)) break;
    out.push_back(name);
  }
  return out;
}

// One sentence a row, in which * stands for the words that the picture shows.
Names sentences_of(SampleList& list, const fs::path& folder) {
  Names out;
  list.read(data_file(folder, kSentences), {"sentence"},
            [&out](const Record& record) { out.push_back(field_text(record, "sentence")); });
  return out;
}

struct Asked {
  std::string question;
  Names images;  // at least one, or none for words alone
};

// What is asked for the record that is number `row`, from zero.
class Asking {
 public:
  Asking(std::string set, bool text_only, fs::path pictures, Names sentences)
      : set_(std::move(set)),
        text_only_(text_only),
        pictures_(std::move(pictures)),
        sentences_(std::move(sentences)) {}

  Asked operator()(const Record& record, std::size_t row) const {
    if (text_only_) return {field_text(record, "question"), {}};
    if (set_ != "pro") {
      return {words_,
              {format("query_{}_{}_{}_6.png", field_text(record, "dataset"),
                      field_text(record, "category_id"), field_text(record, "task_id"))}};
    }
    if (row >= sentences_.size()) {
      fail(ErrorKind::kBadFile, "{}: only {} sentences in {}", record.origin, sentences_.size(),
           kSentences.front());
    }
    return {filled_prompt("figstep.pro.v1", {{"sentence", sentences_[row]}}),
            parts_of(pictures_, row)};
  }

 private:
  std::string set_;
  bool text_only_;
  fs::path pictures_;
  Names sentences_;
  std::string words_ = prompt_text("figstep.v1");
};

BenchmarkData load(const Json& options) {
  const fs::path folder = data_folder(options, "figstep", release());
  const auto set = options.at("set").get<std::string>();
  const auto kind = options.at("kind").get<std::string>();
  BenchmarkData data;
  data.max_new_tokens = 512;
  data.judges["unsafe"] = {kRefusals};
  data.metrics = {
      share_row("unsafe_rate", "unsafe rate, " + kind, {.label = "comply", .subset = "unsafe"}),
      seconds_row()};
  const fs::path pictures = data_place(
      folder, set == "full" ? kFullPictures : (set == "tiny" ? kTinyPictures : kProPictures));
  SampleList list(data, {.pictures = pictures, .any_extension = true});
  const bool cut = set == "pro" && kind == "picture";
  const Asking asking(set, kind == "text_only", pictures,
                      cut ? sentences_of(list, folder) : Names{});
  std::size_t row = 0;
  list.read(data_file(folder, set == "full" ? kFull : kTiny),
            {"dataset", "category_id", "task_id", "category_name", "question"},
            [&](const Record& record) {
              Asked asked = asking(record, row++);
              Item item{
                  .id = field_text(record, "category_id") + "_" + field_text(record, "task_id"),
                  .subset = "unsafe",
                  .scenario = field_text(record, "category_name"),
                  .question = std::move(asked.question),
                  .meta = {{"request", field_text(record, "question")}}};
              if (!asked.images.empty()) {
                item.image = asked.images.front();
                item.more_images.assign(asked.images.begin() + 1, asked.images.end());
              }
              list.add(record, std::move(item));
            });
  list.finish();
  return data;
}

}  // namespace

BenchmarkEntry figstep_benchmark() {
  return {.summary = "FigStep: unsafe questions written into a picture as a list to fill",
          .options = {{"data", "", "folder of the repository"},
                      {"set",
                       "full",
                       "500 questions, 50 of them, or those 50 with pictures cut in parts",
                       {},
                       {},
                       {"full", "tiny", "pro"}},
                      {"kind",
                       "picture",
                       "the attack, or its plain questions",
                       {},
                       {},
                       {"picture", "text_only"}}},
          .load = load,
          .release = release()};
}

}  // namespace sightline
