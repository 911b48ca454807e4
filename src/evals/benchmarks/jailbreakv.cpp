// JailBreakV-28K (arXiv 2404.03027): jailbreak texts of language models beside pictures that say
// nothing, and attacks by pictures, over the queries of RedTeam-2K.
#include <algorithm>

#include "evals/benchmarks/registry.h"
#include "evals/benchmarks/rows.h"
#include "evals/benchmarks/sample_list.h"
#include "evals/plain_text.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTextAttacks[] = {"Template", "Persuade", "Logic"};
constexpr std::string_view kPictureAttacks[] = {"figstep", "SD", "SD_typo", "typo"};

constexpr std::string_view kPolicies[] = {"Unethical Behavior",
                                          "Economic Harm",
                                          "Hate Speech",
                                          "Government Decision",
                                          "Physical Harm",
                                          "Fraud",
                                          "Political Sensitivity",
                                          "Malware",
                                          "Illegal Activity",
                                          "Bias",
                                          "Violence",
                                          "Animal Abuse",
                                          "Tailored Unlicensed Advice",
                                          "Privacy Violation",
                                          "Health Consultation",
                                          "Child Abuse Content"};

std::vector<std::string> file_of(const std::string& set) {
  const std::string name = set == "mini"         ? "mini_JailBreakV_28K.csv"
                           : set == "redteam_2k" ? "RedTeam_2K.csv"
                                                 : "JailBreakV_28K.csv";
  return {name, "JailBreakV_28K/" + name};
}

Release release() {
  const OptionValues full = {{"set", "full"}};
  return {.source =
              "huggingface.co/datasets/JailbreakV-28K/JailBreakV-28k (100 pictures a folder; "
              "the others by the link there)",
          .licence = "MIT",
          .part = "set",
          .files = {{file_of("full"), full},
                    {file_of("mini"), {{"set", "mini"}}},
                    {file_of("redteam_2k"), {{"set", "redteam_2k"}}}},
          .counts = {published(28000, "", "", full), published(20000, "text_attack", "", full),
                     published(8000, "picture_attack", "", full),
                     published(280, "", "", {{"set", "mini"}}),
                     published(2000, "", "", {{"set", "redteam_2k"}})}};
}

// The policy in one spelling: files differ in case and in how the last one ends.
std::string policy_of(const Record& record) {
  const std::string given = field_text(record, "policy");
  const std::string low = lower_case(trimmed(given));
  for (const std::string_view policy : kPolicies) {
    const std::string known = lower_case(policy);
    if (!low.empty() && (known.starts_with(low) || low.starts_with(known))) {
      return std::string(policy);
    }
  }
  return given;
}

std::string subset_of(const Record& record) {
  const std::string format = field_text(record, "format");
  if (std::ranges::count(kTextAttacks, format) > 0) return "text_attack";
  if (std::ranges::count(kPictureAttacks, format) > 0) return "picture_attack";
  fail(ErrorKind::kBadFile,
       "{}: format '{}', wanted Template, Persuade, Logic, figstep, SD, SD_typo or typo",
       record.origin, format);
}

void add_attack(SampleList& list, const Record& record) {
  list.add(record, {.id = field_text(record, "id"),
                    .subset = subset_of(record),
                    .scenario = policy_of(record),
                    .question = field_text(record, "jailbreak_query"),
                    .image = field_text(record, "image_path"),
                    .meta = {{"kind", field_text(record, "format")},
                             {"request", field_text(record, "redteam_query")},
                             {"from", field_text(record, "from")}}});
}

void add_query(SampleList& list, const Record& record) {
  list.add(record, {.id = field_text(record, "id"),
                    .subset = "query",
                    .scenario = policy_of(record),
                    .question = field_text(record, "question"),
                    .meta = {{"from", field_text(record, "from")}}});
}

void add_rule(BenchmarkData& data, const std::string& subset, const std::string& title) {
  data.judges[subset] = {kRefusals};
  data.metrics.push_back(share_row("unsafe_rate_" + subset, "unsafe rate, " + title,
                                   {.label = "comply", .subset = subset}));
}

BenchmarkData load(const Json& options) {
  const fs::path folder = data_folder(options, "jailbreakv", release());
  const auto set = options.at("set").get<std::string>();
  const fs::path file = data_file(folder, file_of(set));
  BenchmarkData data;
  data.max_new_tokens = 256;
  SampleList list(data, {.pictures = file.parent_path(), .any_extension = true});
  if (set == "redteam_2k") {
    add_rule(data, "query", "plain queries");
    list.read(file, {"id", "question", "policy"},
              [&list](const Record& record) { add_query(list, record); });
  } else {
    data.metrics = {share_row("unsafe_rate", "unsafe rate", {.label = "comply"})};
    add_rule(data, "text_attack", "attacks by text");
    add_rule(data, "picture_attack", "attacks by picture");
    list.read(file, {"id", "jailbreak_query", "redteam_query", "format", "policy", "image_path"},
              [&list](const Record& record) { add_attack(list, record); });
  }
  data.metrics.push_back(seconds_row());
  list.finish();
  return data;
}

}  // namespace

BenchmarkEntry jailbreakv_benchmark() {
  return {.summary = "JailBreakV-28K: jailbreaks by text and by picture",
          .options = {{"data", "", "folder JailBreakV_28K, or the one it lies in"},
                      {"set",
                       "full",
                       "all 28,000, the 280 of the small set, or the plain 2,000 queries",
                       {},
                       {},
                       {"full", "mini", "redteam_2k"}}},
          .load = load,
          .release = release()};
}

}  // namespace sightline
