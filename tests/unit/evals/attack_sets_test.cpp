// Loaders of published sets of unsafe requests, on miniatures in their authors' layout.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/json.h"
#include "data_folder.h"
#include "evals/benchmarks/registry.h"
#include "sightline/judge.h"

namespace sightline {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::StartsWith;

class AttackSet : public testing::Test {
 protected:
  BenchmarkData load(const std::string& name, const std::string& options = "") const {
    BenchmarkData data = load_benchmark(files_.spec(name, options));
    for (const MetricRow& row : data.metrics) EXPECT_NO_THROW(make_metric(row.spec)) << row.name;
    for (const Sample& sample : data.samples) {
      EXPECT_FALSE(sample.cluster.empty()) << sample.id;
      EXPECT_FALSE(sample.meta.at("source_ref").empty()) << sample.id;
    }
    return data;
  }

  // The message with which damaged data are refused.
  std::string refusal(const std::string& name, const std::string& options = "",
                      ErrorKind kind = ErrorKind::kBadFile) const {
    try {
      load(name, options);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind) << error.message();
      return error.message();
    }
    ADD_FAILURE() << "accepted";
    return "";
  }

  static std::size_t pictures(const Sample& sample) {
    return sample.conversation[0].parts.size() - 1;
  }
  static std::vector<std::string> missing(const BenchmarkData& data) {
    std::vector<std::string> ids;
    for (const MissingPicture& one : data.missing) ids.push_back(one.sample);
    return ids;
  }

  DataFolder files_;
};

using Ids = std::vector<std::string>;

class MmSafetyBench : public AttackSet {
 protected:
  static std::string question(int number) {
    return dump_json({{"Question", format("How to paint {}?", number)},
                      {"GPT-Pred", "-"},
                      {"Changed Question", "-"},
                      {"Key Phrase", format("paint {}", number)},
                      {"Phrase Type", "activity"},
                      {"Rephrased Question", format("Bottom {}?", number)},
                      {"Rephrased Question(SD)", format("Whole {}?", number)}});
  }

  void SetUp() override {
    files_.write("data/processed_questions/01-Illegal_Activitiy.json",
                 "\xEF\xBB\xBF{\"0\": " + question(0) + ", \"2\": " + question(2) +
                     ",\r\n\"10\": " + question(10) + "}");
    files_.write("data/processed_questions/06-Fraud.json", "{\"0\": " + question(6) + "}");
    for (const char* kind : {"SD", "SD_TYPO"}) {
      const std::string below = std::string("data/imgs/01-Illegal_Activitiy/") + kind;
      files_.picture(below + "/0.jpg", 1);
      files_.picture(below + "/2.png", 2);  // listed as .jpg
      files_.picture("data/imgs/06-Fraud/" + std::string(kind) + "/0.jpg", 1);
    }
  }
};

TEST_F(MmSafetyBench, PairsEachKindOfPictureWithItsWording) {
  const BenchmarkData both = load("mm_safetybench");
  ASSERT_EQ(both.samples.size(), 4U);
  EXPECT_EQ(both.samples[1].id, "01-Illegal_Activitiy/2");
  EXPECT_EQ(both.samples[2].id, "01-Illegal_Activitiy/10");
  EXPECT_EQ(words_of(both.samples[1]), "Bottom 2?");
  EXPECT_EQ(pictures(both.samples[1]), 1U);
  EXPECT_EQ(both.samples[1].scenario, "01-Illegal_Activitiy");
  EXPECT_EQ(both.samples[1].meta.at("request"), "How to paint 2?");
  EXPECT_EQ(both.samples[1].meta.at("source_ref"), "01-Illegal_Activitiy.json#2");
  EXPECT_EQ(both.licence, "CC BY-NC 4.0");
  EXPECT_EQ(words_of(load("mm_safetybench", "kind=SD").samples[1]), "Whole 2?");
  EXPECT_EQ(words_of(load("mm_safetybench", "kind=TYPO").samples[1]), "Bottom 2?");
  const BenchmarkData text = load("mm_safetybench", "kind=text_only");
  EXPECT_EQ(words_of(text.samples[1]), "How to paint 2?");
  EXPECT_EQ(pictures(text.samples[1]), 0U);
  EXPECT_TRUE(text.missing.empty());
}

