// VLMEvalKit: <model>_<dataset>.tsv with one row an answer; the data set's own TSV brings pictures.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "base/csv.h"
#include "base/file.h"
#include "base/json_records.h"
#include "interchange/exchange.h"
#include "interchange/python_values.h"
#include "interchange/vlmevalkit_pictures.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMeta = "vlmevalkit";
constexpr const char* kJudge = "vlmevalkit";
constexpr std::string_view kFailed = "Failed to obtain answer";

using Row = std::map<std::string, std::string>;  // by column

// Columns that have a place of their own in a record.
const std::set<std::string> kPlaced = {"index",       "question",     "answer",      "category",
                                       "split",       "prediction",   "judge_label", "judge_log",
                                       "judge_score", "judge_status", "image"};

void for_each_row(const fs::path& file, const std::function<void(Row row)>& take) {
  if (file.extension() == ".json" || file.extension() == ".jsonl") {
    for_each_json_record(file, [&](const Json& json, const std::string&) {
      Row row;
      for (const auto& [key, value] : json.items()) row[key] = scalar_text(value);
      take(std::move(row));
    });
    return;
  }
  if (file.extension() != ".tsv") {
    fail_with_hint(ErrorKind::kUnsupported,
                   "set PRED_FORMAT=tsv: a workbook cuts cells at 32,767 characters",
                   "'{}' is neither .tsv nor .json", file.string());
  }
  CsvTable table(file, {"index"}, {.separator = '\t'});
  while (auto record = table.next()) {
    Row row;
    for (std::size_t c = 0; c < record->cells.size(); ++c) {
      row[table.columns()[c]] = std::move(record->cells[c]);
    }
    take(std::move(row));
  }
}

std::string cell(const Row& row, const std::string& column) {
  const auto found = row.find(column);
  return found == row.end() ? "" : found->second;
}

std::optional<Judgement> judgement_of(const Row& row) {
  if (!row.contains("judge_label") && !row.contains("hit")) return std::nullopt;
  Verdict verdict;
  verdict.label = row.contains("judge_label") ? cell(row, "judge_label") : cell(row, "hit");
  verdict.raw = cell(row, "judge_log");
  verdict.score = std::strtod(cell(row, "judge_score").c_str(), nullptr);
  const std::string status = cell(row, "judge_status");
  if (!status.empty()) {
    verdict.status = status_of(status);
  } else if (verdict.label.empty()) {
    verdict.status = Status::kUnparsed;
  }
  return Judgement{kJudge, verdict};
}

// The data set's rows, when its TSV is among the files.
struct DataSet {
  std::vector<std::string> names;   // of the files
  std::map<std::string, Row> rows;  // without pictures
  std::optional<VlmEvalKitPictures> pictures;
};

bool is_prediction(const fs::path& file) {
  if (file.extension() != ".tsv") return true;
  return CsvTable(file, {"index"}, {.separator = '\t'}).has("prediction");
}

DataSet read_data_set(const std::vector<fs::path>& files) {
  DataSet out;
  for (const fs::path& file : files) {
    if (is_prediction(file)) continue;
    if (!out.pictures) out.pictures.emplace(file);
    out.names.push_back(file.stem().string());
    for_each_row(file, [&](Row row) {
      const std::string index = cell(row, "index");
      out.pictures->add(index, std::move(row["image"]));
      row.erase("image");
      out.rows[index] = std::move(row);
    });
  }
  return out;
}

ExchangeRecord record_of(Row row, DataSet& data) {
  const std::string index = cell(row, "index");
  if (const auto known = data.rows.find(index); known != data.rows.end()) {
    row.insert(known->second.begin(), known->second.end());  // the prediction's own cells win
  }
  ExchangeRecord record;
  Sample& sample = record.sample;
  sample.id = index;
  sample.subset = cell(row, "split").empty() ? "all" : cell(row, "split");
  sample.scenario = cell(row, "category");
  set_gold(sample, cell(row, "answer"));
  const auto pictures =
      data.pictures ? data.pictures->of(index) : std::vector<std::shared_ptr<const Picture>>();
  set_prompt(sample, cell(row, "question"), pictures.empty() ? nullptr : pictures.front());
  auto& parts = sample.conversation.back().parts;
  for (std::size_t i = 1; i < pictures.size(); ++i) {
    parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(i),
                 {.text = "", .picture = pictures[i]});
  }
  Json rest = Json::object();
  for (const auto& [column, value] : row) {
    if (!kPlaced.contains(column)) rest[column] = value;
  }
  if (!rest.empty()) sample.meta[kMeta] = dump_json(rest);
  record.answer.text = cell(row, "prediction");
  if (record.answer.text.find(kFailed) != std::string::npos) {
    record.answer.status = Status::kError;
    record.answer.error = record.answer.text;
  }
  if (auto judgement = judgement_of(row)) record.judgements.push_back(std::move(*judgement));
  return record;
}

