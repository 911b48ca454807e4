#include "data_folder.h"
#include "training/builders/vlguard_file.h"

namespace sightline {
namespace {

Json safe_record(const std::string& id) {
  return {{"id", id},
          {"image", id + ".jpg"},
          {"safe", true},
          {"instr-resp",
           {{{"safe_instruction", "S " + id}, {"response", "Helpful. More."}},
            {{"unsafe_instruction", "U " + id}, {"response", "I cannot. It would mislead."}}}}};
}

Json unsafe_record(const std::string& id) {
  return {{"id", id},
          {"image", id + ".jpg"},
          {"safe", false},
          {"harmful_category", "deception"},
          {"instr-resp", {{{"instruction", "<image>X"}, {"response", "I cannot. It is false."}}}}};
}

class Vlguard : public DataFolder {
 protected:
  void fill(int safe, int unsafe, int helpful) {
    Json records = Json::array(), others = Json::array();
    for (int i = 0; i < safe; ++i) records.push_back(safe_record("s" + std::to_string(i)));
    for (int i = 0; i < unsafe; ++i) records.push_back(unsafe_record("x" + std::to_string(i)));
    for (int i = 0; i < helpful; ++i) {
      others.push_back(conversation("h" + std::to_string(i), "", {"Say hello.", "Hello."}));
    }
    inputs_ = {{"vlguard", write("train.json", records)}, {"helpful", write("mix.json", others)}};
  }

  // Records of VLGuard by id, without the helpful ones.
  std::map<std::string, TrainingRecord> safety(const Json& options) {
    build("vlguard", inputs_, options);
    std::map<std::string, TrainingRecord> out;
    for (const TrainingRecord& record : read("out.json")) {
      if (record.source == "train") out[record.id] = record;
    }
    return out;
  }

  InputFiles inputs_;
};

TEST_F(Vlguard, ShufflesPairsInTheOrderOfTheReleasedData) {
  fill(977, 1023, 1);
  const auto records = safety({{"n_helpful", 1}});
  EXPECT_EQ(records.size(), 2000U);
  std::string pattern;
  int unsafe_first = 0;
  for (int i = 0; i < 977; ++i) {
    const bool unsafe = records.at("s" + std::to_string(i)).turns[0].text[8] == 'U';
    unsafe_first += unsafe ? 1 : 0;
    if (i < 16) pattern += unsafe ? 'U' : 'S';
  }
  EXPECT_EQ(pattern, "SSUSSSSSSUUSUUSU");
  EXPECT_EQ(unsafe_first, 493);
  EXPECT_EQ(safety({{"n_helpful", 1}, {"mode", "one_turn"}}).size(), 2977U);
}

TEST_F(Vlguard, SupervisesBothAnswersOfATwoTurnRecord) {
  fill(1, 1, 2);
  const auto records = safety({{"n_helpful", 2}});
  const TrainingRecord& pair = records.at("s0");
  ASSERT_EQ(pair.turns.size(), 4U);
  EXPECT_EQ(pair.kind, "safe_pair");
  EXPECT_EQ(pair.turns[0].text.rfind("<image>\n", 0), 0U);
  EXPECT_TRUE(pair.turns[1].supervise && pair.turns[3].supervise);
  EXPECT_TRUE(pair.turns[1].supervise_end && pair.turns[3].supervise_end);
  EXPECT_NE(pair.turns[1].refusal, pair.turns[3].refusal);
  EXPECT_EQ(records.at("x0").turns[0].text, "<image>\nX");
  EXPECT_EQ(records.at("x0").kind, "refusal_harmful");
}

TEST_F(Vlguard, ModesChangeWhatTheirNamesSay) {
  fill(3, 3, 2);
  for (const auto& [id, record] : safety({{"n_helpful", 1}, {"mode", "no_reason"}})) {
    for (const TrainingTurn& turn : record.turns) {
      if (turn.role == "assistant") {
        EXPECT_EQ(turn.text, turn.refusal ? "I cannot." : "Helpful. More.");
      }
    }
  }
  for (const auto& [id, record] : safety({{"n_helpful", 1}, {"mode", "swap_images"}})) {
    EXPECT_NE(record.images.at(0), id + ".jpg");
  }
  for (const auto& [id, record] : safety({{"n_helpful", 1}, {"mode", "safe_safe_dropped"}})) {
    ASSERT_EQ(record.turns.size(), 2U);
    EXPECT_TRUE(record.turns[1].refusal);
  }
}

TEST_F(Vlguard, RefusesToGoWithoutHelpfulData) {
  fill(1, 1, 1);
  const std::string said = refusal_of("vlguard", inputs_, {{"n_helpful", 0}});
  EXPECT_NE(said.find("over-refusal"), std::string::npos) << said;
  EXPECT_NE(refusal_of("vlguard", inputs_).find("1 records, wanted n_helpful=5000"),
            std::string::npos);
}

TEST_F(Vlguard, MixedHoldsEachSafetyRecordOnceBesideAllOthers) {
  fill(1, 2, 1000);
  EXPECT_EQ(safety({{"recipe", "mixed"}}).size(), 3U);
  EXPECT_EQ(read("out.json").size(), 1003U);
}

TEST_F(Vlguard, ReportsHelpfulRecordsThatAskWhatIsRefused) {
  fill(1, 0, 0);
  inputs_["helpful"] = write("mix.json", Json{conversation("s0", "", {"u  S0!", "Sure."}),
                                              conversation("b", "s0.jpg", {"<image>?", "It is."})});
  const Json report = build("vlguard", inputs_, {{"n_helpful", 2}}).manifest.at("report");
  EXPECT_EQ(report.at("helpful_overlaps_refusals"),
            (Json{{"same_question", 1}, {"same_picture", 1}}));
}

TEST_F(Vlguard, CountsRecordsThatBreakTheLayout) {
  fill(1, 1, 1);
  Json broken = unsafe_record("x");
  broken["safe"] = true;
  inputs_["vlguard"] = write("train.json", Json{broken, unsafe_record("y"), {{"id", "z"}}});
  const Json manifest = build("vlguard", inputs_, {{"n_helpful", 1}}).manifest;
  EXPECT_EQ(manifest.at("rejected"), (Json{{"image_path", 1}, {"malformed", 1}}));
}

TEST(FirstSentence, EndsAtTheFirstStopBeforeASpace) {
  EXPECT_EQ(first_sentence("I can't do 3.5 of it. It is false."), "I can't do 3.5 of it.");
  EXPECT_EQ(first_sentence("No"), "No");
}

}  // namespace
}  // namespace sightline
