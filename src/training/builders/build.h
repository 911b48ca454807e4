// Runs a builder and writes what it made: the records, files beside them, and a manifest that says
// from what and how (docs/formats/training-data.md).
#pragma once

#include <filesystem>
#include <string>

#include "base/json.h"
#include "training/builders/builder.h"

namespace sightline {

enum class DataFormat {
  kSightline,     // LLaVA conversations with the extension fields
  kLlamaFactory,  // sharegpt: image is always a list; FILE.dataset_info.json declares it
};

struct BuildRequest {
  std::string builder;
  InputFiles inputs;
  Json options = Json::object();  // as given; completed by the builder's table
  std::filesystem::path out;      // FILE.json (a list), FILE.jsonl, or a folder that exists
  DataFormat format = DataFormat::kSightline;
};

struct BuildOutcome {
  std::filesystem::path file;
  Json manifest;  // as written to FILE.manifest.json
};

// Every file is written whole or not at all, the manifest last. Throws Error: kUsage for inputs and
// options, what the builder throws, kBadFile when there is nothing to write or no place for it.
BuildOutcome build_data(const BuildRequest& request);

// Share of refusals among the records, and among the words of supervised answers.
Json refusal_shares(const std::vector<TrainingRecord>& records);

}  // namespace sightline