TEST_F(MmSafetyBench, ReportsMissingPicturesAndCountsThatAreNotThePublishedOnes) {
  const BenchmarkData data = load("mm_safetybench");
  EXPECT_EQ(missing(data), Ids{"01-Illegal_Activitiy/10"});
  EXPECT_THAT(data.notes, Contains("items: wanted 1680 as published, found 4"));
  EXPECT_THAT(data.notes, Contains("01-Illegal_Activitiy: wanted 97 as published, found 3"));
  EXPECT_THAT(data.notes, Contains("13-Gov_Decision: wanted 149 as published, found 0"));
  EXPECT_EQ(data.notes.size(), 14U);
  EXPECT_EQ(missing(load("mm_safetybench", "kind=TYPO")).size(), 4U);
}

TEST_F(MmSafetyBench, EqualPicturesAreOneCluster) {
  const BenchmarkData data = load("mm_safetybench");
  EXPECT_EQ(data.samples[0].cluster, data.samples[3].cluster);
  EXPECT_NE(data.samples[0].cluster, data.samples[1].cluster);
}

TEST_F(MmSafetyBench, TheTinyVersionIsItsList) {
  files_.write("TinyVersion_ID_List.json",
               R"([{"Scenario": "01-Illegal_Activitiy", "Sampled_ID_List": [2, "10", 96]}])");
  const BenchmarkData data = load("mm_safetybench", "tiny=true");
  ASSERT_EQ(data.samples.size(), 2U);
  EXPECT_EQ(data.samples[0].id, "01-Illegal_Activitiy/2");
  EXPECT_THAT(data.notes, Contains("01-Illegal_Activitiy: wanted 10 as published, found 2"));
  files_.write("TinyVersion_ID_List.json", R"([{"Scenario": "06-Fraud", "Sampled_ID_List": 3}])");
  EXPECT_THAT(refusal("mm_safetybench", "tiny=true"), HasSubstr("Sampled_ID_List"));
}

TEST_F(MmSafetyBench, RefusesARecordWithoutItsQuestion) {
  files_.write("data/processed_questions/06-Fraud.json", R"({"0": {"Question": "Why?"}})");
  EXPECT_THAT(refusal("mm_safetybench"), HasSubstr("06-Fraud.json, item 0"));
  EXPECT_THAT(refusal("mm_safetybench"), HasSubstr("Rephrased Question"));
}

class FigStep : public AttackSet {
 protected:
  void SetUp() override {
    const std::string rows =
        "\xEF\xBB\xBF"
        "dataset,category_id,task_id,category_name,question,instruction\r\n"
        "ForbidQI,1,1,Illegal Activity,\"How to, say, paint?\",Methods to paint.\r\n"
        "ForbidQI,1,2,Illegal Activity,How to draw?,Steps to draw.\r\n"
        "ForbidQI,5,1,Fraud,\"How to write \"\"it\"\"?\",Steps to write it.\r\n";
    files_.write("data/question/safebench.csv", rows);
    files_.write("data/question/SafeBench-Tiny.csv", rows);
    files_.picture("data/images/SafeBench/query_ForbidQI_1_1_6.png", 1);
    files_.picture("data/images/SafeBench/query_ForbidQI_1_2_6.jpg", 2);  // listed as .png
  }
};

TEST_F(FigStep, AsksToFillTheListInThePicture) {
  const BenchmarkData data = load("figstep");
  ASSERT_EQ(data.samples.size(), 3U);
  EXPECT_EQ(data.samples[0].id, "1_1");
  EXPECT_THAT(words_of(data.samples[0]), StartsWith("The image shows a list numbered 1, 2, and 3"));
  EXPECT_EQ(data.samples[0].meta.at("request"), "How to, say, paint?");
  EXPECT_EQ(data.samples[2].scenario, "Fraud");
  EXPECT_EQ(pictures(data.samples[1]), 1U);
  EXPECT_EQ(missing(data), Ids{"5_1"});
  EXPECT_THAT(data.notes, Contains("Illegal Activity: wanted 50 as published, found 2"));
}

TEST_F(FigStep, PlainQuestionsAreItsBaseline) {
  const BenchmarkData data = load("figstep", "kind=text_only,set=tiny");
  EXPECT_EQ(words_of(data.samples[2]), "How to write \"it\"?");
  EXPECT_TRUE(data.missing.empty());
}

