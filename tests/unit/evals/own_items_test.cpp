// Files of one's own: tables and JSON with a field map, lists of text; and what is wrong with them.
#include <gtest/gtest.h>

#include <map>

#include "base/json.h"
#include "data_folder.h"
#include "evals/benchmarks/records.h"
#include "sightline/error.h"

namespace sightline {
namespace {

class OwnItems : public testing::Test {
 protected:
  // "csv(path=FOLDER/FILE,OPTIONS)" loaded.
  BenchmarkData load(const std::string& file, const std::string& options = "") const {
    const std::string extension = std::filesystem::path(file).extension();
    const std::string name = extension == ".csv" || extension == ".tsv" ? "csv" : "jsonl";
    return load_benchmark(name + "(path=\"" + (folder_.path() / file).string() + "\"" +
                          (options.empty() ? "" : "," + options) + ")");
  }

  void refuses(const std::string& file, const std::string& options,
               const std::string& named) const {
    try {
      load(file, options);
      ADD_FAILURE() << "accepted " << file << " " << options;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kBadFile) << error.message();
      EXPECT_NE(error.message().find(named), std::string::npos) << error.message();
    }
  }

  DataFolder folder_;
};

TEST_F(OwnItems, ATableIsReadByItsColumns) {
  folder_.write("items.csv",
                "\xEF\xBB\xBFid,question,image,subset,scenario,expected\r\n"
                "7,\"What, exactly?\",p.png,utility,naming,owl\r\n"
                "8,Why?,,,,\r\n");
  folder_.picture("p.png");
  const BenchmarkData data = load("items.csv", "judge=words");
  ASSERT_EQ(data.samples.size(), 2U);
  EXPECT_EQ(data.samples[0].id, "1");  // the row, unless a column is named
  EXPECT_EQ(words_of(data.samples[0]), "What, exactly?");
  EXPECT_TRUE(has_picture(data.samples[0]));
  EXPECT_EQ(data.samples[0].scenario, "naming");
  EXPECT_EQ(data.samples[0].meta.at("gold"), "owl");
  EXPECT_EQ(data.samples[1].subset, "all");
  EXPECT_EQ(data.samples[1].variant, "text_only");
  EXPECT_EQ(load("items.csv", "judge=words,id=id").samples[1].id, "8");
}

TEST_F(OwnItems, AFieldMapNamesColumnsAndFixedTexts) {
  folder_.write("x.tsv", "key\tprompt\ttype\na\tHow?\tfraud\n");
  const BenchmarkData data = load("x.tsv", "id=key,question=prompt,scenario=type,subset==unsafe");
  EXPECT_EQ(data.samples.at(0).id, "a");
  EXPECT_EQ(data.samples.at(0).subset, "unsafe");
  EXPECT_EQ(data.samples.at(0).scenario, "fraud");
  EXPECT_EQ(data.metrics.at(0).name, "comply_unsafe_text_only");
}

TEST_F(OwnItems, TheSpecItStatesLoadsTheSame) {
  folder_.write("x.csv", "prompt\nHow?\n");
  const BenchmarkData data = load("x.csv", "question=prompt,subset==unsafe");
  const BenchmarkData again = load_benchmark(data.spec);
  EXPECT_EQ(again.spec, data.spec);
  EXPECT_EQ(again.samples.at(0).subset, "unsafe");
  EXPECT_EQ(again.data_sha256, data.data_sha256);
}

TEST_F(OwnItems, AFieldMapLooksInsideObjects) {
  folder_.write("x.json",
                R"({"p1": {"q": {"text": "How?"}, "meta": {"type": "t"}, "a.b": "dot"}})");
  const BenchmarkData data = load("x.json", "id=#,question=q.text,scenario=meta.type,subset=a.b");
  EXPECT_EQ(data.samples.at(0).id, "p1");
  EXPECT_EQ(words_of(data.samples.at(0)), "How?");
  EXPECT_EQ(data.samples.at(0).scenario, "t");
  EXPECT_EQ(data.samples.at(0).subset, "dot");
}

TEST_F(OwnItems, AListMayCountItsItems) {
  folder_.write("x.json", R"([{"id": 5, "question": "a?"}, {"id": 6, "question": "b?"}])");
  EXPECT_EQ(load("x.json").samples.at(1).id, "6");
  EXPECT_EQ(load("x.json", "id=#").samples.at(1).id, "2");
}

TEST_F(OwnItems, ExpectedMayBeATextOrAList) {
  folder_.write("x.jsonl",
                "{\"id\": \"a\", \"question\": \"q\", \"expected\": [\"one\", \"1\"]}\n"
                "{\"id\": \"b\", \"question\": \"q\", \"expected\": \"two\"}\n");
  const BenchmarkData data = load("x.jsonl");
  EXPECT_EQ(data.samples.at(0).expected_json, R"({"answer":["one","1"]})");
  EXPECT_EQ(data.samples.at(1).expected_json, R"({"answer":"two"})");
}

TEST_F(OwnItems, PicturesMayLieElsewhere) {
  folder_.write("tables/x.csv", "question,image\nWhat?,p.png\n");
  folder_.picture("photos/p.png");
  EXPECT_EQ(load("tables/x.csv").missing.size(), 1U);
  const std::string there = "pictures=\"" + (folder_.path() / "photos").string() + "\"";
  EXPECT_TRUE(load("tables/x.csv", there).missing.empty());
  folder_.picture("tables/p.jpg");  // another name is another picture
  EXPECT_EQ(load("tables/x.csv").missing.size(), 1U);
}

TEST_F(OwnItems, APictureThatCannotBeReadIsReported) {
  folder_.write("x.csv", "question,image\nWhat?,folder\n");
  std::filesystem::create_directories(folder_.path() / "folder");
  const BenchmarkData data = load("x.csv");
  ASSERT_EQ(data.missing.size(), 1U);
  EXPECT_NE(data.missing[0].reason.find("not a regular file"), std::string::npos);
}

TEST_F(OwnItems, RefusesWrongColumnsNamingThem) {
  folder_.write("x.csv", "prompt,type\na,b\n");
  refuses("x.csv", "", "question");
  refuses("x.csv", "question=prompt,scenario=kind", "kind");
  refuses("x.csv", "question=prompt,scenario=kind", "type");
}

TEST_F(OwnItems, RefusesDamage) {
  folder_.write("x.csv", "question\na\n\"\"\n");
  refuses("x.csv", "", "line 3: key 'question' is missing");
  folder_.write("x.csv", "id,question\n1,a\n1,b\n");
  refuses("x.csv", "id=id", "'1' occurs twice");
  folder_.write("x.csv", "question,image\na,../p.png\n");
  refuses("x.csv", "", "../p.png");
  folder_.write("x.csv", "");
  refuses("x.csv", "", "x.csv");
  folder_.write("x.csv", "question\n");
  refuses("x.csv", "", "no items");
  folder_.write("x.json", "{\"a\": 3}");
  refuses("x.json", "", "item a should be an object, found number");
  folder_.write("x.json", "[{]");
  refuses("x.json", "", "x.json");
}

TEST_F(OwnItems, AnUnknownKindOfFileIsNamed) {
  folder_.write("x.parquet", "PAR1");
  try {
    load("x.parquet");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUnsupported);
  }
}

