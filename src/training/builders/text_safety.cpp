// text_safety: text pairs of question and answer, helpful ones and refusals, mixed at a stated
// share.
#include <algorithm>
#include <cmath>

#include "base/csv.h"
#include "base/json_records.h"
#include "training/builders/builder.h"
#include "training/builders/pick.h"
#include "training/record_fields.h"

namespace sightline {
namespace {

struct PairFile {
  std::filesystem::path file;
  std::string prompt_key, answer_key;
  std::string reply;  // for pairs without an answer; empty: they are rejected
  bool refusal = false;
};

void take_pair(const PairFile& source, std::size_t number, const std::string& origin,
               const std::string& prompt, const std::string& answer, BuiltData& out,
               std::vector<TrainingRecord>& records) {
  const std::string text = trimmed_text(answer.empty() ? source.reply : answer);
  const char* reason = trimmed_text(prompt).empty()                  ? "empty_prompt"
                       : text.empty()                                ? "empty_answer"
                       : prompt.find(kImageTag) != std::string::npos ? "image_tags"
                                                                     : nullptr;
  if (reason != nullptr) {
    out.rejected.add(reason, format("{}: {}", origin, reason));
    return;
  }
  TrainingRecord record;
  record.id = format("{}/{}", source.file.stem().string(), number);
  record.kind = source.refusal ? "refusal_harmful" : "utility";
  record.source = source.file.stem().string();
  record.turns = {{.role = "user", .text = trimmed_text(prompt)},
                  {.role = "assistant", .text = text, .refusal = source.refusal}};
  records.push_back(std::move(record));
}

void read_csv(const PairFile& source, BuiltData& out, std::vector<TrainingRecord>& records) {
  const std::string origin = source.file.string();
  CsvReader reader(source.file);
  const auto head = reader.next();
  if (!head) fail(ErrorKind::kBadFile, "{}: no rows", origin);
  const std::vector<std::string>& columns = head->cells;
  const std::size_t prompt = csv_column(*head, source.prompt_key, source.file);
  const bool has_answers = source.reply.empty() || std::find(columns.begin(), columns.end(),
                                                             source.answer_key) != columns.end();
  const std::size_t answer =
      has_answers ? csv_column(*head, source.answer_key, source.file) : std::string::npos;
  std::size_t number = 0;
  while (const auto row = reader.next()) {
    ++number;
    const std::string place = format("{}, line {}", origin, row->line);
    if (row->cells.size() != columns.size()) {
      out.rejected.add("malformed", format("{}: {} fields, wanted {}", place, row->cells.size(),
                                           columns.size()));
      continue;
    }
    take_pair(source, number, place, row->cells[prompt], has_answers ? row->cells[answer] : "", out,
              records);
  }
}

void read_objects(const PairFile& source, BuiltData& out, std::vector<TrainingRecord>& records) {
  std::size_t number = 0;
  for_each_json_record(source.file, [&](const Json& json, const std::string& origin) {
    ++number;
    try {
      const auto prompt = record_field<std::string>(json, source.prompt_key.c_str(), origin);
      const auto answer = record_field_or<std::string>(json, source.answer_key.c_str(), origin, "");
      take_pair(source, number, origin, prompt, answer, out, records);
    } catch (const RecordError& error) {
      out.rejected.add(error.reason(), error.message());
    }
  });
}

std::vector<TrainingRecord> read_pairs(const PairFile& source, BuiltData& out) {
  std::vector<TrainingRecord> records;
  if (source.file.extension() == ".csv")
    read_csv(source, out, records);
  else
    read_objects(source, out, records);
  return records;
}

struct Mix {
  std::size_t refusals = 0, helpful = 0;
};

// The largest mix of the share that the files allow, or exactly `total` records.
Mix mix_of(double share, std::size_t total, std::size_t refusals, std::size_t helpful) {
  if (total == 0) {
    const double by_refusals = static_cast<double>(refusals) / share;
    const double by_helpful = static_cast<double>(helpful) / (1 - share);
    total = static_cast<std::size_t>(std::min(by_refusals, by_helpful) + 1e-9);
  }
  Mix mix;
  mix.refusals = static_cast<std::size_t>(std::lround(share * static_cast<double>(total)));
  mix.refusals = std::min(mix.refusals, total);
  mix.helpful = total - mix.refusals;
  if (mix.refusals > refusals || mix.helpful > helpful) {
    fail_with_hint(ErrorKind::kUsage, "lower n or change refusal_share",
                   "text_safety: wanted {} refusals and {} helpful records, the files have {} and "
                   "{}",
                   mix.refusals, mix.helpful, refusals, helpful);
  }
  return mix;
}

BuiltData build(const InputFiles& inputs, const Json& options) {
  BuiltData out;
  PairFile source{.file = inputs.at("helpful"),
                  .prompt_key = options.at("prompt_key").get<std::string>(),
                  .answer_key = options.at("answer_key").get<std::string>()};
  const auto helpful = read_pairs(source, out);
  source.file = inputs.at("refusals");
  source.reply = options.at("reply").get<std::string>();
  source.refusal = true;
  const auto refusals = read_pairs(source, out);
  if (inputs.at("helpful").stem() == inputs.at("refusals").stem()) {
    fail(ErrorKind::kUsage, "text_safety: both files are called '{}': their ids would collide",
         inputs.at("helpful").stem());
  }
  const Mix mix = mix_of(options.at("refusal_share").get<double>(),
                         options.at("n").get<std::size_t>(), refusals.size(), helpful.size());
  PyRandom random(options.at("seed").get<std::uint64_t>());
  out.records = drawn(random, refusals, mix.refusals);
  const auto others = drawn(random, helpful, mix.helpful);
  out.records.insert(out.records.end(), others.begin(), others.end());
  random.shuffle(out.records);
  out.report = {{"refusals_found", refusals.size()}, {"helpful_found", helpful.size()}};
  return out;
}

}  // namespace

BuilderEntry text_safety_builder() {
  return {.summary = "text questions with helpful answers and refusals, at a stated share",
          .paper = "",
          .inputs = {{"helpful", "pairs with helpful answers (JSONL, JSON list, CSV)"},
                     {"refusals", "pairs whose answers decline; without answers 'reply' is used"}},
          .options = {{"refusal_share", 0.3, "refusals among the records", 0.01, 0.99},
                      {"n", 0, "records in all; 0: as many as the share allows", 0, 1e8},
                      {"prompt_key", "prompt", "field or column of the question"},
                      {"answer_key", "answer", "field or column of the answer"},
                      {"reply", "", "answer of refusals that come without one"},
                      {"seed", 0, "of Python's random stream", 0, 9007199254740991.0}},
          .build = build};
}

}  // namespace sightline
