// Our own records: run.json, items.jsonl, outputs.jsonl, judgements.jsonl and the report.
#include <set>

#include "base/file.h"
#include "base/json.h"
#include "base/sha256.h"
#include "image/picture_uri.h"
#include "interchange/exchange.h"
#include "reports/json_report.h"
#include "reports/report_files.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSchema = "sightline.run/1";

// Notes of a sample that name, number or classify it. Any other may hold words of the prompt, such
// as `request`, `caption` and what formats keep there.
const std::set<std::string> kNotesWithoutWords = {
    "ablation", "caption_by", "case_id", "class2",        "class3",     "epoch",  "from",
    "item_id",  "kind",       "pair_id", "shuffled_from", "source_ref", "twin_of"};

Json run_of(const Exchange& exchange) {
  const RunInfo& run = exchange.report->run;
  const Json& asks = run.config.at("asks");
  const Json model = asks.value("model", Json::object());
  const Json sessions = run.config.value("sessions", Json::array());
  std::set<std::string> judges;
  for (const ExchangeRecord& record : exchange.records) {
    for (const Judgement& one : record.judgements) judges.insert(one.judge);
  }
  return {
      {"schema", kSchema},
      {"run_id", run.id},
      {"created", run.created},
      {"model",
       {{"name", exchange.model},
        {"weights_sha256", model.value("weights_sha256", "")},
        {"chat_template_sha256", model.value("template_sha256", "")}}},
      {"decoding", asks.value("sampling", Json::object())},
      {"bench", asks.value("benchmarks", Json::array())},
      {"defences", asks.value("defences", Json::array())},
      {"judges", judges},
      {"seed", asks.value("seed", Json())},
      {"code_version", sessions.empty() ? Json() : sessions.back().value("git_revision", Json())}};
}

Json images_of(const Sample& sample) {
  Json images = Json::array();
  for (const Message& message : sample.conversation) {
    for (const Part& part : message.parts) {
      if (!part.picture) continue;
      images.push_back({{"uri", part.picture->origin},
                        {"sha256", part.picture->sha256},
                        {"sniffed_format", media_type(part.picture->bytes())},
                        {"status", "ok"}});
    }
  }
  return images;
}

Json messages_of(const Sample& sample) {
  Json messages = Json::array();
  for (const Message& message : sample.conversation) {
    std::string text;
    for (const Part& part : message.parts) text += part.text;
    messages.push_back({{"role", message.role}, {"content", text}});
  }
  return messages;
}

Json item_of(const ExchangeRecord& record, bool embed) {
  const Sample& sample = record.sample;
  Json meta = Json::object();
  for (const auto& [key, value] : sample.meta) {
    if (embed || kNotesWithoutWords.contains(key)) meta[key] = value;
  }
  Json item = {{"bench", record.benchmark},
               {"split", sample.subset},
               {"id", item_id(sample)},
               {"images", images_of(sample)},
               {"prompt_sha256", sha256(dump_json(messages_of(sample)))},
               {"source_ref", record.benchmark + "#" + item_id(sample)},
               {"label", gold_of(sample)},
               {"category_path", Json::array({sample.scenario})},
               {"variant", sample.variant},
               {"cluster_id", sample.cluster},
               {"meta", meta}};
  if (embed) item["messages"] = messages_of(sample);
  return item;
}

// What ties a line to its answer.
Json key_of(const ExchangeRecord& record) {
  return {{"bench", record.benchmark},
          {"item_id", item_id(record.sample)},
          {"sample_k", epoch(record.sample)},
          {"defence", record.defence}};
}

Json output_of(const ExchangeRecord& record, std::int64_t run) {
  Json output = key_of(record);
  output["run_id"] = run;
  output["raw_text"] = record.answer.text;
  output["tokens"] = record.answer.token_ids;
  output["finish_reason"] = name_of(record.answer.finish);
  output["status"] = name_of(record.answer.status);
  if (record.answer.status != Status::kOk) output["error"] = record.answer.error;
  return output;
}

Json judgement_of(const ExchangeRecord& record, const Judgement& one) {
  const bool ok = one.verdict.status == Status::kOk;
  Json out = key_of(record);
  out["judge_id"] = one.judge;
  out["label"] = one.verdict.label;
  out["score"] = ok ? Json(one.verdict.score) : Json();
  out["raw"] = one.verdict.raw;
  out["fired"] = one.verdict.reason;
  out["parse_status"] = name_of(one.verdict.status);
  return out;
}

std::vector<fs::path> write(const Exchange& exchange, const ExportFolder& to) {
  if (!exchange.report) fail(ErrorKind::kUsage, "records are of a run in a store");
  write_file_atomically(to.folder / "run.json", dump_json(run_of(exchange), 2) + "\n");
  AtomicFile items(to.folder / "items.jsonl");
  AtomicFile outputs(to.folder / "outputs.jsonl");
  AtomicFile judgements(to.folder / "judgements.jsonl");
  std::set<std::pair<std::string, std::string>> written;
  for (const ExchangeRecord& record : exchange.records) {
    if (written.emplace(record.benchmark, item_id(record.sample)).second) {
      items.write(dump_json(item_of(record, to.embed_prompts)) + "\n");
    }
    outputs.write(dump_json(output_of(record, exchange.report->run.id)) + "\n");
    for (const Judgement& one : record.judgements) {
      judgements.write(dump_json(judgement_of(record, one)) + "\n");
    }
  }
  items.commit();
  outputs.commit();
  judgements.commit();
  std::vector<fs::path> files = {to.folder / "run.json", to.folder / "items.jsonl",
                                 to.folder / "outputs.jsonl", to.folder / "judgements.jsonl",
                                 to.folder / "report.json"};
  const RunReport& report = *exchange.report;  // the summary holds no words of samples
  const Json summary = to.embed_prompts ? json_report(report) : json_summary(report);
  write_file_atomically(files.back(), dump_json(summary, 1) + "\n");
  for (fs::path& file : write_reports(report, {"md"}, to.folder)) files.push_back(std::move(file));
  return files;
}

}  // namespace

Exporter records_exporter() {
  return {.summary = "run.json, items, outputs and judgements as JSON Lines, report.md and .json",
          .write = write};
}

}  // namespace sightline