// Names of data sets with a '_' in them.
constexpr std::array kTwoWords = {"SIUO_GEN", "SIUO_MCQA"};

// "<model>_<dataset>" of a file name: before a data set that is known, else at the last '_'.
std::pair<std::string, std::string> names_in(const fs::path& file, std::vector<std::string> names) {
  const std::string stem = file.stem().string();
  names.insert(names.end(), kTwoWords.begin(), kTwoWords.end());
  std::ranges::sort(names, std::ranges::greater{}, &std::string::size);
  for (const std::string& name : names) {
    if (stem.ends_with("_" + name)) return {stem.substr(0, stem.size() - name.size() - 1), name};
  }
  const std::size_t cut = stem.rfind('_');
  if (cut == std::string::npos) return {stem, stem};
  return {stem.substr(0, cut), stem.substr(cut + 1)};
}

Exchange read(const ImportFiles& from) {
  Exchange out;
  DataSet data = read_data_set(from.files);
  for (const fs::path& file : from.files) {
    if (!is_prediction(file)) continue;
    const auto [model, benchmark] = names_in(file, data.names);
    set_model(out, from, model, file);
    for_each_row(file, [&](Row row) {
      if (!row.contains("prediction") || !row.contains("index")) {
        fail(ErrorKind::kBadFile, "'{}' has no columns 'index' and 'prediction'", file.string());
      }
      ExchangeRecord& record = out.records.emplace_back(record_of(std::move(row), data));
      record.benchmark = from.benchmark.empty() ? benchmark : from.benchmark;
    });
  }
  return out;
}

Row row_of(const ExchangeRecord& record, bool embed) {
  Row row;
  const Json rest = record.sample.meta.contains(kMeta)
                        ? parse_json(record.sample.meta.at(kMeta), "meta of " + record.sample.id)
                        : Json::object();
  for (const auto& [column, value] : rest.items()) {  // hints and choices are parts of the prompt
    if (embed || column == "l2-category") row[column] = scalar_text(value);
  }
  const Verdict verdict = headline(record);
  row["index"] = record.sample.id;
  row["question"] = prompt_of(record.sample, embed);
  row["answer"] = gold_of(record.sample);
  row["category"] = record.sample.scenario;
  row["split"] = record.sample.subset;
  row["prediction"] = record.answer.text;
  if (record.answer.status != Status::kOk && record.answer.text.empty()) {
    row["prediction"] = std::string(kFailed) + ": " + record.answer.error;
  }
  row["judge_label"] = verdict.label;
  row["judge_log"] = verdict.raw;
  row["judge_score"] = format("{}", verdict.score);
  row["judge_status"] = name_of(verdict.status);
  return row;
}

void write_part(const ExchangePart& part, const fs::path& file, bool embed) {
  std::set<std::string> columns;
  std::vector<Row> rows;
  for (const ExchangeRecord* record : part.records) {
    for (const auto& [column, value] : rows.emplace_back(row_of(*record, embed))) {
      columns.insert(column);
    }
  }
  std::vector<std::string> header = {"index"};
  for (const std::string& column : columns) {
    if (column != "index") header.push_back(column);
  }
  AtomicFile out(file);
  out.write(csv_line(header, {.separator = '\t'}));
  for (const Row& row : rows) {
    std::vector<std::string> cells;
    for (const std::string& column : header) cells.push_back(cell(row, column));
    out.write(csv_line(cells, {.separator = '\t'}));
  }
  out.commit();
}

std::vector<fs::path> write(const Exchange& exchange, const ExportFolder& to) {
  std::vector<fs::path> files;
  for (const ExchangePart& part : parts_of(exchange)) {
    files.push_back(to.folder / (part.subject.file + "_" + part.benchmark.file + ".tsv"));
    write_part(part, files.back(), to.embed_prompts);
  }
  return files;
}

}  // namespace

Importer vlmevalkit_importer() {
  return {.summary = "VLMEvalKit predictions (.tsv, .json), and the data set's .tsv for pictures",
          .read = read};
}

Exporter vlmevalkit_exporter() {
  return {.summary = "VLMEvalKit: <model>_<dataset>.tsv", .write = write};
}

}  // namespace sightline
