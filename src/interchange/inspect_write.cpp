// An exchange → inspect_ai logs, the .json form of version 2.
#include <algorithm>
#include <map>
#include <optional>

#include "base/file.h"
#include "base/json.h"
#include "base/sha256.h"
#include "image/picture_uri.h"
#include "interchange/exchange.h"
#include "interchange/python_values.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMeta = "inspect";
constexpr int kLogVersion = 2;

// Stands for NaN until the document is text; JSON has none, inspect_ai's logs do.
const std::string kUnscored = "unscored:" + sha256(std::string_view("not a number"));

Json input_of(const Sample& sample, bool embed) {
  if (!embed) return prompt_of(sample, false);
  Json messages = Json::array();
  for (const Message& message : sample.conversation) {
    Json content = Json::array();
    for (const Part& part : message.parts) {
      if (part.picture) {
        content.push_back({{"type", "image"}, {"image", picture_uri(part.picture->bytes())}});
      } else {
        content.push_back({{"type", "text"}, {"text", part.text}});
      }
    }
    messages.push_back({{"role", message.role}, {"content", content}});
  }
  return messages;
}

// Scores as they came when they came from inspect_ai, with NaN where null took its place.
std::optional<Json> kept_scores(const Sample& sample) {
  const auto kept = sample.meta.find(kMeta);
  if (kept == sample.meta.end()) return std::nullopt;
  Json scores = parse_json(kept->second, "meta of " + sample.id).value("scores", Json());
  if (!scores.is_object()) return std::nullopt;
  for (Json& score : scores) {
    if (score.is_object() && score.contains("value") && score["value"].is_null()) {
      score["value"] = kUnscored;
    }
  }
  return scores;
}

Json scores_of(const ExchangeRecord& record) {
  if (auto kept = kept_scores(record.sample)) return *kept;
  Json scores = Json::object();
  for (const auto& [judge, verdict] : record.judgements) {
    const bool ok = verdict.status == Status::kOk;
    scores[judge] = {{"value", ok ? verdict.label : kUnscored},
                     {"explanation", verdict.raw.empty() ? verdict.reason : verdict.raw},
                     {"metadata", {{"score", verdict.score}}}};
    if (!ok) scores[judge]["metadata"]["sightline_status"] = name_of(verdict.status);
  }
  return scores;
}

Json metadata_of(const ExchangeRecord& record) {
  const Sample& sample = record.sample;
  Json metadata = {{"cluster", sample.cluster},
                   {"category", sample.scenario},
                   {"subset", sample.subset},
                   {"variant", sample.variant},
                   {"defence", record.defence}};
  if (const auto picture = picture_of(sample)) {
    metadata["cluster"] = picture->sha256;
    metadata["image_sha256"] = picture->sha256;
  }
  if (record.answer.status != Status::kOk) {
    metadata["sightline_status"] = name_of(record.answer.status);
  }
  return metadata;
}

std::string stop_reason(const Answer& answer) {
  if (answer.status == Status::kFiltered) return "content_filter";
  return answer.finish == FinishReason::kLength ? "max_tokens" : "stop";
}

Json sample_of(const ExchangeRecord& record, const std::string& subject, bool embed) {
  const Answer& answer = record.answer;
  const Usage& usage = answer.usage;
  const Json input = input_of(record.sample, embed);
  const Json said = {{"role", "assistant"}, {"content", answer.text}};
  Json messages = input.is_array() ? input : Json::array({{{"role", "user"}, {"content", input}}});
  messages.push_back(said);
  Json sample = {
      {"id", item_id(record.sample)},
      {"epoch", epoch(record.sample)},
      {"input", input},
      {"target", gold_of(record.sample)},
      {"messages", messages},
      {"output",
       {{"model", subject},
        {"choices", Json::array({{{"message", said}, {"stop_reason", stop_reason(answer)}}})},
        {"completion", answer.text},
        {"usage",
         {{"input_tokens", usage.prompt_tokens},
          {"output_tokens", usage.completion_tokens},
          {"total_tokens", usage.prompt_tokens + usage.completion_tokens}}}}},
      {"scores", scores_of(record)},
      {"metadata", metadata_of(record)},
      {"attachments", Json::object()}};
  const auto kept = record.sample.meta.find(kMeta);
  if (kept != record.sample.meta.end()) {  // an id may have been a number
    sample["id"] = parse_json(kept->second, "meta").value("id", sample["id"]);
  }
  if (answer.status != Status::kOk && answer.status != Status::kFiltered) {
    sample["error"] = {{"message", answer.error}, {"traceback", ""}, {"traceback_ansi", ""}};
  }
  return sample;
}