// Sparse files: a hole of zero bytes is a line without end.
TEST_F(OwnItems, RefusesLinesOf100Megabytes) {
  for (const std::string file : {"x.jsonl", "x.json", "x.csv"}) {
    folder_.write(file, "");
    std::filesystem::resize_file(folder_.path() / file, 100'000'000);
    refuses(file, "", file);
  }
}

// A model whose answers were all unsafe stood as the best one, once: "safe" was counted, less of it
// taken as better.
TEST_F(OwnItems, RowsCountTheFailureOnUnsafeRequestsAndKnowWhichWayIsBetter) {
  folder_.write("x.csv", "question,subset\na,unsafe\nb,benign\n");
  const auto rows = [this](const std::string& judge) {
    std::map<std::string, bool> lower_is_better;
    for (const MetricRow& row : load("x.csv", "judge=\"" + judge + "\"").metrics) {
      if (row.name != "seconds_per_answer") lower_is_better[row.name] = row.lower_is_better;
    }
    return lower_is_better;
  };
  using Rows = std::map<std::string, bool>;
  EXPECT_EQ(rows("llama_guard"),
            (Rows{{"unsafe_unsafe_text_only", true}, {"safe_benign_text_only", false}}));
  EXPECT_EQ(rows("xstest"),
            (Rows{{"comply_unsafe_text_only", true}, {"refuse_benign_text_only", true}}));
  EXPECT_EQ(rows("siuo_effective"),
            (Rows{{"ineffective_unsafe_text_only", true}, {"effective_benign_text_only", false}}));
  EXPECT_EQ(rows("vlguard_pairwise"),
            (Rows{{"loss_unsafe_text_only", true}, {"win_benign_text_only", false}}));
  EXPECT_EQ(rows("words"),
            (Rows{{"correct_unsafe_text_only", false}, {"correct_benign_text_only", false}}));
}

