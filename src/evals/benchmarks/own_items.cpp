#include "evals/benchmarks/own_items.h"

#include <set>

#include "evals/benchmarks/items.h"
#include "evals/benchmarks/rows.h"
#include "evals/labels.h"
#include "sightline/judge.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

// What the row of a subset counts, and which way is better.
struct Counted {
  std::string label;
  bool lower_is_better = true;
};

// A judge's first label is the better one, except that a refusal is a failure where nothing is
// wrong with the request. Graded answers are counted when they are right, whatever was asked.
Counted counted_of(const std::string& subset, const std::string& labels) {
  const std::string best = label_list(labels).front();
  if (subset == "unsafe" && best != "correct") return {failure_label(labels), true};
  return {best, best == "refuse"};
}

// The field map of the options; fields that are named there are columns a table must have.
void map_fields(const Json& options, const std::string& default_id, ItemSource& source) {
  source.fields.id = default_id;
  const std::pair<const char*, std::string*> parts[] = {{"id", &source.fields.id},
                                                        {"question", &source.fields.question},
                                                        {"image", &source.fields.image},
                                                        {"subset", &source.fields.subset},
                                                        {"scenario", &source.fields.scenario},
                                                        {"expected", &source.fields.expected}};
  const std::string extension = source.file.extension();
  const bool table = extension == ".csv" || extension == ".tsv";
  for (const auto& [part, name] : parts) {
    const bool given = !options.at(part).is_null();
    if (given) *name = options.at(part).get<std::string>();
    const bool is_field = *name != "#" && !name->starts_with('=');
    const bool needed = given || name == &source.fields.question;
    if (table && is_field && needed) source.columns.push_back(*name);
  }
}

}  // namespace

OptionTable own_items_options(const std::string& default_id) {
  return {{"path", "", "file of items: .jsonl, .json, .csv or .tsv"},
          {"pictures", "", "folder that images are relative to; empty: the file's"},
          {"judge", kShortRefusals, "judge of every answer"},
          {"max_new_tokens", 64, "longest answer", 1, 1e6},
          {"split", "", "only items of this split; empty: all"},
          {"id", nullptr, "field of the id, # for the record's number; absent: " + default_id},
          {"question", nullptr, "field of the question; absent: question"},
          {"image", nullptr, "field of the picture's path; absent: image"},
          {"subset", nullptr, "field of the subset, or =unsafe for all items; absent: subset"},
          {"scenario", nullptr, "field of the scenario, or =TEXT; absent: scenario"},
          {"expected", nullptr, "field of the expected answer; absent: expected"}};
}

BenchmarkData load_own_items(const Json& options, const std::string& benchmark,
                             const std::string& default_id) {
  const fs::path path = options.at("path").get<std::string>();
  if (path.empty()) {
    fail_with_hint(ErrorKind::kUsage, format("write {}(path=items.{})", benchmark, benchmark),
                   "{}: option 'path' is missing", benchmark);
  }
  const fs::path pictures = options.at("pictures").get<std::string>();
  ItemSource source{.file = path,
                    .pictures = pictures.empty() ? path.parent_path() : pictures,
                    .split = options.at("split").get<std::string>()};
  map_fields(options, default_id, source);
  BenchmarkData data;
  data.licence = "not stated";
  data.max_new_tokens = options.at("max_new_tokens").get<int>();
  read_items(source, data);
  const auto judge = options.at("judge").get<std::string>();
  const std::string labels = judge_labels(judge);
  std::set<std::pair<std::string, std::string>> parts;
  for (const Sample& sample : data.samples) {
    data.judges[sample.subset] = {judge};
    parts.emplace(sample.subset, sample.variant);
  }
  for (const auto& [subset, variant] : parts) {
    const auto [label, lower_is_better] = counted_of(subset, labels);
    data.metrics.push_back(share_row(label + "_" + subset + "_" + variant,
                                     label + ": " + subset + ", " + variant,
                                     {.label = label, .subset = subset, .variant = variant}));
    data.metrics.back().lower_is_better = lower_is_better;
  }
  data.metrics.push_back(seconds_row());
  return data;
}

}  // namespace sightline
