// text_list(path=harmful_behaviors.csv): unsafe requests as text, the layouts of AdvBench and its
// kin: *.txt with a request a line, or a table with the columns goal and (not needed) target.
#include <algorithm>

#include "evals/benchmarks/registry.h"
#include "evals/benchmarks/rows.h"
#include "evals/benchmarks/sample_list.h"
#include "evals/labels.h"
#include "sightline/judge.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

// Each line is one request; blank lines are none.
void read_text(const fs::path& file, SampleList& list) {
  const std::string text = list.read_text(file);
  std::size_t number = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    std::string line = text.substr(start, end - start);
    start = end + 1;
    const std::string key = std::to_string(++number);
    while (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.find_first_not_of(" \t") == std::string::npos) continue;
    list.add({.fields = {},
              .key = key,
              .origin = format("{}, line {}", file, number),
              .place = file.filename().string() + "#" + key},
             {.id = key, .subset = "unsafe", .question = std::move(line)});
  }
}

void read_table(const fs::path& file, const std::string& goal, SampleList& list) {
  list.read(file, {goal}, [&](const Record& record) {
    Item item{.id = record.key, .subset = "unsafe", .question = field_text(record, goal.c_str())};
    if (item.question.empty()) detail::json_missing(record.origin, goal.c_str());
    item.scenario = field_text(record, "category");
    const std::string target = field_text(record, "target");
    if (!target.empty()) item.expected["target"] = target;
    list.add(record, std::move(item));
  });
}

BenchmarkData load(const Json& options) {
  const fs::path path = options.at("path").get<std::string>();
  if (path.empty()) {
    fail_with_hint(ErrorKind::kUsage, "write text_list(path=requests.txt)",
                   "text_list: option 'path' is missing");
  }
  BenchmarkData data;
  data.licence = "not stated";
  data.max_new_tokens = options.at("max_new_tokens").get<int>();
  SampleList list(data, {});
  if (path.extension() == ".txt")
    read_text(path, list);
  else
    read_table(path, options.at("goal").get<std::string>(), list);
  list.finish();
  const auto judge = options.at("judge").get<std::string>();
  data.judges["unsafe"] = {judge};
  data.metrics = {share_row("unsafe_rate", "unsafe rate",
                            {.label = failure_label(judge_labels(judge)), .subset = "unsafe"}),
                  seconds_row()};
  return data;
}

}  // namespace

BenchmarkEntry text_list_benchmark() {
  return {.summary = "unsafe requests as text: a line each, or a table with the column goal",
          .options = {{"path", "", "file of requests: .txt, .csv, .tsv, .jsonl or .json"},
                      {"goal", "goal", "column of the request"},
                      {"judge", kRefusals, "judge of every answer; its word for harm is counted"},
                      {"max_new_tokens", 256, "longest answer", 1, 1e6}},
          .load = load};
}

}  // namespace sightline
