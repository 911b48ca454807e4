// Builders of training data: files of others in, records out. Name → what it reads, its options,
// how it builds; the list is in registry.cpp.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/options.h"
#include "base/registry.h"
#include "training/preference.h"
#include "training/record.h"

namespace sightline {

struct BuilderInput {
  std::string key;  // --input KEY=FILE
  std::string help;
  bool required = true;
};

using InputFiles = std::map<std::string, std::filesystem::path>;  // only keys of the builder

struct ExtraRecords {
  std::string suffix;  // "held_out": data.json gets data.held_out.json beside it
  std::vector<TrainingRecord> records;
};

struct BuiltData {
  std::vector<TrainingRecord> records;
  std::vector<PreferenceRecord> preferences;  // of spa_vl, which has no other records
  std::vector<ExtraRecords> extras;
  RejectedRecords rejected;
  Json report = Json::object();  // the builder's own counts, for the manifest
  std::string proposed_name;     // used when the output is a folder; empty: the builder's name
  InputFiles further_inputs;     // files that an input named, for the manifest
};

struct BuilderEntry {
  std::string summary;  // one line
  std::string paper;    // empty: none
  std::vector<BuilderInput> inputs;
  OptionTable options;
  std::function<BuiltData(const InputFiles& inputs, const Json& options)> build;
};

using BuilderRegistry = Registry<BuilderEntry>;

const BuilderRegistry& data_builders();

}  // namespace sightline
