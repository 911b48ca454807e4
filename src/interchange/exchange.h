// Answers with their questions and verdicts as every format knows them, and the formats.
//
//   const Exchange exchange = importers().at("inspect").read({.files = {"log.eval"}});
//   store_exchange(store, exchange, "inspect");            // stored.h
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/registry.h"
#include "sightline/sample.h"

namespace sightline {

struct Judgement {
  std::string judge;
  Verdict verdict;
};

// One answer. `sample.meta` keeps under the format's name, as a JSON object, what has no place of
// its own, so that it is there again when the run goes back. Two answers to one item are two
// samples: the second one's id ends in "@2", and meta holds `item_id` and `epoch`.
struct ExchangeRecord {
  std::string benchmark;
  std::string defence = "none";
  Sample sample;
  Answer answer;
  std::vector<Judgement> judgements = {};  // the first one counts
};

struct RunReport;

struct Exchange {
  std::string model;
  std::string created = {};  // UTC, ISO 8601; may be empty
  std::vector<ExchangeRecord> records;
  std::shared_ptr<const RunReport> report = {};  // of a run of the store; else null
  // What is odd about the files of a benchmark, one line each, for reports.
  std::map<std::string, std::vector<std::string>> notes = {};
};

// Names given here win over what the files say.
struct ImportFiles {
  std::vector<std::filesystem::path> files;
  std::string model = {};
  std::string benchmark = {};
};

// Throws Error: kNotFound, kBadFile (with file and place), kUsage, kUnsupported.
struct Importer {
  std::string summary;
  std::function<Exchange(const ImportFiles& from)> read;
};

struct ExportFolder {
  std::filesystem::path folder;
  bool embed_prompts = false;  // else a prompt is "sha256:…"
};

// Writes files, each whole or not at all, and returns their paths.
struct Exporter {
  std::string summary;
  std::function<std::vector<std::filesystem::path>(const Exchange& exchange,
                                                   const ExportFolder& to)>
      write;
};

Registry<Importer> importers();
Registry<Exporter> exporters();

// ---- What the formats share.

// `file` is of `model`: the exchange takes its name, or the one that `from` gives. Throws
// Error{kUsage} when that gives none and files before were of another model.
void set_model(Exchange& exchange, const ImportFiles& from, const std::string& model,
               const std::filesystem::path& file);

// The id and number an item has in other tools.
std::string item_id(const Sample& sample);
int epoch(const Sample& sample);
void set_epoch(Sample& sample, int number);  // of a sample whose id is the item's; from 1

// The user's last words; "sha256:…" of them unless they are to be embedded.
std::string prompt_of(const Sample& sample, bool embed);

// A conversation of one question; a "sha256:…" of an export stays what it is.
void set_prompt(Sample& sample, const std::string& text,
                std::shared_ptr<const Picture> picture = nullptr);

// The first picture of the conversation, or null.
std::shared_ptr<const Picture> picture_of(const Sample& sample);

// Texts of expected_json's "answer": gold as one text, and back. Empty: there is none.
std::string gold_of(const Sample& sample);
void set_gold(Sample& sample, const std::string& gold);

// The first verdict; unparsed when nobody judged.
Verdict headline(const ExchangeRecord& record);

// "model" and defence in one: "llava", "llava+safety_prompt".
std::string subject_of(const Exchange& exchange, const ExchangeRecord& record);

// A name, and what stands for it in names of files: other names of the same exchange have another
// one, if need be by a hash at its end.
struct FileNamed {
  std::string text;
  std::string file;
};

// Records by benchmark and subject, in their order: one file each where formats know one of both.
struct ExchangePart {
  FileNamed benchmark;
  FileNamed subject;
  FileNamed defence;
  std::vector<const ExchangeRecord*> records;
};
std::vector<ExchangePart> parts_of(const Exchange& exchange);

// Fit for a file name: the last two parts of a path, other characters than plain ones as "_".
std::string file_name_part(std::string_view text);

}  // namespace sightline