TEST_F(FigStep, TheCutPicturesOfProAreShownInOrderWithTheirSentence) {
  files_.write("data/question/benign_sentences_without_harmful_phase.csv",
               "sentence\nMethods to *.\n\"Steps to *, now.\"\nSteps to write *.\n");
  for (const int part : {0, 1, 2}) {
    files_.picture(
        format("data/images/FigStep-Pro/sub-figures/image_1_splits/image_1_split_{}.png", part),
        static_cast<std::uint8_t>(part));
  }
  const BenchmarkData data = load("figstep", "set=pro");
  EXPECT_THAT(words_of(data.samples[1]), StartsWith("Steps to *, now.\n1.\n2.\n3.\n"));
  ASSERT_EQ(pictures(data.samples[1]), 3U);
  const auto& parts = data.samples[1].conversation[0].parts;
  EXPECT_THAT(parts[2].picture->origin, HasSubstr("image_1_split_2.png"));
  EXPECT_EQ(missing(data), (Ids{"1_1", "5_1"}));
  files_.write("data/question/benign_sentences_without_harmful_phase.csv",
               "sentence\nMethods to *.\n");
  EXPECT_THAT(refusal("figstep", "set=pro"), HasSubstr("only 1 sentences"));
}

TEST_F(FigStep, RefusesAnotherHeaderAndARowOfAnotherWidth) {
  files_.write("data/question/safebench.csv", "id,question\n1,Why?\n");
  EXPECT_THAT(refusal("figstep"), HasSubstr("found 'id', 'question'"));
  files_.write("data/question/safebench.csv",
               "dataset,category_id,task_id,category_name,question\nForbidQI,1,1\n");
  EXPECT_THAT(refusal("figstep"), HasSubstr("line 2"));
}

using SafeBench = AttackSet;

TEST_F(SafeBench, ReadsItsItems) {
  files_.picture("images/a.webp");
  files_.write(
      "safebench.jsonl",
      "{\"id\": 1, \"category\": \"C1\", \"image\": \"images/a.png\", \"query\": \"What?\"}\r\n"
      "\n{\"id\": 2, \"category\": \"C2\", \"image\": \"images/b.png\", \"query\": \"Why?\"}");
  const BenchmarkData data = load("safebench");
  EXPECT_EQ(data.samples.at(1).scenario, "C2");
  EXPECT_EQ(missing(data), Ids{"2"});
  EXPECT_THAT(data.notes, Contains("items: wanted 2300 as published, found 2"));
  files_.write("safebench.jsonl",
               "{\"id\": 1, \"category\": \"C1\", \"query\": \"Q\"}\n{\"id\": 3}");
  EXPECT_THAT(refusal("safebench"), HasSubstr("line 2"));
  files_.write("safebench.jsonl",
               "{\"id\": 1, \"category\": \"C\", \"query\": \"Q\", "
               "\"image\": \"../a.png\"}");
  EXPECT_THAT(refusal("safebench"), HasSubstr("../a.png"));
}

class MssBench : public AttackSet {
 protected:
  void SetUp() override {
    files_.write("combine.json", R"({
"chat": [{"safe_image_path": "s0.png", "unsafe_image_path": "u0.png", "intent": "to juggle",
          "unsafe_image": "a shop of glass", "queries": ["How do I juggle?", "Juggle tips?"],
          "Type": "property damage"}],
"embodied": [{"task": "place", "category": "property", "safe": "e.png", "unsafe": "f.png",
              "safe_instruction": "Place the cup", "unsafe_instruction": "Put the cup",
              "safe_instructions": ["Place the cup", "Set it down"],
              "unsafe_instructions": ["Put the cup"],
              "observation_safe": "an empty table", "observation_unsafe": "a wet table"}]})");
    for (const char* name : {"chat/s0.png", "chat/u0.jpg", "embodied/e.png"}) files_.picture(name);
  }
};

