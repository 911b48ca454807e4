// A folder of small data files and one build from them.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "support/temporary_folder.h"
#include "training/builders/build.h"

namespace sightline {

inline Json conversation(const std::string& id, const std::string& image,
                         const std::vector<std::string>& turns) {
  Json out = {{"id", id}, {"conversations", Json::array()}};
  if (!image.empty()) out["image"] = image;
  for (std::size_t i = 0; i < turns.size(); ++i) {
    out["conversations"].push_back({{"from", i % 2 == 0 ? "human" : "gpt"}, {"value", turns[i]}});
  }
  return out;
}

class DataFolder : public testing::Test {
 protected:
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_.path() / name, std::ios::binary) << text;
    return folder_.path() / name;
  }

  std::filesystem::path write(const std::string& name, const Json& json) const {
    return write(name, dump_json(json));
  }

  BuildOutcome build(const std::string& builder, const InputFiles& inputs,
                     const Json& options = Json::object(),
                     DataFormat format = DataFormat::kSightline) const {
    return build_data({.builder = builder,
                       .inputs = inputs,
                       .options = options,
                       .out = folder_.path() / "out.json",
                       .format = format});
  }

  std::vector<TrainingRecord> read(const std::string& name) const {
    RejectedRecords rejected;
    auto records = read_training_records(folder_.path() / name, rejected);
    EXPECT_EQ(rejected.total(), 0);
    return records;
  }

  // What the build says when it refuses, message and hint.
  std::string refusal_of(const std::string& builder, const InputFiles& inputs,
                         const Json& options = Json::object()) const {
    try {
      build(builder, inputs, options);
    } catch (const Error& error) {
      EXPECT_FALSE(std::filesystem::exists(folder_.path() / "out.json"));
      return error.message() + " | " + error.hint();
    }
    return "accepted";
  }

  TemporaryFolder folder_;
};

}  // namespace sightline
