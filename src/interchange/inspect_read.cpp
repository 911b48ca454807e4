// inspect_ai: .eval archives (whole and chunked samples) and .json logs → an exchange.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "base/base64.h"
#include "base/file.h"
#include "interchange/exchange.h"
#include "interchange/python_values.h"
#include "interchange/zip_archive.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMeta = "inspect";
constexpr std::string_view kAttachment = "attachment://";

// Large texts of a sample, by the hash or number that refers to them.
using Attachments = std::map<std::string, std::string>;

const Json& member(const Json& object, const char* key) {
  static const Json kNull;
  if (!object.is_object()) return kNull;
  const auto found = object.find(key);
  return found == object.end() ? kNull : *found;
}

// A text that may stand elsewhere; one that refers to nothing stays.
std::string resolved(const Json& value, const Attachments& attachments) {
  std::string text = scalar_text(value);
  if (!text.starts_with(kAttachment)) return text;
  const auto found = attachments.find(text.substr(kAttachment.size()));
  return found == attachments.end() ? text : found->second;
}

// A picture inside the log; null for addresses and pictures that were left out.
std::shared_ptr<const Picture> picture_in(const std::string& uri) {
  constexpr std::string_view kBase64 = ";base64,";
  const std::size_t mark = uri.find(kBase64);
  if (!uri.starts_with("data:image/") || mark == std::string::npos) return nullptr;
  auto bytes = base64_decode(std::string_view(uri).substr(mark + kBase64.size()));
  return bytes ? Picture::from_bytes(std::move(*bytes), "inline") : nullptr;
}

std::vector<Part> parts_in(const Json& content, const Attachments& attachments) {
  std::vector<Part> out;
  if (!content.is_array()) return {{.text = resolved(content, attachments), .picture = nullptr}};
  for (const Json& part : content) {
    const std::string type = text_at(part, "type");
    if (type == "text") {
      out.push_back({.text = resolved(member(part, "text"), attachments), .picture = nullptr});
    } else if (type == "image") {
      auto picture = picture_in(resolved(member(part, "image"), attachments));
      if (picture) out.push_back({.text = "", .picture = std::move(picture)});
    }
  }
  return out;
}

std::string text_in(const Json& content, const Attachments& attachments) {
  std::string text;
  for (const Part& part : parts_in(content, attachments)) text += part.text;
  return text;
}

void set_input(Sample& sample, const Json& input, const Attachments& attachments) {
  if (!input.is_array()) {
    set_prompt(sample, resolved(input, attachments));
    return;
  }
  set_prompt(sample, "");
  sample.conversation.clear();
  for (const Json& message : input) {
    sample.conversation.push_back({.role = text_at(message, "role"),
                                   .parts = parts_in(member(message, "content"), attachments)});
  }
  const auto picture = picture_of(sample);
  if (!picture) return;
  sample.variant = "picture";
  sample.cluster = picture->sha256;
}

double number_of(const std::string& label) {
  static const std::map<std::string, double> kLetters = {{"C", 1}, {"P", 0.5}, {"I", 0}, {"N", 0}};
  const auto found = kLetters.find(label);
  return found == kLetters.end() ? 0 : found->second;
}

// NaN, which has become null, says "unscored".
Verdict verdict_of(const Json& score) {
  Verdict verdict;
  const Json& value = member(score, "value");
  const Json& metadata = member(score, "metadata");
  verdict.raw = text_at(score, "explanation");
  if (value.is_null() || !value.is_primitive()) {
    const std::string status = text_at(metadata, "sightline_status");
    verdict.status = status.empty() ? Status::kUnparsed : status_of(status);
    verdict.reason = value.is_null() ? "unscored" : "no scalar";
    return verdict;
  }
  verdict.label = scalar_text(value);
  if (verdict.label.empty()) verdict.status = Status::kUnparsed;
  verdict.score = number_of(verdict.label);
  if (value.is_number()) verdict.score = value.get<double>();
  if (value.is_boolean()) verdict.score = value.get<bool>() ? 1 : 0;
  if (member(metadata, "score").is_number()) verdict.score = metadata.at("score").get<double>();
  return verdict;
}

std::string gold_in(const Json& target) {
  if (target.is_array() && target.size() == 1) return scalar_text(target.front());
  return scalar_text(target);
}

void set_answer(Answer& answer, const Json& sample, const Attachments& attachments) {
  const Json& output = member(sample, "output");
  const Json& choices = member(output, "choices");
  const Json choice = choices.is_array() && !choices.empty() ? choices.front() : Json();
  const Json& completion = member(output, "completion");
  answer.text = completion.is_string()
                    ? resolved(completion, attachments)
                    : text_in(member(member(choice, "message"), "content"), attachments);
  const std::string reason = text_at(choice, "stop_reason");
  if (reason == "max_tokens" || reason == "model_length") answer.finish = FinishReason::kLength;
  if (reason == "content_filter") answer.status = Status::kFiltered;
  if (const Json& error = member(sample, "error"); !error.is_null()) {
    answer.status = Status::kError;
    answer.error = text_at(error, "message");
  }
  const std::string ours = text_at(member(sample, "metadata"), "sightline_status");
  if (!ours.empty()) answer.status = status_of(ours);
}

