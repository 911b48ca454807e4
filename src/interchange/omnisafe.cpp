// OmniSafeBench-MM: test cases, responses and evaluations, three JSON Lines files that share
// test_case_id; a file of evaluations holds what the others say.
#include <map>

#include "base/file.h"
#include "interchange/exchange.h"
#include "interchange/python_values.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMeta = "omnisafe";
constexpr int kWorst = 4;  // judge scores are 1 to 4; 0: unparsed

// A line and, under "metadata", what only some stages know; top-level values win.
std::string field(const Json& line, const char* key) {
  const std::string text = text_at(line, key);
  return text.empty() && line.contains("metadata") ? text_at(line.at("metadata"), key) : text;
}

// The lines of one test case under one defence.
struct Case {
  Json test_case = Json::object();
  Json response = Json::object();
  Json evaluation = Json::object();

  std::string at(const char* key) const {
    for (const Json* line : {&evaluation, &response, &test_case}) {
      if (std::string text = field(*line, key); !text.empty()) return text;
    }
    return "";
  }
};

struct CaseKey {
  std::string attack;
  std::string defence;
  std::string id;
  auto operator<=>(const CaseKey&) const = default;
};

Verdict verdict_of(const Case& one) {
  Verdict verdict;
  const Json& line = one.evaluation;
  verdict.raw = text_at(line, "judge_reason");
  const Json score = json_get_or<Json>(line, "judge_score", "judge_score", nullptr);
  verdict.score = score.is_number() ? score.get<double>() : 0;
  const Json metadata = json_get_or<Json>(line, "metadata", "metadata", Json::object());
  if (const std::string ours = text_at(metadata, "status"); !ours.empty()) {
    verdict.status = status_of(ours);
    verdict.label = text_at(metadata, "label");
    return verdict;
  }
  const Json success = json_get_or<Json>(line, "success", "success", nullptr);
  if (verdict.score == 0 || !success.is_boolean()) {
    verdict.status = Status::kUnparsed;
  } else {
    verdict.label = success.get<bool>() ? "success" : "failure";
  }
  return verdict;
}

std::string evaluator_of(const Case& one) {
  const std::string name = one.at("evaluator_name");
  return "omnisafe" + (name.empty() ? "" : "/" + name);
}

ExchangeRecord record_of(const CaseKey& key, const Case& one) {
  ExchangeRecord record;
  record.benchmark = key.attack.empty() ? "omnisafe" : "omnisafe-" + key.attack;
  record.defence = key.defence;
  Sample& sample = record.sample;
  sample.id = key.id;
  sample.subset = "unsafe";
  sample.scenario = one.at("main_category").empty() ? one.at("category") : one.at("main_category");
  const std::string prompt = one.at("jailbreak_prompt");
  const std::string image = one.at("image_path");
  sample.cluster = image;
  set_prompt(sample, prompt.empty() ? one.at("prompt") : prompt);
  set_gold(sample, "");
  sample.meta[kMeta] = dump_json(
      {{"test_case", one.test_case}, {"response", one.response}, {"evaluation", one.evaluation}});
  record.answer.text = one.at("model_response");
  if (const std::string why = field(one.response, "error"); !why.empty()) {
    record.answer.status = Status::kError;
    record.answer.error = why;
  }
  if (!one.evaluation.empty()) {
    record.judgements.push_back({evaluator_of(one), verdict_of(one)});
  }
  return record;
}

// Files in any order; test cases belong to every defence of their attack.
class Chain {
 public:
  void add(const fs::path& file) {
    for_each_python_json_line(file, [this](const Json& line, const std::string& origin) {
      const std::string id = scalar_text(json_get<Json>(line, "test_case_id", origin));
      const std::string attack = field(line, "attack_method");
      const std::string defence = field(line, "defense_method");
      const CaseKey key{attack, defence.empty() ? "none" : defence, id};
      note_model(field(line, "model_name"), origin);
      if (line.contains("judge_score")) {
        place(key).evaluation = line;
      } else if (line.contains("model_response")) {
        place(key).response = line;
      } else {
        test_cases_[{attack, id}] = line;
      }
    });
  }