// The share of each label among what each judge could judge.
Json results_of(const ExchangePart& part) {
  std::map<std::string, std::map<std::string, int>> counts;
  std::map<std::string, int> judged;
  std::size_t completed = 0;
  for (const ExchangeRecord* record : part.records) {
    completed += record->answer.status == Status::kOk ? 1 : 0;
    for (const auto& [judge, verdict] : record->judgements) {
      if (verdict.status != Status::kOk) continue;
      ++counts[judge][verdict.label];
      ++judged[judge];
    }
  }
  Json scores = Json::array();
  for (const auto& [judge, labels] : counts) {
    Json metrics = Json::object();
    for (const auto& [label, count] : labels) {
      metrics[label] = {{"name", label}, {"value", static_cast<double>(count) / judged[judge]}};
    }
    scores.push_back({{"name", judge}, {"scorer", judge}, {"metrics", metrics}});
  }
  return {
      {"total_samples", part.records.size()}, {"completed_samples", completed}, {"scores", scores}};
}

Json log_of(const Exchange& exchange, const ExchangePart& part, bool embed) {
  const std::string& benchmark = part.benchmark.text;
  const std::string id = sha256(exchange.created + part.subject.text + benchmark).substr(0, 22);
  Json samples = Json::array();
  Json ids = Json::array();
  int epochs = 1;
  for (const ExchangeRecord* record : part.records) {
    samples.push_back(sample_of(*record, part.subject.text, embed));
    epochs = std::max(epochs, epoch(record->sample));
    if (epoch(record->sample) == 1) ids.push_back(samples.back().at("id"));
  }
  const Json eval = {
      {"created", exchange.created.empty() ? "1970-01-01T00:00:00Z" : exchange.created},
      {"task", benchmark},
      {"task_id", id},
      {"run_id", id},
      {"eval_id", id},
      {"model", part.subject.text},
      {"dataset", {{"name", benchmark}, {"samples", ids.size()}, {"sample_ids", ids}}},
      {"config", {{"epochs", epochs}}},
      {"task_args", Json::object()},
      {"packages", Json::object()}};
  return {{"version", kLogVersion},
          {"status", "success"},
          {"eval", eval},
          {"plan", {{"name", "plan"}, {"steps", Json::array()}, {"config", Json::object()}}},
          {"results", results_of(part)},
          {"stats",
           {{"started_at", eval.at("created")},
            {"completed_at", eval.at("created")},
            {"model_usage", Json::object()}}},
          {"samples", samples}};
}

std::string with_nan(const std::string& text) {
  const std::string quoted = '"' + kUnscored + '"';
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = text.find(quoted); at != std::string::npos; at = text.find(quoted, from)) {
    out.append(text, from, at - from);
    out += "NaN";
    from = at + quoted.size();
  }
  return out.append(text, from);
}

std::vector<fs::path> write(const Exchange& exchange, const ExportFolder& to) {
  std::vector<fs::path> files;
  for (const ExchangePart& part : parts_of(exchange)) {
    files.push_back(to.folder / (part.benchmark.file + "_" + part.subject.file + ".json"));
    write_file_atomically(files.back(),
                          with_nan(dump_json(log_of(exchange, part, to.embed_prompts))) + "\n");
  }
  return files;
}

}  // namespace

Exporter inspect_exporter() {
  return {.summary = "inspect_ai logs, the .json form", .write = write};
}

}  // namespace sightline
