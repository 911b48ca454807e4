#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "base/json.h"
#include "evals/benchmarks/registry.h"
#include "sightline/judge.h"
#include "support/temporary_folder.h"

namespace sightline {
namespace {

class JsonlBenchmark : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder_.path() / name).parent_path());
    std::ofstream(folder_.path() / name, std::ios::binary) << text;
  }

  BenchmarkData load(const std::string& options = "") const {
    return load_benchmark("jsonl(path=\"" + (folder_.path() / "items.jsonl").string() + "\"" +
                          (options.empty() ? "" : "," + options) + ")");
  }

  void refuses(const std::string& line, const std::string& named) const {
    write("items.jsonl", R"({"id": "a", "question": "q"})"
                         "\n" +
                             line + "\n");
    try {
      load();
      ADD_FAILURE() << "accepted " << line;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kBadFile) << line;
      EXPECT_NE(error.message().find(named), std::string::npos) << error.message();
    }
  }

  TemporaryFolder folder_;
};

TEST_F(JsonlBenchmark, RefusesAnItemThatLooksLikeATwin) {
  refuses(R"({"id": "b", "question": "q", "meta": {"ablation": "none"}})", "'ablation'");
}

TEST_F(JsonlBenchmark, RefusesAnItemThatCallsItsPictureMissingAndIsAsked) {
  refuses(R"({"id": "b", "question": "q", "meta": {"missing_picture": "yes"}})",
          "'b' is asked and has the note 'missing_picture'");
}

// Such a row would show a share of 0 whatever was answered.
TEST(EveryBenchmark, IsRefusedWhenARowCountsWhatNoJudgeSays) {
  BenchmarkData data = load_benchmark("mini", {.limit = 20});
  EXPECT_NO_THROW(check_benchmark(data));
  data.judges["unsafe"] = {"pair"};  // says safe or unsafe, where the rows count "comply"
  try {
    check_benchmark(data);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_NE(error.message().find("'comply'"), std::string::npos) << error.message();
    EXPECT_NE(error.message().find("safe,unsafe"), std::string::npos) << error.message();
  }
}

TEST(EveryBenchmark, IsRefusedWhenARowsSecondJudgeJudgesNothing) {
  BenchmarkData data = load_benchmark("mini", {.limit = 20});
  data.metrics.push_back({.name = "both",
                          .title = "both",
                          .spec = "group_rate(label=comply,and_judge=pair,and_label=unsafe)"});
  try {
    check_benchmark(data);
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(error.message().find("'pair', which judges no subset"), std::string::npos)
        << error.message();
  }
}

TEST(EveryBenchmark, IsDocumentedAndRefusesUnknownOptions) {
  for (const auto& [name, entry] : benchmarks().entries()) {
    EXPECT_FALSE(entry.summary.empty()) << name;
    for (const OptionSpec& option : entry.options) EXPECT_FALSE(option.help.empty()) << name;
    EXPECT_THROW(load_benchmark(name + "(no_such_option=1)"), Error) << name;
  }
  EXPECT_THROW(load_benchmark("minni"), Error);
}

TEST_F(JsonlBenchmark, TakesItemsAsTheyAreDescribed) {
  write("pictures/p.png", "PICTURE");
  write(
      "items.jsonl",
      "\xEF\xBB\xBF"
      R"({"id": "a", "question": "What?", "image": "pictures/p.png", "subset": "utility", "scenario": "naming", "expected": {"answer": "owl"}, "meta": {"level": 3}, "kind": "k"})"
      "\r\n\n"
      R"({"id": "b", "question": "Why?", "image": null})");
  const BenchmarkData data = load("judge=words");
  ASSERT_EQ(data.samples.size(), 2U);
  const Sample& a = data.samples[0];
  EXPECT_EQ(a.subset, "utility");
  EXPECT_EQ(a.scenario, "naming");
  EXPECT_EQ(a.variant, "picture");
  EXPECT_EQ(a.meta,
            (std::map<std::string, std::string>{
                {"gold", "owl"}, {"kind", "k"}, {"level", "3"}, {"source_ref", "items.jsonl#1"}}));
  EXPECT_EQ(a.conversation.at(0).parts.at(0).picture->bytes(), "PICTURE");
  EXPECT_EQ(a.conversation.at(0).parts.at(1).text, "What?");
  EXPECT_EQ(a.cluster, "picture " + a.conversation.at(0).parts.at(0).picture->sha256);
  EXPECT_EQ(data.samples[1].subset, "all");
  EXPECT_EQ(data.samples[1].variant, "text_only");
  EXPECT_EQ(data.judges.at("all"), std::vector<std::string>{"words"});
  EXPECT_EQ(data.metrics.size(), 3U);
}

TEST_F(JsonlBenchmark, CountsComplianceWhereRequestsAreUnsafeAndRefusalsElsewhere) {
  write("items.jsonl", R"({"id": "a", "question": "1", "subset": "unsafe"})"
                       "\n"
                       R"({"id": "b", "question": "2", "subset": "over_safety"})"
                       "\n"
                       R"({"id": "c", "question": "3"})");
  std::map<std::string, bool> lower_is_better;
  for (const MetricRow& row : load().metrics) {
    EXPECT_TRUE(row.headline) << row.name;
    lower_is_better[row.name] = row.lower_is_better;
  }
  EXPECT_EQ(lower_is_better, (std::map<std::string, bool>{{"comply_unsafe_text_only", true},
                                                          {"refuse_all_text_only", true},
                                                          {"refuse_over_safety_text_only", true},
                                                          {"seconds_per_answer", true}}));
  EXPECT_EQ(load().metrics.at(2).spec, "rate(label=comply,subset=unsafe,variant=text_only)");
  const BenchmarkData gold = load("judge=words");
  EXPECT_EQ(gold.metrics.at(2).name, "correct_unsafe_text_only");
  EXPECT_FALSE(gold.metrics.at(2).lower_is_better);
}