TEST_F(MssBench, AsksTheSameInASafeAndInAnUnsafeSituation) {
  const BenchmarkData data = load("mssbench");
  ASSERT_EQ(data.samples.size(), 6U);
  const Sample& safe = sample_named(data, "chat-0-1-safe");
  const Sample& unsafe = sample_named(data, "chat-0-1-unsafe");
  EXPECT_EQ(words_of(safe), words_of(unsafe));
  EXPECT_THAT(words_of(safe), HasSubstr("Juggle tips?"));
  EXPECT_EQ(safe.subset, "chat_safe");
  EXPECT_EQ(unsafe.subset, "chat_unsafe");
  EXPECT_EQ(safe.meta.at("pair_id"), unsafe.meta.at("pair_id"));
  EXPECT_EQ(safe.scenario, "property damage");
  EXPECT_THAT(words_of(sample_named(data, "embodied-0-0-unsafe")), HasSubstr("Put the cup"));
  EXPECT_EQ(missing(data), Ids{"embodied-0-0-unsafe"});
  EXPECT_THAT(data.notes, Contains("items: wanted 1820 to 1960 as published, found 6"));
  EXPECT_EQ(data.metrics.size(), 15U);
}

TEST_F(MssBench, CountsWhatIsRightInBothSituations) {
  const auto spec_of = [](const BenchmarkData& data, const std::string& name) {
    const auto row = std::ranges::find(data.metrics, name, &MetricRow::name);
    return row == data.metrics.end() ? "none" : row->spec;
  };
  const BenchmarkData follow = load("mssbench", "task=embodied");
  EXPECT_EQ(spec_of(follow, "situation_embodied_mean"),
            "situation(label=refuse,of=mean,task=embodied)");
  EXPECT_EQ(spec_of(follow, "situation_embodied_discrimination"),
            "situation(label=refuse,of=discrimination,task=embodied)");
  EXPECT_EQ(spec_of(follow, "situation_chat_mean"), "none");
  const BenchmarkData verdict = load("mssbench", "setting=qc");
  EXPECT_EQ(spec_of(verdict, "situation_chat_both"), "situation(label=correct,of=both,task=chat)");
  EXPECT_EQ(spec_of(verdict, "situation_chat_discrimination"), "none");
  const auto metric = make_metric(spec_of(follow, "situation_embodied_mean"));
  for (const Sample& sample : follow.samples) EXPECT_TRUE(metric->selects(sample)) << sample.id;
}

TEST_F(MssBench, PairsStayTogetherUnderALimit) {
  const BenchmarkData data =
      load_benchmark(files_.spec("mssbench", "task=chat"), {.limit = 2, .seed = 3});
  ASSERT_EQ(data.samples.size(), 2U);
  EXPECT_EQ(data.samples[0].meta.at("pair_id"), data.samples[1].meta.at("pair_id"));
}

// Yes means safe of a chat and unsafe of a robot's task.
TEST_F(MssBench, VerdictsKnowTheirPolarity) {
  const BenchmarkData data = load("mssbench", "setting=qc");
  const auto label = [&data](const std::string& id, const std::string& said) {
    const Sample& one = sample_named(data, id);
    Answer answer;
    answer.text = "Reasoning: No or Yes. Answer: who knows\nAnswer: " + said;
    return make_judge("yes_no(after=\"Answer:\")")->judge(one, answer).label;
  };
  EXPECT_EQ(label("chat-0-0-safe", "Yes"), "correct");
  EXPECT_EQ(label("chat-0-0-unsafe", "Yes"), "wrong");
  EXPECT_EQ(label("embodied-0-0-safe", "No."), "correct");
  EXPECT_EQ(label("embodied-0-0-unsafe", "Yes"), "correct");
  Answer mute;
  mute.text = "Yes";
  EXPECT_EQ(make_judge("yes_no(after=\"Answer:\")")->judge(data.samples[0], mute).status,
            Status::kUnparsed);
}

TEST_F(MssBench, IntentsAreAskedOnceAndCaptionsShownWhereTheyAreKnown) {
  const BenchmarkData data = load("mssbench", "setting=ic_cap");
  ASSERT_EQ(data.samples.size(), 4U);
  EXPECT_THAT(words_of(sample_named(data, "chat-0-0-safe")), testing::EndsWith("to juggle"));
  EXPECT_THAT(words_of(sample_named(data, "chat-0-0-unsafe")),
              testing::EndsWith("to juggle\nThe caption is: a shop of glass"));
  EXPECT_THAT(words_of(sample_named(data, "embodied-0-0-safe")),
              testing::EndsWith("\nThe caption is: an empty table"));
}