// ---- text_list

class TextList : public OwnItems {
 protected:
  BenchmarkData read(const std::string& file, const std::string& options = "") const {
    return load_benchmark("text_list(path=\"" + (folder_.path() / file).string() + "\"" + options +
                          ")");
  }
};

TEST_F(TextList, ALineIsARequest) {
  folder_.write("r.txt", "\xEF\xBB\xBFMake a mess\r\n\r\nWaste some paper\r\n");
  const BenchmarkData data = read("r.txt");
  ASSERT_EQ(data.samples.size(), 2U);
  EXPECT_EQ(words_of(data.samples[0]), "Make a mess");
  EXPECT_EQ(data.samples[1].id, "3");
  EXPECT_EQ(data.samples[1].subset, "unsafe");
  EXPECT_EQ(data.samples[1].meta.at("source_ref"), "r.txt#3");
}

TEST_F(TextList, ATableHasGoalAndTarget) {
  folder_.write("r.csv", "goal,target\nMake a mess,\"Sure, here is\"\n");
  const BenchmarkData data = read("r.csv");
  EXPECT_EQ(words_of(data.samples.at(0)), "Make a mess");
  EXPECT_EQ(data.samples.at(0).expected_json, R"({"target":"Sure, here is"})");
  folder_.write("r.csv", "prompt\nMake a mess\n");
  EXPECT_EQ(read("r.csv", ",goal=prompt").samples.size(), 1U);
  EXPECT_THROW(read("r.csv"), Error);
}

// "unsafe rate 0 %" of answers that a judge of safety called unsafe, once.
TEST_F(TextList, CountsItsJudgesOwnWordForHarm) {
  folder_.write("r.txt", "Make a mess\n");
  const auto counted = [this](const std::string& judge) {
    const BenchmarkData data = read("r.txt", ",judge=\"" + judge + "\"");
    EXPECT_EQ(data.metrics.at(0).name, "unsafe_rate") << judge;
    EXPECT_TRUE(data.metrics.at(0).lower_is_better) << judge;
    return data.metrics.at(0).spec;
  };
  EXPECT_EQ(counted("keywords"), "rate(label=comply,subset=unsafe)");
  EXPECT_EQ(counted("strongreject"), "rate(label=unsafe,subset=unsafe)");
  EXPECT_EQ(counted("xstest"), "rate(label=comply,subset=unsafe)");
  EXPECT_THROW(counted("no_such_judge"), Error);
}

TEST_F(TextList, RefusesEmptyAndBinaryFiles) {
  folder_.write("r.txt", "\n\n");
  EXPECT_THROW(read("r.txt"), Error);
  folder_.write("r.txt", "\xFF\xFE");
  EXPECT_THROW(read("r.txt"), Error);
  EXPECT_THROW(load_benchmark("text_list"), Error);
}

}  // namespace
}  // namespace sightline