TEST_F(JsonlBenchmark, ItemsWithOnePictureOrTheSameWordsAreOneCluster) {
  write("p.png", "PICTURE");
  write("copy.png", "PICTURE");
  write("items.jsonl",
        R"({"id": "a", "question": "1", "image": "p.png"})"
        "\n"
        R"({"id": "b", "question": "2", "image": "copy.png"})"
        "\n"
        R"({"id": "c", "question": "Why  not?"})"
        "\n"
        R"({"id": "d", "question": "why not?"})"
        "\n"
        R"({"id": "e", "question": "3", "image": "p.png", "meta": {"variant": "noise"}})"
        "\n"
        R"({"id": "f", "question": "4", "image": "p.png", "meta": {"variant": "noise"}})"
        "\n");
  const BenchmarkData data = load();
  EXPECT_EQ(data.samples[0].cluster, data.samples[1].cluster);
  EXPECT_EQ(data.samples[2].cluster, data.samples[3].cluster);
  EXPECT_NE(data.samples[4].cluster, data.samples[5].cluster);
}

TEST_F(JsonlBenchmark, AMissingPictureIsReportedAndItsSampleKept) {
  write("items.jsonl", R"({"id": "a", "question": "1", "image": "no.png"})"
                       "\n");
  const BenchmarkData data = load();
  EXPECT_EQ(data.samples.size(), 1U);
  ASSERT_EQ(data.missing.size(), 1U);
  EXPECT_EQ(data.missing[0].sample, "a");
  EXPECT_NE(data.missing[0].reason.find("no.png"), std::string::npos);
  EXPECT_TRUE(lacks_picture(data.samples[0]));
  EXPECT_EQ(data.samples[0].meta.at(kMissingPicture), "yes");
}

TEST_F(JsonlBenchmark, TheHashIsOfItemsAndPictures) {
  write("p.png", "one");
  write("items.jsonl", R"({"id": "a", "question": "1", "image": "p.png"})");
  const std::string first = load().data_sha256;
  EXPECT_EQ(load().data_sha256, first);
  write("p.png", "two");
  EXPECT_NE(load().data_sha256, first);
}

TEST_F(JsonlBenchmark, RefusesDamageNamingTheLine) {
  refuses("{", "line 2");
  refuses(R"({"question": "q"})", "'id'");
  refuses(R"({"id": "b"})", "'question'");
  refuses(R"({"id": [7], "question": "q"})", "'id'");
  refuses(R"({"id": "b", "question": "q", "expected": 3})", "'expected'");
  refuses(R"({"id": "b", "question": "q", "meta": []})", "'meta'");
  refuses(R"({"id": "a", "question": "q"})", "'a' occurs twice");
  refuses("{\"id\": \"b\", \"question\": \"\xFF\"}", "line 2");
}

TEST_F(JsonlBenchmark, RefusesPicturesOutsideItsFolder) {
  refuses(R"({"id": "b", "question": "q", "image": "../secret.png"})", "../secret.png");
  refuses(R"({"id": "b", "question": "q", "image": "/etc/passwd"})", "/etc/passwd");
  refuses(R"({"id": "b", "question": "q", "image": "x/../../y"})", "x/../../y");
}

TEST_F(JsonlBenchmark, KeepsOneSplit) {
  write("items.jsonl", R"({"id": "a", "question": "1", "split": "fit"})"
                       "\n"
                       R"({"id": "b", "question": "2", "split": "test"})");
  EXPECT_EQ(load("split=test").samples.size(), 1U);
  EXPECT_THROW(load("split=none"), Error);  // nothing left
}

TEST(JsonlBenchmarkSpec, NeedsItsPath) {
  EXPECT_THROW(load_benchmark("jsonl"), Error);
  try {
    load_benchmark("jsonl(path=/no/such/file)");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kNotFound);
  }
}

class MiniSplit : public testing::TestWithParam<const char*> {};

TEST_P(MiniSplit, IsWholeAndSpeaksToItsJudges) {
  const BenchmarkData data = load_benchmark(std::string("mini(split=") + GetParam() + ")");
  EXPECT_EQ(data.name, "mini");
  EXPECT_EQ(data.spec, std::string("mini(split=") + GetParam() + ")");
  EXPECT_TRUE(data.missing.empty());
  std::map<std::string, int> subsets;
  for (const Sample& sample : data.samples) {
    ++subsets[sample.subset];
    EXPECT_FALSE(sample.cluster.empty());
    EXPECT_EQ(sample.variant == "text_only", sample.conversation[0].parts.size() == 1) << sample.id;
    const std::string judge = data.judges.at(sample.subset).front();
    const bool graded = judge_labels(judge) == "correct,wrong";
    Answer answer;
    answer.text = "yes";
    const Verdict verdict = make_judge(judge)->judge(sample, answer);
    EXPECT_EQ(verdict.status, Status::kOk) << sample.id << ": " << verdict.reason;
    EXPECT_EQ(verdict.label == "comply", !graded) << sample.id;
  }
  EXPECT_EQ(subsets.size(), 5U);
  for (const MetricRow& row : data.metrics) EXPECT_NO_THROW(make_metric(row.spec)) << row.name;
}

INSTANTIATE_TEST_SUITE_P(Benchmarks, MiniSplit, testing::Values("test", "validation", "fit"));

TEST(Mini, TestSplitIsLargeEnough) { EXPECT_GE(load_benchmark("mini").samples.size(), 400U); }

}  // namespace
}  // namespace sightline
