#include <algorithm>
#include <cmath>
#include <set>

#include "base/sha256.h"
#include "data_folder.h"
#include "image/synthetic.h"
#include "training/builders/balance.h"
#include "training/builders/tag_map.h"

namespace sightline {
namespace {

TEST(MutualInformation, IsZeroForBalancedAndOneForTellingValues) {
  EXPECT_EQ(mutual_information_bits({}), 0);
  EXPECT_NEAR(mutual_information_bits({{"a", true}, {"a", false}, {"b", true}, {"b", false}}), 0,
              1e-12);
  EXPECT_NEAR(mutual_information_bits({{"a", true}, {"b", false}}), 1, 1e-12);
  EXPECT_NEAR(mutual_information_bits({{"a", true}, {"a", true}, {"a", false}, {"b", false}}),
              1 - 0.75 * (-2.0 / 3 * std::log2(2.0 / 3) - 1.0 / 3 * std::log2(1.0 / 3)), 1e-12);
}

class Vcr : public DataFolder {
 protected:
  // Members of one set; `unsafe` names combinations such as "11" (first text, first picture).
  void add(const std::string& set, const std::vector<std::string>& unsafe) {
    for (const char* combination : {"11", "12", "21", "22"}) {
      const bool is_unsafe = std::find(unsafe.begin(), unsafe.end(), combination) != unsafe.end();
      const std::string text = sentence(set, combination[0]);
      const std::string image = format("{}-{}.png", set, combination[1]);
      lines_ += dump_json({{"id", set + "/" + combination},
                           {"pair_id", set},
                           {"image", image},
                           {"text", text},
                           {"gold", is_unsafe ? "unsafe" : "safe"},
                           {"steps",
                            {{"image_reading", "A room."},
                             {"text_reading", "A remark."},
                             {"joint", "Both."}}}}) +
                "\n";
      write(image, encode_png(noise_image(20, 20, seed_++ % 2 + 2 * number_)));
    }
    ++number_;
  }

  // No two of them share words.
  static std::string sentence(const std::string& set, char which) {
    return sha256(set + which).substr(0, 40);
  }

  InputFiles inputs() {
    InputFiles out = further_;
    out["quads"] = write("quads.jsonl", lines_);
    return out;
  }

