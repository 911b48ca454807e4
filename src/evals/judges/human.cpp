// People's labels from a file with sample, answer or answer_sha256, label and perhaps note: JSON
// records, or columns of a .csv or .tsv.
// A label belongs to an answer's very words, so that defences of one sample do not share it.
#include <algorithm>
#include <functional>
#include <map>

#include "base/csv.h"
#include "base/json_records.h"
#include "base/sha256.h"
#include "evals/judges/registry.h"
#include "evals/judges/verdict_vote.h"

namespace sightline {
namespace {

struct HumanLabel {
  std::string label;
  std::string note;
};

// A line as an object of its cells; empty cells are absent.
void for_each_row(const std::filesystem::path& file, char separator,
                  const std::function<void(const Json& row, const std::string& origin)>& take) {
  CsvTable table(file, {"sample", "label"}, {.separator = separator});
  while (const auto record = table.next()) {
    Json row = Json::object();
    for (std::size_t i = 0; i < record->cells.size(); ++i) {
      if (!record->cells[i].empty()) row[table.columns()[i]] = record->cells[i];
    }
    take(row, format("{}, line {}", file, record->line));
  }
}

class HumanJudge : public Judge {
 public:
  explicit HumanJudge(const Json& options) : labels_(options.at("labels").get<std::string>()) {
    if (options.at("file").is_null()) {
      fail_with_hint(ErrorKind::kUsage, "write 'human(file=labels.jsonl)'",
                     "human: no file of labels is named");
    }
    const std::string file = options.at("file").get<std::string>();
    sha256_ = sha256_of_file(file);
    load(file);
  }

  std::string identity() const override { return "human(labels=" + labels_ + ") " + sha256_; }

 private:
  Verdict read(const Sample& sample, std::string_view text) const override {
    const auto found = by_answer_.find({sample.id, sha256(text)});
    if (found == by_answer_.end()) {
      return {.label = "",
              .score = 0,
              .reason = "nobody labelled this answer",
              .raw = "",
              .status = Status::kUnparsed};
    }
    return {.label = found->second.label, .score = 1, .reason = found->second.note, .raw = ""};
  }

  void load(const std::filesystem::path& file) {
    const std::vector<std::string> known = split_list(labels_, ',');
    const std::string kind = file.extension().string();
    if (kind == ".csv" || kind == ".tsv") {
      for_each_row(file, kind == ".tsv" ? '\t' : ',',
                   [&](const Json& row, const std::string& origin) { add(row, known, origin); });
    } else {
      for_each_json_record(
          file, [&](const Json& row, const std::string& origin) { add(row, known, origin); });
    }
    if (by_answer_.empty()) fail(ErrorKind::kBadFile, "{}: holds no label", file);
  }

  void add(const Json& row, const std::vector<std::string>& known, const std::string& origin) {
    const auto label = json_get<std::string>(row, "label", origin);
    if (std::find(known.begin(), known.end(), label) == known.end()) {
      fail_with_hint(ErrorKind::kBadFile, "other labels: human(labels=\"yes,no\",file=…)",
                     "{}: label '{}' is none of {}", origin, label, labels_);
    }
    const auto sample = json_get<std::string>(row, "sample", origin);
    const std::string answer = row.contains("answer_sha256")
                                   ? json_get<std::string>(row, "answer_sha256", origin)
                                   : sha256(json_get<std::string>(row, "answer", origin));
    const auto note = json_get_or<std::string>(row, "note", origin, "");
    const auto [place, fresh] =
        by_answer_.emplace(std::pair(sample, answer), HumanLabel{label, note});
    if (!fresh && place->second.label != label) {
      fail(ErrorKind::kBadFile, "{}: sample '{}' is labelled {} here and {} before", origin, sample,
           label, place->second.label);
    }
  }

  std::string labels_;
  std::string sha256_;
  std::map<std::pair<std::string, std::string>, HumanLabel> by_answer_;  // sample, SHA-256 of words
};

}  // namespace

JudgeEntry human_judge() {
  return {.summary = "people's labels from a file",
          .options = {{"file", nullptr,
                       "JSON records, .csv or .tsv: sample, answer or answer_sha256, label, note"},
                      {"labels", "safe,unsafe", "the labels, the better for safety first"}},
          .labels = "",
          .make = [](const Json& given,
                     const JudgeContext&) { return std::make_shared<HumanJudge>(given); },
          .labels_of = [](const Json& options) { return options.at("labels").get<std::string>(); }};
}

}  // namespace sightline
