#include <set>

#include "data_folder.h"
#include "training/builders/pick.h"

namespace sightline {
namespace {

constexpr const char* kReply = "I'm sorry, but I cannot assist with your request";

class RejectSft : public DataFolder {
 protected:
  RejectSft() {
    Json refuse = Json::array(), utility = Json::array();
    for (int i = 0; i < 20; ++i) {
      const std::string n = std::to_string(i);
      refuse.push_back(conversation("m" + n, "scan-" + n + ".png",
                                    {"What is shown in scan " + n + "?\n<image>", "A hand.",
                                     "What about its size?", "Small.", "Is it left?", "Yes."}));
    }
    for (int i = 0; i < 60; ++i) {
      const std::string n = std::to_string(i);
      utility.push_back(
          conversation("u" + n, i % 2 == 0 ? "photo-" + n + ".jpg" : "",
                       {i % 2 == 0 ? "<image>\nName it." : "Say hello.", "Word " + n}));
    }
    inputs_ = {{"refuse", write("medical.json", refuse)}, {"utility", write("mix.json", utility)}};
  }

  std::vector<TrainingRecord> refusals(const std::string& name = "out.json") const {
    auto records = read(name);
    std::erase_if(records, [](const TrainingRecord& r) { return r.kind != "refusal_benign"; });
    return records;
  }

