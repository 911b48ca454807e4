// lmms-eval: <stamp>_samples_<task>.jsonl, one line a document.
#include <map>
#include <set>

#include "base/file.h"
#include "base/sha256.h"
#include "interchange/exchange.h"
#include "interchange/python_values.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMeta = "lmms";
constexpr std::string_view kMarker = "_samples_";
constexpr const char* kOurs = "sightline";  // the metric under which our verdicts go out

// Keys of a line that are no metric.
const std::set<std::string> kFields = {"doc_id",  "doc",         "target",         "arguments",
                                       "resps",   "doc_hash",    "filtered_resps", "token_counts",
                                       "input",   "input_media", "prompt_hash",    "target_hash",
                                       "item_id", "category",    "subset"};

// Strings of a text, a list, or a list of lists: lists of one are often flattened.
void collect(const Json& value, std::vector<std::string>& out) {
  if (value.is_array()) {
    for (const Json& one : value) collect(one, out);
  } else if (!value.is_null()) {
    out.push_back(scalar_text(value));
  }
}

std::vector<std::string> responses_of(const Json& line) {
  std::vector<std::string> out;
  for (const char* key : {"resps", "filtered_resps"}) {
    if (out.empty() && line.contains(key)) collect(line.at(key), out);
  }
  return out;
}

Verdict verdict_of(const Json& value) {
  Verdict verdict;
  verdict.raw = dump_json(value);
  const Json* said = &value;
  if (value.is_object()) {
    said = nullptr;
    for (const char* key : {"label", "value", "score"}) {
      if (said == nullptr && value.contains(key) && value.at(key).is_primitive()) {
        said = &value.at(key);
      }
    }
    if (const std::string status = text_at(value, "status"); !status.empty() && status != "ok") {
      verdict.status = status_of(status);
      return verdict;
    }
  }
  if (said == nullptr || said->is_null() || !said->is_primitive()) {
    verdict.status = Status::kUnparsed;
    verdict.reason = "no scalar";
    return verdict;
  }
  verdict.label = scalar_text(*said);
  if (verdict.label.empty()) verdict.status = Status::kUnparsed;
  const Json& score = value.is_object() && value.contains("score") ? value.at("score") : *said;
  if (score.is_number()) verdict.score = score.get<double>();
  if (score.is_boolean()) verdict.score = score.get<bool>() ? 1 : 0;
  return verdict;
}

std::vector<Judgement> judgements_of(const Json& line) {
  std::vector<Judgement> out;
  for (const auto& [key, value] : line.items()) {
    if (kFields.contains(key)) continue;
    out.insert(key == kOurs ? out.begin() : out.end(),
               Judgement{std::string("lmms/") + key, verdict_of(value)});
  }
  return out;
}

// A category inside a metric's object, as the safety tasks have it.
std::string category_of(const Json& line) {
  if (const std::string ours = text_at(line, "category"); !ours.empty()) return ours;
  for (const auto& [key, value] : line.items()) {
    if (kFields.contains(key) || !value.is_object()) continue;
    for (const char* field : {"category", "type"}) {
      if (const std::string text = text_at(value, field); !text.empty()) return text;
    }
  }
  return "";
}

std::vector<ExchangeRecord> records_of(const Json& line, const std::string& origin) {
  const Json doc_id = json_get<Json>(line, "doc_id", origin);
  const std::string hash = text_at(line, "doc_hash");
  Sample sample;
  sample.id = text_at(line, "item_id");
  if (sample.id.empty()) sample.id = scalar_text(doc_id) + (hash.empty() ? "" : ":" + hash);
  sample.subset = text_at(line, "subset").empty() ? "all" : text_at(line, "subset");
  sample.scenario = category_of(line);
  set_gold(sample, text_at(line, "target"));
  set_prompt(sample, text_at(line, "input"));
  Json rest = Json::object();
  for (const auto& [key, value] : line.items()) {
    const bool placed = key == "resps" || key == "filtered_resps" || key == "target" ||
                        key == "input" || key == kOurs;
    if (!placed) rest[key] = value;
  }
  sample.meta[kMeta] = dump_json(rest);
  std::vector<ExchangeRecord> out;
  std::vector<std::string> responses = responses_of(line);
  if (responses.empty()) responses.push_back("");
  for (std::size_t k = 0; k < responses.size(); ++k) {
    ExchangeRecord& record = out.emplace_back();
    record.sample = sample;
    set_epoch(record.sample, static_cast<int>(k) + 1);
    record.answer.text = std::move(responses[k]);
    const Json ours = json_get_or<Json>(line, kOurs, origin, Json::object());
    const std::string status = text_at(ours, "answer_status");
    if (!status.empty()) record.answer.status = status_of(status);
    record.answer.error = text_at(ours, "error");
    record.judgements = judgements_of(line);
  }
  return out;
}

