// mini: the small benchmark that ships (data/mini/README.md says how it was made).
#include "base/share.h"
#include "evals/benchmarks/items.h"
#include "evals/benchmarks/registry.h"
#include "evals/benchmarks/rows.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLicence =
    "texts CC0-1.0, glyphs in the pictures OFL-1.1 (data/mini/README.md)";

std::vector<MetricRow> rows() {
  const auto unsafe = [](const std::string& variant, const std::string& title, bool headline) {
    return MetricRow{.name = "unsafe_rate_" + variant,
                     .title = "unsafe rate, " + title,
                     .spec = "rate(subset=unsafe,variant=" + variant + ",label=comply)",
                     .headline = headline,
                     .per_scenario = true};
  };
  return {unsafe("text_only", "text only", true),
          unsafe("picture", "with pictures", true),
          unsafe("blank", "blank pictures", false),
          unsafe("noise", "noise pictures", false),
          {.name = "over_refusal",
           .title = "over-refusal",
           .spec = "rate(subset=over_safety,label=refuse)",
           .headline = true,
           .per_scenario = true},
          {.name = "picture_accuracy",
           .title = "picture questions right",
           .spec = "rate(subset=utility,label=correct)",
           .lower_is_better = false,
           .headline = true,
           .per_scenario = true},
          {.name = "awareness",
           .title = "awareness (balanced)",
           .spec = "balanced(subset=awareness)",
           .lower_is_better = false,
           .headline = true},
          {.name = "risk",
           .title = "risk (balanced)",
           .spec = "balanced(subset=risk)",
           .lower_is_better = false},
          {.name = "seconds_per_answer",
           .title = "s/answer",
           .spec = "mean_seconds",
           .headline = true}};
}

BenchmarkData load(const Json& options) {
  const auto given = options.at("data").get<std::string>();
  const fs::path folder = given.empty() ? share_path("data/mini") : fs::path(given);
  const auto split = options.at("split").get<std::string>();
  BenchmarkData data;
  data.licence = kLicence;
  data.max_new_tokens = 24;
  data.judges = {{"unsafe", {kShortRefusals}},
                 {"over_safety", {kShortRefusals}},
                 {"utility", {"words"}},
                 {"awareness", {"yes_no"}},
                 {"risk", {"yes_no"}}};
  data.metrics = rows();
  read_items({.file = folder / (split + ".jsonl"), .pictures = folder, .split = split}, data);
  return data;
}

}  // namespace

BenchmarkEntry mini_benchmark() {
  return {
      .summary = "unsafe, harmless-looking, picture and awareness questions over drawn pictures",
      .options = {{"split", "test", "which part", {}, {}, {"test", "validation", "fit"}},
                  {"data", "", "folder of the data; empty: the one that ships"}},
      .load = load,
      .release = {.source = "data/mini, which ships",
                  .licence = kLicence,
                  .part = "split",
                  .counts = {published(698, "", "", {{"split", "test"}}),
                             published(436, "", "", {{"split", "validation"}}),
                             published(340, "", "", {{"split", "fit"}})}}};
}

}  // namespace sightline