  std::string lines_;
  InputFiles further_;
  std::uint64_t seed_ = 0, number_ = 0;
};

TEST_F(Vcr, FullSetsTellNothingByTextOrPictureAlone) {
  for (int i = 0; i < 10; ++i) add("k" + std::to_string(i), {"11", "22"});
  const Json report = build("vcr", inputs()).manifest.at("report");
  EXPECT_EQ(report.at("mutual_information").at("label_given_text_bits"), 0.0);
  EXPECT_EQ(report.at("mutual_information").at("label_given_image_bits"), 0.0);
  EXPECT_EQ(report.at("sets"), 9);
  std::map<std::string, std::map<std::string, int>> labels;
  for (const TrainingRecord& record : read("out.json")) {
    EXPECT_EQ(record.kind, "reasoning");
    ++labels[record.turns[0].text][record.gold];
    ++labels[record.images[0]][record.gold];
  }
  for (const auto& [value, counts] : labels) EXPECT_EQ(counts.at("safe"), counts.at("unsafe"));
}

TEST_F(Vcr, AValidationSetSharesNoPairWithTraining) {
  for (int i = 0; i < 10; ++i) add("k" + std::to_string(i), {"12", "21"});
  build("vcr", inputs(), {{"validation", 0.3}});
  std::set<std::string> trained, kept;
  for (const TrainingRecord& record : read("out.json")) trained.insert(record.pair_id);
  for (const TrainingRecord& record : read("out.validation.json")) kept.insert(record.pair_id);
  EXPECT_EQ(trained.size(), 7U);
  EXPECT_EQ(kept.size(), 3U);
  for (const std::string& pair : kept) EXPECT_FALSE(trained.contains(pair));
}

TEST_F(Vcr, AnswersReasonAndThenJudge) {
  add("k", {"11", "22"});
  build("vcr", inputs(), {{"verdict_first", true}, {"validation", 0}});
  for (const TrainingRecord& record : read("out.json")) {
    const std::string verdict = record.gold == "safe" ? "Yes" : "No";
    EXPECT_EQ(record.turns[1].text, verdict +
                                        ". <image_reading>A room.</image_reading>"
                                        "<text_reading>A remark.</text_reading>"
                                        "<joint>Both.</joint><verdict>" +
                                        verdict + "</verdict>");
    EXPECT_EQ(record.turns[0].text.rfind("<image>\nLook at the picture.", 0), 0U);
  }
}

TEST_F(Vcr, HalfSetsAreDrawnToOneToOneAndRefusedForWhatTheyGiveAway) {
  for (int i = 0; i < 12; ++i) add("k" + std::to_string(i), {"11"});
  const std::string said = refusal_of("vcr", inputs(), {{"quad", "half"}});
  EXPECT_NE(said.find("at most max_mi_bits=0.05"), std::string::npos) << said;
  build("vcr", inputs(), {{"quad", "half"}, {"force", true}, {"validation", 0}});
  int safe = 0, unsafe = 0;
  for (const TrainingRecord& record : read("out.json")) ++(record.gold == "safe" ? safe : unsafe);
  EXPECT_EQ(safe, 12);
  EXPECT_EQ(unsafe, 12);
}

TEST_F(Vcr, RejectsSetsThatAreNotCounterfactual) {
  add("good", {"11", "22"});
  add("telling", {"11", "12"});
  add("single", {"11"});
  const Json manifest = build("vcr", inputs(), {{"validation", 0}}).manifest;
  EXPECT_EQ(manifest.at("rejected"), (Json{{"not_a_quad", 8}}));
  EXPECT_EQ(manifest.at("report").at("sets"), 1);
}

TEST_F(Vcr, KeepsBenchmarkItemsOut) {
  for (int i = 0; i < 4; ++i) add("k" + std::to_string(i), {"11", "22"});
  write("bench.png", encode_png(noise_image(20, 20, 3)));  // a picture of k1
  further_["benchmark"] =
      write("bench.jsonl", dump_json({{"image", "bench.png"}, {"question", "Unlike it all."}}) +
                               "\n" + dump_json({{"question", sentence("k3", '2') + "?"}}));
  further_["general"] =
      write("general.json", Json{conversation("g", "", {"Unlike it all!", "Yes."}),
                                 conversation("h", "", {"How many legs has a crab?", "Ten."})});
  const Json manifest = build("vcr", inputs(), {{"validation", 0}}).manifest;
  EXPECT_EQ(manifest.at("rejected"), (Json{{"in_benchmark", 3}}))
      << manifest.at("rejected_examples");
  EXPECT_EQ(manifest.at("kinds"), (Json{{"reasoning", 8}, {"utility", 1}}));
}

TEST(TagMap, TellsWhatIsWrongWithAnAnswersTags) {
  const TagMap map = parse_tag_map("S=image_reading, R=joint,C=verdict");
  const auto reason_of = [&](const char* answer) -> std::string {
    try {
      read_steps(answer, map);
    } catch (const RecordError& error) {
      return error.reason();
    }
    return "";
  };
  EXPECT_EQ(reason_of("<S>a</S><R>b</R><C>Yes</C>"), "");
  EXPECT_EQ(reason_of("<C>Yes</C>"), "");
  EXPECT_EQ(reason_of("<S>a</S><S>b</S> <B>plain</B> <C>Yes</C>"), "");
  EXPECT_EQ(reason_of("<S>a<R>b</R></S><C>Yes</C>"), "nested_tag");
  EXPECT_EQ(reason_of("<S>a<S>b</S></S><C>Yes</C>"), "nested_tag");
  EXPECT_EQ(reason_of("<S>a</S><R>b<C>Yes</C>"), "nested_tag");
  EXPECT_EQ(reason_of("<S>a</S><C>Yes"), "open_tag");
  EXPECT_EQ(reason_of("<S>a</S></R><C>Yes</C>"), "open_tag");
  EXPECT_EQ(reason_of("<R>b</R><S>a</S><C>Yes</C>"), "tag_order");
  EXPECT_EQ(reason_of("<C>Yes</C><R>b</R>"), "tag_order");
  EXPECT_EQ(reason_of("<S>a</S><R>b</R>"), "no_verdict");
  EXPECT_EQ(reason_of("<C> </C>"), "no_verdict");
  EXPECT_EQ(reason_of("Yes"), "no_verdict");
}

TEST_F(Vcr, TakesRecordsThatReasonInTagsOfTheirOwn) {
  const std::string question = "<image>\nIs it safe to say this?";
  const auto answered = [&](const char* id, const std::string& answer) {
    return conversation(id, "k.png", {question, answer});
  };
  write("k.png", encode_png(noise_image(20, 20, 1)));
  const std::string wordy = "<SUMMARY>A stove.</SUMMARY>\n<CAPTION> It burns. </CAPTION>\n";
  const InputFiles reasoned = {
      {"reasoned",
       write("reasoned.json",
             Json{answered("a", wordy + "<REASONING>Hot.</REASONING><CONCLUSION>no, not "
                                        "here</CONCLUSION>"),
                  answered("b", "<THINK>Well.</THINK><CONCLUSION>The stove</CONCLUSION>"),
                  answered("c", wordy), answered("d", wordy + "<CONCLUSION>Yes")})}};
  EXPECT_NE(refusal_of("vcr", reasoned, {{"tags", "CONCLUSION=end"}}).find("'CONCLUSION=end'"),
            std::string::npos);
  EXPECT_NE(
      refusal_of("vcr", reasoned, {{"tags", "REASONING=joint"}}).find("no tag is the verdict"),
      std::string::npos);
  EXPECT_NE(refusal_of("vcr", {}).find("found neither"), std::string::npos);

  const Json manifest = build("vcr", reasoned, {{"verdict_first", true}}).manifest;
  EXPECT_EQ(manifest.at("rejected"), (Json{{"no_verdict", 1}, {"open_tag", 1}}));
  EXPECT_EQ(manifest.at("report").at("retagged"), 2);
  std::map<std::string, TrainingRecord> found;
  for (const TrainingRecord& record : read("out.json")) found[record.id] = record;
  EXPECT_EQ(found.at("reasoned/a").gold, "unsafe");
  EXPECT_EQ(found.at("reasoned/a").turns[1].text,
            "No. <image_reading>A stove. It burns.</image_reading><joint>Hot.</joint>"
            "<verdict>no, not here</verdict>");
  EXPECT_EQ(found.at("reasoned/b").gold, "");
  EXPECT_EQ(found.at("reasoned/b").turns[1].text, "<verdict>The stove</verdict>");
}

}  // namespace
}  // namespace sightline
