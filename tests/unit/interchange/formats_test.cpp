// Every format: what goes out comes back with its id, answer, gold and label.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/file.h"
#include "interchange/stored.h"
#include "reports/run_report.h"
#include "runs/judge_again.h"
#include "support/eval_fixture.h"
#include "support/temporary_folder.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

const std::string kSecret = "What is the word of the day?";

ExchangeRecord record(const std::string& id, const std::string& text, const std::string& label) {
  ExchangeRecord out{.benchmark = "safety", .sample = {}, .answer = {}};
  out.sample.id = id;
  out.sample.subset = "unsafe";
  out.sample.scenario = "fraud";
  set_prompt(out.sample, kSecret, Picture::from_bytes("\x89PNG picture", "a.png"));
  set_gold(out.sample, "refuse");
  out.answer.text = text;
  Verdict verdict{
      .label = label, .score = 1, .reason = "", .raw = "judge said \"" + label + "\"\n"};
  if (label.empty()) verdict.status = Status::kUnparsed;
  out.judgements.push_back({"keywords", verdict});
  return out;
}

Exchange some_answers() {
  Exchange out{.model = "llava", .created = "2025-01-31T12:00:00Z", .records = {}};
  out.records.push_back(record("1", "Sorry,\tI\r\n\"cannot\".", "refuse"));
  out.records.push_back(record("b/2", std::string(40000, 'x'), "comply"));
  out.records.push_back(record("ü", "", ""));
  return out;
}

Json outcome(const Exchange& exchange) {
  Json rows = Json::array();
  for (const ExchangeRecord& one : exchange.records) {
    const Verdict verdict = headline(one);
    rows.push_back({item_id(one.sample), epoch(one.sample), one.answer.text, gold_of(one.sample),
                    verdict.label, name_of(verdict.status)});
  }
  return rows;
}

struct Pair {
  const char* exporter;
  const char* importer;
  bool has_gold;
};

class Formats : public testing::TestWithParam<Pair> {
 protected:
  std::vector<fs::path> written(const Exchange& exchange, bool embed) {
    return exporters()
        .at(GetParam().exporter)
        .write(exchange, {.folder = folder_.path(), .embed_prompts = embed});
  }
  Exchange read(const std::vector<fs::path>& files) {
    return importers().at(GetParam().importer).read({.files = files});
  }
  TemporaryFolder folder_;
};

TEST_P(Formats, KeepItemAnswerGoldAndLabel) {
  const Exchange exchange = some_answers();
  Json wanted = outcome(exchange);
  for (Json& row : wanted) {
    if (!GetParam().has_gold) row[3] = "";
  }
  const Exchange back = read(written(exchange, false));
  EXPECT_EQ(outcome(back), wanted);
  const Exchange again = read(written(back, true));
  EXPECT_EQ(outcome(again), wanted);
}

// Two settings of a defence that end alike: one's file used to take the other's place.
TEST_P(Formats, KeepDefencesApart) {
  Exchange exchange = some_answers();
  exchange.records.clear();
  for (const char* alpha : {"1.0", "2.0"}) {
    exchange.records.push_back(record("1", std::string("answer at ") + alpha, "comply"));
    exchange.records.back().defence =
        std::string("cmrm(alpha=") + alpha + ",artefact=" + std::string(100, 'x') + "/art/cmrm)";
  }
  for (const char* artefact : {"a/b", "a(b"}) {  // alike in plain characters
    exchange.records.push_back(record("1", std::string("answer by ") + artefact, "comply"));
    exchange.records.back().defence = std::string("cmrm(artefact=") + artefact + ")";
  }
  std::vector<fs::path> files = written(exchange, false);
  ASSERT_EQ(files.size(), 4U);
  std::vector<std::string> answers;
  for (const fs::path& file : files) answers.push_back(read({file}).records.at(0).answer.text);
  EXPECT_EQ(answers, (std::vector<std::string>{"answer at 1.0", "answer at 2.0", "answer by a/b",
                                               "answer by a(b"}));
}

// They used to become one run under the first one's name.
TEST_P(Formats, TakeOneModelAtATime) {
  Exchange other = some_answers();
  other.model = "qwen";
  std::vector<fs::path> files = written(some_answers(), false);
  for (fs::path& file : written(other, false)) files.push_back(std::move(file));
  ASSERT_EQ(files.size(), 2U);
  try {
    read(files);
    ADD_FAILURE() << "files of two models became one run";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage) << error.what();
  }
}

TEST_P(Formats, SayNoPromptUnlessAsked) {
  const auto whole = [](const fs::path& file) {
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  };
  for (const fs::path& file : written(some_answers(), false)) {
    EXPECT_EQ(whole(file).find(kSecret), std::string::npos) << file;
  }
  bool found = false;
  for (const fs::path& file : written(some_answers(), true)) {
    found = found || whole(file).find(kSecret) != std::string::npos;
  }
  EXPECT_TRUE(found);
}

TEST_P(Formats, RefuseNonsense) {
  for (const char* name : {"a.tsv", "a.json", "a.jsonl", "a.eval"}) {
    for (const char* text :
         {"", "{", "[1]", "index\tx\n1\t2\t3\n", "{\"eval\": 5}", "PK\x03\x04 no"}) {
      const fs::path file = folder_.path() / name;
      std::ofstream(file) << text;
      try {
        EXPECT_TRUE(read({file}).records.empty()) << name << ": " << text;
      } catch (const Error& error) {
        EXPECT_NE(error.kind(), ErrorKind::kInternal) << error.what();
      }
    }
  }
}

