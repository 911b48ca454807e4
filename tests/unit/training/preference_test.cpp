#include "training/preference.h"

#include "data_folder.h"

namespace sightline {
namespace {

Json preference(int id, const std::string& chosen = "Good.", const std::string& other = "Bad.") {
  return {{"id", id},
          {"image", "a.jpg"},
          {"question", "<image>\nWhat now?"},
          {"chosen", chosen},
          {"rejected", other}};
}

class SpaVl : public DataFolder {
 protected:
  InputFiles registry(const Json& json) { return {{"registry", write("registry.json", json)}}; }
};

TEST_F(SpaVl, JoinsTheFilesOfItsKeywordsInTheirOrder) {
  write("e.json", Json::array({preference(1), preference(2)}));
  write("h.jsonl", preference(1));
  const auto inputs = registry({{"easy", "e.json"}, {"hardd", "h.jsonl"}});
  const Json manifest = build("spa_vl", inputs, {{"keywords", "hards, easy"}}).manifest;
  RejectedRecords rejected;
  const auto records = read_preference_records(folder_.path() / "out.json", rejected);
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].source, "hards");
  EXPECT_EQ(records[2].id, "2");
  EXPECT_EQ(records[0].question, "What now?");
  EXPECT_EQ(manifest.at("kinds"), (Json{{"preference", 3}}));
  EXPECT_TRUE(manifest.at("inputs").contains("easy"));
}

TEST_F(SpaVl, RefusesAnUnknownKeywordWithTheNearOne) {
  write("e.json", Json::array({preference(1)}));
  const std::string said =
      refusal_of("spa_vl", registry({{"easy", "e.json"}}), {{"keywords", "eazy"}});
  EXPECT_NE(said.find("no keyword 'eazy'"), std::string::npos) << said;
  EXPECT_NE(said.find("easy"), std::string::npos) << said;
  EXPECT_NE(refusal_of("spa_vl", registry({{"easy", "e.json"}}), {{"keywords", "easy,easy"}})
                .find("twice"),
            std::string::npos);
}

TEST_F(SpaVl, CountsPairsThatPreferNothing) {
  write("e.json",
        Json::array({preference(1), preference(2, "Same.", "Same. "), preference(3, " ")}));
  const Json manifest =
      build("spa_vl", registry({{"easy", "e.json"}}), {{"keywords", "easy"}}).manifest;
  EXPECT_EQ(manifest.at("rejected"), (Json{{"empty_answer", 1}, {"no_preference", 1}}));
}

TEST(PreferenceRecord, ComesBackFromItsOwnJson) {
  const std::string text =
      R"({"id":"4","image":"a.jpg","question":"q","chosen":"c","rejected":"r","source":"easy",)"
      R"("ref_chosen_logp":-3.5,"ref_rejected_logp":-4.0})";
  EXPECT_EQ(preference_json(parse_preference_record(parse_json(text, "t"), "t")).dump(), text);
}

}  // namespace
}  // namespace sightline