ExchangeRecord record_of(const Json& json, const Attachments& attachments,
                         const std::string& origin) {
  if (!json.is_object() || !json.contains("id")) {
    fail(ErrorKind::kBadFile, "{}: no sample with an id", origin);
  }
  ExchangeRecord record;
  Sample& sample = record.sample;
  const Json& metadata = member(json, "metadata");
  sample.id = scalar_text(json.at("id"));
  sample.subset = text_at(metadata, "subset").empty() ? "all" : text_at(metadata, "subset");
  sample.scenario = text_at(metadata, "category");
  sample.cluster = text_at(metadata, "cluster");
  set_gold(sample, gold_in(member(json, "target")));
  set_input(sample, member(json, "input"), attachments);
  const Json& number = member(json, "epoch");
  set_epoch(sample, number.is_number_integer() ? std::max(1, number.get<int>()) : 1);
  sample.meta[kMeta] = dump_json(
      {{"scores", member(json, "scores")}, {"metadata", metadata}, {"id", json.at("id")}});
  set_answer(record.answer, json, attachments);
  const Json& scores = member(json, "scores");
  if (!scores.is_object()) return record;
  for (const auto& [scorer, score] : scores.items()) {
    record.judgements.push_back({"inspect/" + scorer, verdict_of(score)});
  }
  return record;
}

Attachments attachments_in(const Json& sample) {
  Attachments out;
  const Json& attachments = member(sample, "attachments");
  if (!attachments.is_object()) return out;
  for (const auto& [key, text] : attachments.items()) out[key] = scalar_text(text);
  return out;
}

// "samples/x_epoch_1/attachments/100.json" holds the texts from number 100 on.
Attachments chunked_attachments(const ZipArchive& archive, const std::string& folder) {
  Attachments out;
  const std::string start = folder + "attachments/";
  for (const std::string& name : archive.names()) {
    if (!name.starts_with(start) || !name.ends_with(".json")) continue;
    std::size_t number = std::strtoull(name.c_str() + start.size(), nullptr, 10);
    for (const Json& text : parse_python_json(archive.read(name), name)) {
      out[std::to_string(number++)] = scalar_text(text);
    }
  }
  return out;
}

struct Log {
  Json header;
  std::vector<ExchangeRecord> records;
};

Log read_archive(const fs::path& file) {
  const ZipArchive archive(file);
  Log log;
  const char* header = archive.has("header.json") ? "header.json" : "_journal/start.json";
  log.header = parse_python_json(archive.read(header), file.string() + ": " + header);
  const std::set<std::string> names(archive.names().begin(), archive.names().end());
  constexpr std::string_view kFolder = "samples/";
  constexpr std::string_view kChunked = "/sample.json";
  for (const std::string& name : names) {
    if (!name.starts_with(kFolder) || !name.ends_with(".json")) continue;
    const bool whole = name.find('/', kFolder.size()) == std::string::npos;
    if (!whole && !name.ends_with(kChunked)) continue;
    Json sample = parse_python_json(archive.read(name), file.string() + ": " + name);
    const std::string folder = name.substr(0, name.size() - kChunked.size() + 1);
    if (!whole && sample.is_object() && archive.has(folder + "metadata.json")) {
      sample["metadata"] = parse_python_json(archive.read(folder + "metadata.json"), name);
    }
    log.records.push_back(record_of(
        sample, whole ? attachments_in(sample) : chunked_attachments(archive, folder), name));
  }
  return log;
}

Log read_document(const fs::path& file) {
  Log log;
  Json document = parse_python_json(read_file(file, kMaxJsonBytes), file.string());
  if (!document.is_object()) fail(ErrorKind::kBadFile, "'{}' is no JSON object", file.string());
  const Json& samples = member(document, "samples");
  for (std::size_t i = 0; samples.is_array() && i < samples.size(); ++i) {
    log.records.push_back(record_of(samples[i], attachments_in(samples[i]),
                                    format("{}: samples[{}]", file.string(), i)));
  }
  document.erase("samples");
  log.header = std::move(document);
  return log;
}

// "success", "error", "cancelled"; "started" of one that has no end.
std::string status_of_log(const Json& header) {
  const std::string status = text_at(header, "status");
  return status.empty() ? "started" : status;
}

Exchange read(const ImportFiles& from) {
  Exchange out{.model = from.model, .records = {}};
  for (const fs::path& file : from.files) {
    Log log = file.extension() == ".json" ? read_document(file) : read_archive(file);
    const Json& eval = member(log.header, "eval");
    if (!eval.is_object()) {
      fail(ErrorKind::kBadFile, "'{}' is no inspect_ai log: it has no 'eval'", file.string());
    }
    set_model(out, from, text_at(eval, "model"), file);
    const std::string benchmark = from.benchmark.empty() ? text_at(eval, "task") : from.benchmark;
    if (const std::string status = status_of_log(log.header); status != "success") {
      out.notes[benchmark].push_back(
          format("'{}' is a log of status '{}': samples may be missing from it",
                 file.filename().string(), status));
    }
    if (out.created.empty()) out.created = text_at(eval, "created");
    for (ExchangeRecord& record : log.records) {
      record.benchmark = benchmark;
      out.records.push_back(std::move(record));
    }
  }
  return out;
}

}  // namespace

Importer inspect_importer() { return {.summary = "inspect_ai logs (.eval, .json)", .read = read}; }

}  // namespace sightline