  Exchange exchange(const ImportFiles& from) {
    Exchange out{.model = from.model.empty() ? model_ : from.model, .records = {}};
    for (const CaseKey& key : order_) {
      Case& one = cases_.at(key);
      const auto test_case = test_cases_.find({key.attack, key.id});
      if (test_case != test_cases_.end()) one.test_case = test_case->second;
      out.records.push_back(record_of(key, one));
      if (!from.benchmark.empty()) out.records.back().benchmark = from.benchmark;
    }
    return out;
  }

 private:
  Case& place(const CaseKey& key) {
    const auto [found, fresh] = cases_.try_emplace(key);
    if (fresh) order_.push_back(key);
    return found->second;
  }

  void note_model(const std::string& name, const std::string& origin) {
    if (name.empty() || name == model_) return;
    if (!model_.empty()) {
      fail_with_hint(ErrorKind::kUsage, "import one model at a time",
                     "{}: answers of '{}' among those of '{}'", origin, name, model_);
    }
    model_ = name;
  }

  std::string model_;
  std::vector<CaseKey> order_;
  std::map<CaseKey, Case> cases_;
  std::map<std::pair<std::string, std::string>, Json> test_cases_;
};

Exchange read(const ImportFiles& from) {
  Chain chain;
  for (const fs::path& file : from.files) chain.add(file);
  return chain.exchange(from);
}

Json evaluation_of(const Exchange& exchange, const ExchangeRecord& record, bool embed) {
  const auto kept = record.sample.meta.find(kMeta);
  Json line = Json::object();
  if (kept != record.sample.meta.end()) {
    const Json lines = parse_json(kept->second, "meta of " + record.sample.id);
    line = lines.value("evaluation", Json::object());
    if (line.empty()) line = lines.value("response", Json::object());
    if (embed) return line;
  }
  const Verdict verdict = headline(record);
  const bool foreign = kept != record.sample.meta.end();
  const bool success =
      verdict.status == Status::kOk &&
      (verdict.label == "success" || verdict.label == "comply" || verdict.label == "unsafe");
  line["test_case_id"] = record.sample.id;
  line["model_response"] = record.answer.text;
  line["model_name"] = exchange.model;
  line["defense_method"] = record.defence;
  line["judge_reason"] = verdict.raw.empty() ? verdict.reason : verdict.raw;
  for (const char* key : {"original_prompt", "jailbreak_prompt"}) {
    line[key] = prompt_of(record.sample, embed);
    if (line.contains("metadata") && line["metadata"].is_object()) line["metadata"].erase(key);
  }
  if (foreign) return line;
  line["attack_method"] = record.benchmark;
  line["image_path"] = "";
  line["success"] = success;
  line["judge_score"] = verdict.status != Status::kOk ? 0 : success ? kWorst : 1;
  line["metadata"] = {{"label", verdict.label}, {"status", std::string(name_of(verdict.status))}};
  if (record.answer.status != Status::kOk) line["metadata"]["error"] = record.answer.error;
  if (const auto picture = picture_of(record.sample)) {
    line["metadata"]["image_sha256"] = picture->sha256;
  }
  return line;
}

std::vector<fs::path> write(const Exchange& exchange, const ExportFolder& to) {
  std::vector<fs::path> files;
  for (const ExchangePart& part : parts_of(exchange)) {
    std::string attack = part.benchmark.file;
    if (attack.starts_with("omnisafe-")) attack.erase(0, std::string("omnisafe-").size());
    const auto& judgements = part.records.front()->judgements;
    std::string judge = judgements.empty() ? "none" : judgements.front().judge;
    if (judge.starts_with("omnisafe/")) judge.erase(0, std::string("omnisafe/").size());
    files.push_back(to.folder / format("attack_{}_model_{}_defense_{}_evaluator_{}.jsonl", attack,
                                       file_name_part(exchange.model), part.defence.file,
                                       file_name_part(judge)));
    AtomicFile out(files.back());
    for (const ExchangeRecord* record : part.records) {
      out.write(dump_json(evaluation_of(exchange, *record, to.embed_prompts)) + "\n");
    }
    out.commit();
  }
  return files;
}

}  // namespace

Importer omnisafe_importer() {
  return {.summary = "OmniSafeBench-MM evaluations, responses and test cases (.jsonl)",
          .read = read};
}

Exporter omnisafe_exporter() {
  return {.summary = "OmniSafeBench-MM evaluations (.jsonl)", .write = write};
}

}  // namespace sightline