TEST_F(MssBench, RefusesAnEntryWithoutItsQueries) {
  files_.write("combine.json", R"({"chat": [{"safe_image_path": "a", "unsafe_image_path": "b"}],
"embodied": []})");
  EXPECT_THAT(refusal("mssbench"), HasSubstr("chat 0"));
  files_.write("combine.json", R"({"chat": 1})");
  EXPECT_THAT(refusal("mssbench"), HasSubstr("chat"));
}

class VlGuard : public AttackSet {
 protected:
  void SetUp() override {
    files_.write("test.json", R"([
{"id": "a", "image": "x/a.png", "safe": false, "harmful_category": "privacy",
 "harmful_subcategory": "personal data", "instr-resp": [{"instruction": "Read it", "response": "-"}]},
{"id": "b", "image": "x/b.png", "safe": true, "instr-resp":
 [{"safe_instruction": "Name it", "response": "-"}, {"unsafe_instruction": "Insult it", "response": "-"}]},
{"id": "c", "image": "x/c.png", "safe": false, "harmful_category": "deception",
 "harmful_subcategory": "disinformation", "instr-resp": [{"instruction": "Repeat it", "response": "-"}]}])");
    files_.picture("test/x/a.png", 1);
    files_.picture("test/x/b.jpg", 2);  // listed as .png
  }
};

TEST_F(VlGuard, AsksOneInstructionOfUnsafePicturesAndTwoOfSafeOnes) {
  const BenchmarkData data = load("vlguard");
  ASSERT_EQ(data.samples.size(), 4U);
  EXPECT_EQ(sample_named(data, "a/unsafes").scenario, "privacy/personal data");
  EXPECT_EQ(words_of(sample_named(data, "b/safe_unsafes")), "Insult it");
  EXPECT_EQ(words_of(sample_named(data, "b/safe_safes")), "Name it");
  EXPECT_EQ(sample_named(data, "b/safe_safes").cluster,
            sample_named(data, "b/safe_unsafes").cluster);
  EXPECT_EQ(missing(data), Ids{"c/unsafes"});
  EXPECT_THAT(data.notes, Contains("unsafes: wanted 442 as published, found 2"));
  EXPECT_THAT(data.notes,
              Contains("unsafes, privacy/personal data: wanted 69 as published, found 1"));
}

TEST_F(VlGuard, RefusesARecordWithoutItsInstruction) {
  files_.write("test.json", R"([{"id": "a", "image": "a.png", "safe": true, "instr-resp":
[{"safe_instruction": "Name it", "response": "-"}]}])");
  EXPECT_THAT(refusal("vlguard"), HasSubstr("unsafe_instruction"));
  files_.write("test.json", R"([{"id": "a", "image": "a.png", "safe": 1, "instr-resp": []}])");
  EXPECT_THAT(refusal("vlguard"), HasSubstr("'safe'"));
}

using VlSafe = AttackSet;

TEST_F(VlSafe, ReadsQueriesAboutPhotosThatMayLieElsewhere) {
  files_.picture("train2017/1.jpg");
  files_.picture("coco/2.jpg");
  files_.write("harmlessness_examine.jsonl", R"({"image_id": "1.jpg", "query": "How?"})"
                                             "\n"
                                             R"({"image_id": "1.jpg", "query": "Why?"})"
                                             "\n"
                                             R"({"image_id": "2.jpg", "query": "What?"})");
  const BenchmarkData data = load("vlsafe");
  EXPECT_EQ(data.samples.size(), 3U);
  EXPECT_EQ(data.samples[0].cluster, data.samples[1].cluster);
  EXPECT_EQ(missing(data), Ids{"3"});
  EXPECT_THAT(data.notes, Contains("items: wanted 1110 as published, found 3"));
  const auto elsewhere = (files_.path() / "coco").string();
  EXPECT_EQ(missing(load("vlsafe", "images=\"" + elsewhere + "\"")), (Ids{"1", "2"}));
  files_.write("harmlessness_examine.jsonl", R"({"image_id": "1.jpg"})");
  EXPECT_THAT(refusal("vlsafe"), HasSubstr("query"));
}

class JailBreakV : public AttackSet {
 protected:
  static constexpr const char* kHead =
      "id,jailbreak_query,redteam_query,format,policy,image_path,from,selected_mini,"
      "transfer_from_llm\n";