// Documents in order, each as its last line has it: files are appended to, run after run.
void read_file_of(const fs::path& file, const std::string& benchmark, Exchange& out) {
  std::map<std::string, std::size_t> places;
  std::vector<std::vector<ExchangeRecord>> documents;
  for_each_python_json_line(file, [&](const Json& line, const std::string& origin) {
    auto records = records_of(line, origin);
    const std::string id = scalar_text(line.at("doc_id"));
    const auto [place, fresh] = places.emplace(id, documents.size());
    if (fresh) {
      documents.push_back(std::move(records));
    } else {
      documents[place->second] = std::move(records);
    }
  });
  for (auto& records : documents) {
    for (ExchangeRecord& record : records) {
      record.benchmark = benchmark;
      out.records.push_back(std::move(record));
    }
  }
}

Exchange read(const ImportFiles& from) {
  Exchange out{.model = from.model, .records = {}};
  for (const fs::path& file : from.files) {
    const std::string stem = file.stem().string();
    const std::size_t cut = stem.find(kMarker);
    const std::string task = cut == std::string::npos ? stem : stem.substr(cut + kMarker.size());
    set_model(out, from, fs::absolute(file).parent_path().filename().string(), file);
    read_file_of(file, from.benchmark.empty() ? task : from.benchmark, out);
  }
  return out;
}

Json line_of(const std::vector<const ExchangeRecord*>& answers, std::size_t number, bool embed) {
  const ExchangeRecord& first = *answers.front();
  const Sample& sample = first.sample;
  const auto kept = sample.meta.find(kMeta);
  Json line = kept == sample.meta.end() ? Json::object() : parse_json(kept->second, "meta");
  if (kept == sample.meta.end()) {
    line["doc_id"] = number;
    line["doc_hash"] = sha256(sample.id);
    line["item_id"] = item_id(sample);
    line["category"] = sample.scenario;
    line["subset"] = sample.subset;
  }
  if (!embed) {
    line.erase("doc");
    line.erase("arguments");
  }
  line["target"] = gold_of(sample);
  line["input"] = prompt_of(sample, embed);
  Json responses = Json::array();
  for (const ExchangeRecord* one : answers) responses.push_back(one->answer.text);
  line["filtered_resps"] = responses.size() == 1 ? responses.front() : responses;
  line["resps"] = Json::array({responses});
  const bool ours = first.judgements.empty() ||
                    !first.judgements.front().judge.starts_with("lmms/") ||
                    first.judgements.front().judge == std::string("lmms/") + kOurs;
  if (ours) {
    const Verdict verdict = headline(first);
    line[kOurs] = {{"label", verdict.label},
                   {"score", verdict.score},
                   {"status", std::string(name_of(verdict.status))},
                   {"reason", verdict.reason},
                   {"answer_status", std::string(name_of(first.answer.status))},
                   {"error", first.answer.error}};
  }
  return line;
}

std::vector<fs::path> write(const Exchange& exchange, const ExportFolder& to) {
  std::vector<fs::path> files;
  for (const ExchangePart& part : parts_of(exchange)) {
    std::map<std::string, std::size_t> places;
    std::vector<std::vector<const ExchangeRecord*>> documents;  // the answers to one item together
    for (const ExchangeRecord* record : part.records) {
      const auto [place, fresh] = places.emplace(item_id(record->sample), documents.size());
      if (fresh) documents.emplace_back();
      documents[place->second].push_back(record);
    }
    std::string stamp;  // "20250131_120000"
    for (const char c : exchange.created) {
      if (c >= '0' && c <= '9') stamp += c;
      if (c == 'T') stamp += '_';
    }
    const fs::path folder = to.folder / part.subject.file;
    make_folder(folder);
    files.push_back(folder / ((stamp.empty() ? "run" : stamp) + std::string(kMarker) +
                              part.benchmark.file + ".jsonl"));
    AtomicFile out(files.back());
    for (std::size_t d = 0; d < documents.size(); ++d) {
      out.write(dump_json(line_of(documents[d], d, to.embed_prompts)) + "\n");
    }
    out.commit();
  }
  return files;
}

}  // namespace

Importer lmms_importer() {
  return {.summary = "lmms-eval samples, <stamp>_samples_<task>.jsonl", .read = read};
}

Exporter lmms_exporter() {
  return {.summary = "lmms-eval: <model>/<stamp>_samples_<task>.jsonl", .write = write};
}

}  // namespace sightline
