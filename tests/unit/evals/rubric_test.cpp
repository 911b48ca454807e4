#include "evals/judges/rubric.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "evals/hashed_document.h"

namespace sightline {
namespace {

const std::filesystem::path kRubrics = std::filesystem::path(SIGHTLINE_SOURCE_DIR) / "data/rubrics";

Json small() {
  return {
      {"id", "small.v1"},
      {"template", "Q {request} A {answer} {\"json\": 1} {other}"},
      {"slots", {"request", "answer"}},
      {"max_new_tokens", 8},
      {"parser", {{"verdict", {{"pattern", "(\\w+)"}}}}},
      {"labels",
       {{{"label", "safe"}, {"texts", {"no"}}}, {{"label", "unsafe"}, {"from", 3}, {"to", 9}}}}};
}

Rubric rubric(const Json& document) { return Rubric::parse(document, "test.json"); }

std::string slot(const std::string& name) { return "<" + name + " {answer}>"; }

TEST(EveryRubric, LoadsStatesItsHashAndSaysWhereItComesFrom) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kRubrics)) {
    if (entry.path().extension() != ".json") continue;
    ++count;
    const Json document = read_json(entry.path());
    const std::string id = entry.path().stem().string();
    EXPECT_EQ(document.at("id"), id);
    EXPECT_TRUE(id.ends_with(".v" + std::to_string(document.at("version").get<int>()))) << id;
    for (const char* key : {"use", "source", "licence"}) {
      EXPECT_FALSE(document.at(key).get<std::string>().empty()) << id;
    }
    EXPECT_EQ(document.at("sha256"), document_hash(document)) << id;
    EXPECT_EQ(Rubric::load(id).sha256(), document.at("sha256"));
    EXPECT_NO_THROW(Rubric::load(id, true)) << id;
  }
  EXPECT_GE(count, 20U);
}

TEST(Rubric, FillsItsSlotsOnceAndLeavesOtherBraces) {
  EXPECT_EQ(rubric(small()).text(slot),
            "Q <request {answer}> A <answer {answer}> {\"json\": 1} {other}");
}

TEST(Rubric, CutsASlotInWholeCharacters) {
  Json document = small();
  document["cut"] = {{"answer", 2}};
  const auto text = rubric(document).text([](const std::string&) { return "éàü"; });
  EXPECT_NE(text.find("A éà {"), std::string::npos) << text;
}

TEST(Rubric, ASlotCanBeginAfterTheLastMark) {
  Json document = small();
  document["after"] = {{"answer", "Answer:"}};
  const auto text = rubric(document).text([](const std::string&) { return "Answer: a Answer: b"; });
  EXPECT_NE(text.find("A  b {"), std::string::npos) << text;
}

TEST(Rubric, ASystemTextIsATurnOfItsOwn) {
  Json document = small();
  document["system"] = "You judge {request}.";
  const Conversation turns = rubric(document).fill(slot);
  ASSERT_EQ(turns.size(), 2U);
  EXPECT_EQ(turns[0].role, "system");
  EXPECT_EQ(turns[0].parts[0].text, "You judge <request {answer}>.");
  EXPECT_EQ(turns[1].role, "user");
}

TEST(Rubric, LabelsByWordsAndByNumbers) {
  const Rubric one = rubric(small());
  EXPECT_EQ(one.labels(), "safe,unsafe");
  EXPECT_EQ(one.label_of(one.field("verdict").read("no")), "safe");
  EXPECT_EQ(one.label_of(one.field("verdict").read("9")), "unsafe");
  EXPECT_EQ(one.label_of(one.field("verdict").read("2")), "");
}

TEST(Rubric, OfficialReadingTakesThePlaceOfTheStrictOne) {
  Json document = small();
  document["parser"]["verdict"]["official"] = {{"pattern", "^(x)"}, {"on_missing", "no"}};
  EXPECT_FALSE(rubric(document).label_of(rubric(document).field("verdict").read("no")).empty());
  const Rubric official = Rubric::parse(document, "test.json", true);
  EXPECT_EQ(official.field("verdict").read("yes").text, "no");
}

TEST(Rubric, AFileOfOnesOwnNeedsNoHashButMustKeepTheOneItStates) {
  Json document = small();
  EXPECT_EQ(rubric(document).sha256(), document_hash(document));
  document["sha256"] = "0";
  EXPECT_THROW(rubric(document), Error);
}

TEST(Rubric, RefusesDamageNamingTheFile) {
  for (const char* key : {"id", "template", "slots", "max_new_tokens", "parser"}) {
    Json document = small();
    document.erase(key);
    try {
      rubric(document);
      ADD_FAILURE() << key;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kBadFile);
      EXPECT_NE(error.message().find("test.json"), std::string::npos) << error.message();
    }
  }
  Json unused = small();
  unused["slots"].push_back("nowhere");
  EXPECT_THROW(rubric(unused), Error);
  EXPECT_THROW(Rubric::load("no_such.v1"), Error);
  EXPECT_THROW(rubric(small()).text(slot, "variant"), Error);
  EXPECT_THROW(rubric(small()).field("score"), Error);
}

}  // namespace
}  // namespace sightline