TEST_P(Formats, BecomeRunsOfTheStore) {
  RunStore store(folder_.path() / "runs.db", RunStore::Mode::kWrite);
  const Exchange back = read(written(some_answers(), false));
  const std::int64_t run = store_exchange(store, back, Json::object());
  const Exchange stored = exchange_of(store, store.run(std::to_string(run)));
  EXPECT_EQ(outcome(stored), outcome(back));
  EXPECT_EQ(stored.model, "llava");
  EXPECT_EQ(store.run("last").state, RunState::kDone);
  EXPECT_FALSE(store.summaries(run).empty());
}

INSTANTIATE_TEST_SUITE_P(All, Formats,
                         testing::Values(Pair{"inspect-json", "inspect", true},
                                         Pair{"lmms-samples", "lmms", true},
                                         Pair{"omnisafe-jsonl", "omnisafe", false},
                                         Pair{"vlmevalkit-tsv", "vlmevalkit", true}),
                         [](const auto& one) {
                           std::string name = one.param.importer;
                           return name;
                         });

TEST(Store, RefusesTwoAnswersToOneItem) {
  TemporaryFolder folder;
  RunStore store(folder.path() / "runs.db", RunStore::Mode::kWrite);
  Exchange twice = some_answers();
  twice.records.push_back(twice.records.front());
  EXPECT_THROW(store_exchange(store, twice, Json::object()), Error);
  EXPECT_TRUE(store.runs().empty());
}

// A judge of another tool is no judge of ours: its name used to be read as one.
TEST(Store, AnImportIsJudgedAgain) {
  TemporaryFolder folder;
  RunStore store(folder.path() / "runs.db", RunStore::Mode::kWrite);
  const JudgeAgainPlan plan{.spec = "keywords(list=refusal_v1)", .show_progress = false};
  for (const bool judged : {true, false}) {
    Exchange exchange = some_answers();
    for (ExchangeRecord& one : exchange.records) {
      if (judged) one.judgements.front().judge = "inspect/refusals";
      if (!judged) one.judgements.clear();
    }
    store_exchange(store, exchange, Json::object());
    const JudgedAgain done = judge_again(store, store.run("last"), plan);
    EXPECT_EQ(done.judged, 3U);
    ASSERT_EQ(done.agreement.size(), judged ? 1U : 0U);
    if (judged) {
      EXPECT_EQ(done.agreement[0].counts[0][0], 1) << "both say refuse";
    }
    const RunReport report = read_report(store, store.run("last"));
    const SummaryRow& row =
        report.benchmarks.at(0).row("label_refuse@keywords(list=refusal_v1)", "", "none");
    EXPECT_EQ(row.value.counts.n_ok, 2);
    EXPECT_EQ(row.value.value, 0.5);
  }
}

// Labels that nothing of ours means: no agreement can be told.
TEST(Store, ForeignLabelsAreComparedWithNothing) {
  TemporaryFolder folder;
  RunStore store(folder.path() / "runs.db", RunStore::Mode::kWrite);
  Exchange exchange = some_answers();
  for (ExchangeRecord& one : exchange.records) {
    one.judgements.front() = {"lmms/x", {.label = "1.0", .score = 1, .reason = "", .raw = ""}};
  }
  store_exchange(store, exchange, Json::object());
  const JudgeAgainPlan plan{.spec = "keywords(list=refusal_v1)", .show_progress = false};
  EXPECT_TRUE(judge_again(store, store.run("last"), plan).agreement.empty());
}

// Benchmarks note the plain request, ablations a caption: both are words of prompts.
TEST(Records, SayNoPromptUnlessAsked) {
  TemporaryFolder folder;
  RunStore store(folder.path() / "runs.db", RunStore::Mode::kWrite);
  EvalPlan plan = small_plan(2);
  for (const char* key : {"request", "caption", "any"}) {
    plan.benchmarks[0].samples[0].meta[key] = kSecret;
  }
  plan.benchmarks[0].samples[0].meta["source_ref"] = "test.json#17";
  FakeGenerator generator(small_script);
  run_eval(plan, generator, *store.start(describe_run(plan, generator.info())));
  const Exchange exchange = exchange_of(store, store.run("last"));
  const auto items = [&](bool embed) {
    exporters().at("records").write(exchange, {.folder = folder.path(), .embed_prompts = embed});
    return read_file(folder.path() / "items.jsonl", 1 << 20);
  };
  const std::string bare = items(false);
  EXPECT_EQ(bare.find(kSecret), std::string::npos) << bare;
  EXPECT_NE(bare.find("test.json#17"), std::string::npos) << bare;
  EXPECT_NE(items(true).find(kSecret), std::string::npos);
}

TEST(Store, KeepsWhatIsOddAboutTheFiles) {
  TemporaryFolder folder;
  RunStore store(folder.path() / "runs.db", RunStore::Mode::kWrite);
  Exchange exchange = some_answers();
  exchange.notes["safety"] = {"half of it"};
  store_exchange(store, exchange, Json::object());
  const Json config = store.run("last").config;
  EXPECT_EQ(config.at("/asks/benchmarks/0/notes"_json_pointer), Json::array({"half of it"}));
}

TEST(FileNamePart, IsAlwaysAPlainName) {
  EXPECT_EQ(file_name_part("http://host/v1#org/model:free"), "v1_org_model_free");
  EXPECT_EQ(file_name_part("../../etc/passwd"), "etc_passwd");
  EXPECT_EQ(file_name_part(".."), "_..");
  EXPECT_EQ(file_name_part(""), "_");
}

}  // namespace
}  // namespace sightline
