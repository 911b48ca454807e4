#include "base/file.h"
#include "base/sha256.h"
#include "data_folder.h"
#include "training/python_json.h"

namespace sightline {
namespace {

TEST(EveryBuilder, IsDocumentedAndRefusesWhatItDoesNotKnow) {
  for (const auto& [name, entry] : data_builders().entries()) {
    EXPECT_FALSE(entry.summary.empty()) << name;
    InputFiles inputs;
    for (const OptionSpec& option : entry.options) EXPECT_FALSE(option.help.empty()) << name;
    for (const BuilderInput& input : entry.inputs) {
      EXPECT_FALSE(input.help.empty()) << name;
      inputs[input.key] = "/nowhere/absent.json";
    }
    const auto kind_of = [&](const InputFiles& given, const Json& options) {
      try {
        build_data({.builder = name, .inputs = given, .options = options, .out = "x.json"});
      } catch (const Error& error) {
        return error.kind();
      }
      return ErrorKind::kInternal;
    };
    EXPECT_EQ(kind_of(inputs, Json::object()), ErrorKind::kNotFound) << name;
    EXPECT_EQ(kind_of(inputs, {{"no_such_option", 1}}), ErrorKind::kUsage) << name;
    EXPECT_EQ(kind_of({}, Json::object()), ErrorKind::kUsage) << name;
    inputs["no_such_input"] = "x";
    EXPECT_EQ(kind_of(inputs, Json::object()), ErrorKind::kUsage) << name;
  }
}

class Builders : public DataFolder {};

TEST_F(Builders, ManifestNamesInputsAndOutputByHash) {
  const auto file = write("a.json", Json::array({conversation("a", "", {"Hi.", "Hello."})}));
  const BuildOutcome outcome = build("llava", {{"records", file}});
  const Json& manifest = outcome.manifest;
  EXPECT_EQ(manifest.at("inputs").at("records"),
            (Json{{"file", "a.json"}, {"sha256", sha256_of_file(file)}}));
  EXPECT_EQ(manifest.at("output").at("sha256"), sha256_of_file(outcome.file));
  EXPECT_EQ(manifest.at("options").at("stage"), 2);
  EXPECT_EQ(read_json(folder_.path() / "out.json.manifest.json"), manifest);
}

TEST_F(Builders, LlavaStageOneTakesCaptionsAlone) {
  const auto file =
      write("a.json", Json::array({conversation("a", "a.png", {"<image>\nCaption?", "A hill."}),
                                   conversation("b", "", {"Hi.", "Hello."}),
                                   {{"id", "c"}}}));
  const Json manifest = build("llava", {{"records", file}}, {{"stage", 1}}).manifest;
  EXPECT_EQ(manifest.at("output").at("records"), 1);
  EXPECT_EQ(manifest.at("rejected"), (Json{{"malformed", 1}, {"not_a_caption", 1}}));
}

TEST_F(Builders, ExportsForLlamaFactory) {
  const auto file = write("a.json", Json::array({conversation("a", "a.png", {"<image>", "A hill."}),
                                                 conversation("b", "", {"Hi.", "Hello."})}));
  build("llava", {{"records", file}}, Json::object(), DataFormat::kLlamaFactory);
  const Json records = read_json(folder_.path() / "out.json");
  EXPECT_EQ(records.at(0).at("image"), Json::array({"a.png"}));
  EXPECT_EQ(records.at(1).at("image"), Json::array());
  EXPECT_EQ(records.at(1).at("id"), "b");
  const Json info = read_json(folder_.path() / "out.dataset_info.json").at("out");
  EXPECT_EQ(info.at("formatting"), "sharegpt");
  EXPECT_EQ(info.at("columns").at("messages"), "conversations");
  EXPECT_EQ(info.at("columns").at("images"), "image");
}

TEST_F(Builders, TextSafetyKeepsTheStatedShare) {
  std::string helpful = "prompt,answer\n", refusals;
  for (int i = 0; i < 70; ++i) helpful += format("\"Ask, {}\",Answer {}\n", i, i);
  for (int i = 0; i < 60; ++i) refusals += format(R"({{"prompt": "Ask for {}"}})", i) + "\n";
  const InputFiles inputs = {{"helpful", write("helpful.csv", helpful)},
                             {"refusals", write("declined.jsonl", refusals)}};
  const Json manifest = build("text_safety", inputs, {{"reply", "I cannot."}}).manifest;
  EXPECT_EQ(manifest.at("kinds"), (Json{{"refusal_harmful", 30}, {"utility", 70}}));
  EXPECT_EQ(manifest.at("refusal_share").at("by_sample"), 0.3);
  const Json exact =
      build("text_safety", inputs, {{"reply", "I cannot."}, {"n", 20}, {"refusal_share", 0.5}})
          .manifest;
  EXPECT_EQ(exact.at("kinds"), (Json{{"refusal_harmful", 10}, {"utility", 10}}));
  std::filesystem::remove(folder_.path() / "out.json");
  EXPECT_NE(refusal_of("text_safety", inputs, {{"reply", "No."}, {"n", 200}}).find("lower n"),
            std::string::npos);
  EXPECT_EQ(refusal_of("text_safety", inputs).find("accepted"), std::string::npos);
}

TEST_F(Builders, RefusesToWriteNothingAndUnknownExtensions) {
  const auto file = write("a.json", Json::array({{{"id", "c"}}}));
  EXPECT_NE(refusal_of("llava", {{"records", file}}).find("1 records were rejected"),
            std::string::npos);
  const auto good = write("b.json", Json::array({conversation("a", "", {"Hi.", "Hello."})}));
  EXPECT_THROW(
      build_data(
          {.builder = "llava", .inputs = {{"records", good}}, .out = folder_.path() / "out.csv"}),
      Error);
}

TEST(PythonJson, WritesAsJsonDumpsDoes) {
  EXPECT_EQ(
      python_json(
          OrderedJson::parse(R"({"b":[1,2.5,true,null],"a":"é\u0001\"\u007f😀","c":{},"d":[]})")),
      R"({"b": [1, 2.5, true, null], "a": "\u00e9\u0001\"\u007f\ud83d\ude00", "c": {}, "d": []})");
}

}  // namespace
}  // namespace sightline