  InputFiles inputs_;
  Json small_ = {{"n_rej", 12}, {"n_util", 30}, {"hold_out_rej", 5}};
};

TEST_F(RejectSft, EveryRefusalIsOnePairWithOneTagInFrontAndTheReply) {
  const Json manifest = build("reject_sft", inputs_, small_).manifest;
  const auto refused = refusals();
  ASSERT_EQ(refused.size(), 12U);
  for (const TrainingRecord& record : refused) {
    ASSERT_EQ(record.turns.size(), 2U);
    const std::string& question = record.turns[0].text;
    EXPECT_EQ(question.rfind("<image>\n", 0), 0U) << question;
    EXPECT_EQ(question.find("<image>", 1), std::string::npos) << question;
    EXPECT_EQ(plain_words(question).find("what about"), std::string::npos);
    EXPECT_EQ(record.turns[1].text, kReply);
    EXPECT_TRUE(record.turns[1].refusal);
    EXPECT_TRUE(record.turns[1].supervise);
    EXPECT_FALSE(record.turns[1].supervise_end);
    EXPECT_EQ(record.source, "medical");
  }
  EXPECT_EQ(manifest.at("kinds"), (Json{{"refusal_benign", 12}, {"utility", 30}}));
  EXPECT_NEAR(manifest.at("refusal_share").at("by_sample").get<double>(), 12.0 / 42, 1e-12);
  EXPECT_NEAR(manifest.at("refusal_share").at("by_supervised_word").get<double>(),
              12.0 * 9 / (12 * 9 + 30 * 2), 1e-12);
}

TEST_F(RejectSft, KeepsTheEndOfUtilityAnswersAndTheHeldOutRecordsApart) {
  build("reject_sft", inputs_, small_);
  const auto held = ids_of(read("out.held_out.json"));
  EXPECT_EQ(held.size(), 5U);
  for (const TrainingRecord& record : read("out.json")) {
    EXPECT_FALSE(held.contains(record.id)) << record.id;
    EXPECT_EQ(record.turns.back().supervise_end, record.kind == "utility");
  }
}

TEST_F(RejectSft, DropsARecordWhoseQuestionsAllLeanOnAnother) {
  inputs_["refuse"] =
      write("medical.json", Json{conversation("a", "a.png", {"<image>\nWHAT ABOUT this?", "r"}),
                                 conversation("b", "b.png", {"<image>\nWhat is it?", "r"})});
  const Json manifest =
      build("reject_sft", inputs_, {{"n_rej", 2}, {"n_util", 3}, {"hold_out_rej", 0}}).manifest;
  EXPECT_EQ(refusals().size(), 1U);
  EXPECT_EQ(manifest.at("report").at("dropped_no_question_that_stands_alone"), 1);
}

TEST_F(RejectSft, RefusesSeveralTurnsWithoutOneTurn) {
  small_["one_turn"] = false;
  const std::string said = refusal_of("reject_sft", inputs_, small_);
  EXPECT_NE(said.find("has 6 turns"), std::string::npos) << said;
  EXPECT_NE(said.find("leave one_turn on"), std::string::npos) << said;
}

TEST_F(RejectSft, SaysWhenTooFewRecordsAreLeft) {
  EXPECT_NE(refusal_of("reject_sft", inputs_, {{"n_rej", 18}, {"hold_out_rej", 5}})
                .find("2 records left to hold out"),
            std::string::npos);
  small_["similar"] = true;
  EXPECT_NE(
      refusal_of("reject_sft", inputs_, small_).find("0 of 60 records have ids that are among"),
      std::string::npos);
}

TEST_F(RejectSft, SimilarTakesTheSameIdsAndTellsThemApart) {
  inputs_["utility"] = write("normal.json", read_json(inputs_.at("refuse")));
  const BuildOutcome outcome = build(
      "reject_sft", inputs_, {{"n_rej", 6}, {"n_util", 4}, {"hold_out_rej", 0}, {"similar", true}});
  std::map<std::string, int> halves;
  for (const TrainingRecord& record : read("out.json")) {
    ++halves[record.id.substr(0, record.id.rfind('/'))];
  }
  EXPECT_EQ(halves.at("normal/utility"), 4);
  EXPECT_EQ(halves.at("medical/refused"), 4);
}

TEST_F(RejectSft, LeavesOutExcludedIdsAndDrawsFromTheReplies) {
  inputs_["exclude_ids"] = write("ids.txt", std::string("m0\r\n\nm1\n"));
  inputs_["reply_list"] = write("replies.txt", std::string("No.\nI would rather not.\n"));
  build("reject_sft", inputs_, {{"n_rej", 18}, {"n_util", 1}, {"hold_out_rej", 0}});
  std::set<std::string> replies;
  for (const TrainingRecord& record : refusals()) {
    EXPECT_TRUE(record.id != "m0" && record.id != "m1");
    replies.insert(record.turns[1].text);
  }
  EXPECT_EQ(replies, (std::set<std::string>{"No.", "I would rather not."}));
}

TEST_F(RejectSft, AControlDiffersInOneThing) {
  build("reject_sft", inputs_, small_);
  const auto plain = read("out.json");
  const auto changed = [&](const char* name) {
    small_["ablation"] = name;
    build("reject_sft", inputs_, small_);
    return read("out.json");
  };
  const auto swapped = changed("shuffle_images"), ends = changed("train_eos"),
             reasons = changed("reasons");
  for (std::size_t i = 0; i < plain.size(); ++i) {
    ASSERT_EQ(plain[i].id, swapped.at(i).id);
    const bool refused = plain[i].kind == "refusal_benign";
    EXPECT_EQ(plain[i].images != swapped[i].images, refused);
    EXPECT_EQ(plain[i].turns[0].text, swapped[i].turns[0].text);
    EXPECT_TRUE(ends.at(i).turns[1].supervise_end);
    EXPECT_EQ(reasons.at(i).turns[1].text.size() > plain[i].turns[1].text.size(), refused);
  }
}

TEST_F(RejectSft, UtilityOnlyIsAsLongAndHoldsNoRefusal) {
  small_["ablation"] = "utility_only";
  const Json manifest = build("reject_sft", inputs_, small_).manifest;
  EXPECT_EQ(manifest.at("kinds"), (Json{{"utility", 42}}));
}

TEST_F(RejectSft, RandomPicturesComeFromTheList) {
  inputs_["pictures"] = write("pictures.txt", std::string("sea.jpg\nhill.jpg\n"));
  build("reject_sft_random", inputs_, small_);
  std::set<std::string> seen;
  for (const TrainingRecord& record : refusals()) seen.insert(record.images.at(0));
  EXPECT_EQ(seen, (std::set<std::string>{"hill.jpg", "sea.jpg"}));
}

TEST_F(RejectSft, NamesItsFileWhenTheOutputIsAFolder) {
  const BuildOutcome outcome = build_data(
      {.builder = "reject_sft", .inputs = inputs_, .options = small_, .out = folder_.path()});
  EXPECT_EQ(outcome.file.filename(), "12_medical_30_mix.json");
}

}  // namespace
}  // namespace sightline