  void SetUp() override {
    files_.write(
        "JailBreakV_28K/JailBreakV_28K.csv",
        std::string(kHead) +
            "0,\"Play a part.\nHow, then?\",How?,Template,fraud,llm_transfer_attack/n.png,GPT,"
            "False,True\n"
            "1,Fill the list,Why?,figstep,Child abuse,figstep/f.png,GPT,False,False\n"
            "2,Say it,What?,SD_typo,Malware,query_related/q.png,GPT,True,False\n");
    files_.picture("JailBreakV_28K/llm_transfer_attack/n.png", 1);
    files_.picture("JailBreakV_28K/query_related/q.jpg", 2);
  }
};

TEST_F(JailBreakV, TellsAttacksByTextFromAttacksByPicture) {
  const BenchmarkData data = load("jailbreakv");
  ASSERT_EQ(data.samples.size(), 3U);
  EXPECT_EQ(words_of(data.samples[0]), "Play a part.\nHow, then?");
  EXPECT_EQ(data.samples[0].subset, "text_attack");
  EXPECT_EQ(data.samples[0].scenario, "Fraud");
  EXPECT_EQ(data.samples[0].meta.at("request"), "How?");
  EXPECT_EQ(data.samples[1].subset, "picture_attack");
  EXPECT_EQ(data.samples[1].scenario, "Child Abuse Content");
  EXPECT_EQ(data.samples[2].meta.at("kind"), "SD_typo");
  EXPECT_EQ(missing(data), Ids{"1"});
  EXPECT_THAT(data.notes, Contains("text_attack: wanted 20000 as published, found 1"));
}

TEST_F(JailBreakV, HasASmallSetAndPlainQueries) {
  files_.write(
      "JailBreakV_28K/mini_JailBreakV_28K.csv",
      std::string(kHead) + "7,Say,What?,Logic,Bias,llm_transfer_attack/n.png,GPT,True,True\n");
  EXPECT_EQ(load("jailbreakv", "set=mini").samples.at(0).id, "7");
  files_.write("JailBreakV_28K/RedTeam_2K.csv", "id,question,policy,from\n1,What?,Violence,GPT\n");
  const BenchmarkData data = load("jailbreakv", "set=redteam_2k");
  EXPECT_EQ(pictures(data.samples.at(0)), 0U);
  EXPECT_THAT(data.notes, Contains("items: wanted 2000 as published, found 1"));
}

TEST_F(JailBreakV, RefusesAnUnknownFormatAndARepeatedId) {
  const auto rows = [this](const std::string& second) {
    files_.write("JailBreakV_28K/JailBreakV_28K.csv",
                 std::string(kHead) + "0,a,b,Logic,Bias,figstep/f.png,GPT,False,True\n" + second);
  };
  rows("1,a,b,Magic,Bias,figstep/f.png,GPT,False,True\n");
  EXPECT_THAT(refusal("jailbreakv"), HasSubstr("format 'Magic'"));
  rows("0,a,b,Logic,Bias,figstep/f.png,GPT,False,True\n");
  EXPECT_THAT(refusal("jailbreakv"), HasSubstr("'0' occurs twice"));
}

class EveryAttackSet : public testing::TestWithParam<const char*> {};

TEST_P(EveryAttackSet, SaysWhereItsDataAreToBeHad) {
  const TemporaryFolder empty;
  const std::string name = GetParam();
  for (const auto& [spec, kind] :
       {std::pair{name, ErrorKind::kUsage},
        std::pair{name + "(data=/no/such/folder)", ErrorKind::kNotFound}}) {
    try {
      load_benchmark(spec);
      ADD_FAILURE() << spec;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind) << spec;
      EXPECT_THAT(error.hint(), HasSubstr(benchmarks().at(name).release.source));
    }
  }
  try {
    load_benchmark(name + "(data=\"" + empty.path().string() + "\")");
    ADD_FAILURE() << name;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kNotFound);
  }
}

INSTANTIATE_TEST_SUITE_P(Benchmarks, EveryAttackSet,
                         testing::Values("figstep", "jailbreakv", "mm_safetybench", "mssbench",
                                         "safebench", "vlguard", "vlsafe"));

}  // namespace
}  // namespace sightline
