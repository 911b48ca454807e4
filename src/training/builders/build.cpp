#include "training/builders/build.h"

#include <algorithm>
#include <sstream>

#include "base/file.h"
#include "base/sha256.h"
#include "training/python_json.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

void check_inputs(const std::string& name, const BuilderEntry& entry, const InputFiles& given) {
  std::vector<std::string> known;
  for (const BuilderInput& input : entry.inputs) {
    known.push_back(input.key);
    if (input.required && !given.contains(input.key)) {
      fail_with_hint(ErrorKind::kUsage, format("add --input {}=FILE", input.key),
                     "{} needs the input '{}': {}", name, input.key, input.help);
    }
  }
  for (const auto& [key, file] : given) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      fail_with_hint(ErrorKind::kUsage, near_names_hint(key, known), "{} has no input '{}'", name,
                     key);
    }
  }
}

OrderedJson llama_factory_json(const TrainingRecord& record) {
  OrderedJson out;
  out["id"] = record.id;
  out["image"] = OrderedJson(record.images);
  out["conversations"] = OrderedJson::array();
  for (const TrainingTurn& turn : record.turns) {
    OrderedJson one;
    one["from"] = turn.role == "user" ? "human" : "gpt";
    one["value"] = turn.text;
    out["conversations"].push_back(std::move(one));
  }
  out["system"] = record.system;
  return out;
}

// Writes lines or one list, hashing what it writes.
class RecordWriter {
 public:
  explicit RecordWriter(const fs::path& file)
      : file_(file), lines_(file.extension() == ".jsonl"), name_(file.filename().string()) {
    if (!lines_) put("[");
  }

  void add(const OrderedJson& record) {
    if (!lines_ && count_ > 0) put(", ");
    put(python_json(record));
    if (lines_) put("\n");
    ++count_;
  }

  Json finish() {
    if (!lines_) put("]");
    file_.commit();
    return {{"file", name_}, {"records", count_}, {"sha256", hash_.hex()}};
  }

 private:
  void put(std::string_view text) {
    file_.write(text);
    hash_.add(text);
  }

  AtomicFile file_;
  bool lines_;
  std::string name_;
  Sha256 hash_;
  std::size_t count_ = 0;
};

Json write_records(const fs::path& file, const std::vector<TrainingRecord>& records,
                   DataFormat format) {
  RecordWriter writer(file);
  for (const TrainingRecord& record : records) {
    writer.add(format == DataFormat::kSightline ? conversation_json(record)
                                                : llama_factory_json(record));
  }
  return writer.finish();
}

Json write_preferences(const fs::path& file, const std::vector<PreferenceRecord>& records) {
  RecordWriter writer(file);
  for (const PreferenceRecord& record : records) writer.add(preference_json(record));
  return writer.finish();
}

// "data.json" and "held_out" → "data.held_out.json".
fs::path beside(const fs::path& file, const std::string& suffix, const std::string& extension) {
  return file.parent_path() / (file.stem().string() + "." + suffix + extension);
}

void write_dataset_info(const fs::path& file) {
  OrderedJson info;
  info["file_name"] = file.filename().string();
  info["formatting"] = "sharegpt";
  info["columns"] = {{"messages", "conversations"}, {"images", "image"}, {"system", "system"}};
  OrderedJson all;
  all[file.stem().string()] = info;
  write_file_atomically(beside(file, "dataset_info", ".json"), all.dump(2) + "\n");
}

Json hashes_of(const InputFiles& inputs) {
  Json out = Json::object();
  for (const auto& [key, file] : inputs) {
    out[key] = {{"file", file.filename().string()}, {"sha256", sha256_of_file(file)}};
  }
  return out;
}

Json kinds_of(const BuiltData& data) {
  Json out = Json::object();
  for (const TrainingRecord& record : data.records) {
    out[record.kind] = out.value(record.kind, 0) + 1;
  }
  if (!data.preferences.empty()) out["preference"] = data.preferences.size();
  return out;
}

fs::path target_of(const BuildRequest& request, const BuiltData& data) {
  fs::path file = request.out;
  if (fs::is_directory(file)) {
    file /= data.proposed_name.empty() ? request.builder + ".json" : data.proposed_name;
  }
  if (file.extension() != ".json" && file.extension() != ".jsonl") {
    fail_with_hint(ErrorKind::kUsage, "write --out data.json or --out data.jsonl",
                   "output '{}' should end in .json (a list) or .jsonl, or be a folder", file);
  }
  return file;
}

}  // namespace

Json refusal_shares(const std::vector<TrainingRecord>& records) {
  std::int64_t refusals = 0, refusal_words = 0, all_words = 0;
  for (const TrainingRecord& record : records) {
    bool refuses = false;
    for (const TrainingTurn& turn : record.turns) {
      if (turn.role != "assistant") continue;
      refuses = refuses || turn.refusal;
      if (!turn.supervise) continue;
      const std::int64_t words = word_count(turn.text);
      all_words += words;
      if (turn.refusal) refusal_words += words;
    }
    if (refuses) ++refusals;
  }
  const auto share = [](std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
  };
  return {{"by_sample", share(refusals, static_cast<std::int64_t>(records.size()))},
          {"by_supervised_word", share(refusal_words, all_words)}};
}

BuildOutcome build_data(const BuildRequest& request) {
  const BuilderEntry& entry = data_builders().at(request.builder);
  check_inputs(request.builder, entry, request.inputs);
  const Json options = complete_options(entry.options, request.options, request.builder);
  const BuiltData data = entry.build(request.inputs, options);
  if (data.records.empty() && data.preferences.empty()) {
    fail_with_hint(
        ErrorKind::kBadFile, data.rejected.examples.empty() ? "" : data.rejected.examples.front(),
        "{}: nothing to write; {} records were rejected", request.builder, data.rejected.total());
  }
  const bool exported = request.format == DataFormat::kLlamaFactory;
  if (exported && !data.preferences.empty()) {
    fail(ErrorKind::kUnsupported, "{}: preference records have no llama_factory form",
         request.builder);
  }
  const fs::path file = target_of(request, data);
  Json extras = Json::object();
  for (const ExtraRecords& extra : data.extras) {
    extras[extra.suffix] = write_records(beside(file, extra.suffix, file.extension().string()),
                                         extra.records, request.format);
  }
  const Json output = data.preferences.empty() ? write_records(file, data.records, request.format)
                                               : write_preferences(file, data.preferences);
  if (exported) write_dataset_info(file);
  InputFiles inputs = request.inputs;
  inputs.insert(data.further_inputs.begin(), data.further_inputs.end());
  BuildOutcome outcome{.file = file,
                       .manifest = {{"format_version", 1},
                                    {"builder", request.builder},
                                    {"options", options},
                                    {"inputs", hashes_of(inputs)},
                                    {"output", output},
                                    {"format", exported ? "llama_factory" : "sightline"},
                                    {"extra_outputs", extras},
                                    {"kinds", kinds_of(data)},
                                    {"refusal_share", refusal_shares(data.records)},
                                    {"rejected", data.rejected.counts},
                                    {"rejected_examples", data.rejected.examples},
                                    {"report", data.report}}};
  write_file_atomically(file.string() + ".manifest.json", dump_json(outcome.manifest, 2) + "\n");
  return outcome;
}

}  // namespace sightline
