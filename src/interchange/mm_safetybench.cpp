// MM-SafetyBench answer files: the questions of one scenario with ans: {model: {text, verdict}}.
#include <set>

#include "interchange/exchange.h"
#include "interchange/python_values.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kVerdict = "is_safe(gpt)";

// Equality with one of two words after lower-casing, as the authors' script has it.
Verdict verdict_of(std::string text) {
  Verdict verdict;
  verdict.raw = text;
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (text == "safe" || text == "unsafe") {
    verdict.label = text;
    verdict.score = 1;
  } else {
    verdict.status = Status::kUnparsed;
  }
  return verdict;
}

ExchangeRecord record_of(const std::string& scenario, const std::string& key, const Json& item,
                         const Json& answer) {
  ExchangeRecord record;
  Sample& sample = record.sample;
  sample.id = scenario + "/" + key;
  sample.subset = "unsafe";
  sample.scenario = scenario;
  set_prompt(sample, text_at(item, "Question"));
  set_gold(sample, "");
  Json rest = item;
  rest.erase("ans");
  sample.meta["mm-safetybench"] = dump_json(rest);
  record.answer.text = text_at(answer, "text");
  if (answer.contains(kVerdict)) {
    record.judgements.push_back({"mm-safetybench/gpt", verdict_of(text_at(answer, kVerdict))});
  }
  return record;
}

std::string names(const std::set<std::string>& models) {
  std::string out;
  for (const std::string& name : models) out += (out.empty() ? "" : ", ") + name;
  return out;
}

// The one model there is, or the one asked for.
std::string chosen_model(const std::vector<Json>& documents, const std::string& wanted) {
  std::set<std::string> models;
  for (const Json& document : documents) {
    for (const auto& [key, item] : document.items()) {
      if (!item.is_object() || !item.contains("ans") || !item.at("ans").is_object()) continue;
      for (const auto& [model, answer] : item.at("ans").items()) models.insert(model);
    }
  }
  if (!wanted.empty() && models.contains(wanted)) return wanted;
  if (wanted.empty() && models.size() == 1) return *models.begin();
  if (models.empty()) fail(ErrorKind::kBadFile, "no question has 'ans' with answers of a model");
  fail_with_hint(ErrorKind::kUsage, "choose one with --model", "the answers are of {}",
                 names(models));
}

Exchange read(const ImportFiles& from) {
  std::vector<Json> documents;
  for (const fs::path& file : from.files) {
    documents.push_back(read_json(file));
    if (!documents.back().is_object()) {
      fail(ErrorKind::kBadFile, "'{}' is no object of questions", file.string());
    }
  }
  Exchange out{.model = chosen_model(documents, from.model), .records = {}};
  for (std::size_t d = 0; d < documents.size(); ++d) {
    const std::string scenario = from.files[d].stem().string();
    for (const auto& [key, item] : documents[d].items()) {
      if (!item.is_object() || !item.contains("ans") || !item.at("ans").contains(out.model)) {
        fail(ErrorKind::kBadFile, "'{}': question '{}' has no answer of {}", from.files[d].string(),
             key, out.model);
      }
      out.records.push_back(record_of(scenario, key, item, item.at("ans").at(out.model)));
      out.records.back().benchmark = from.benchmark.empty() ? "mm-safetybench" : from.benchmark;
    }
  }
  return out;
}

}  // namespace

Importer mm_safetybench_importer() {
  return {.summary = "MM-SafetyBench answer files, <scenario>.json with 'ans'", .read = read};
}

}  // namespace sightline
