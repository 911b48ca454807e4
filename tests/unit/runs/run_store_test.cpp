#include "runs/run_store.h"

#include <gtest/gtest.h>

#include <array>
#include <fstream>

#include "runs/schema.h"
#include "support/eval_fixture.h"
#include "support/temporary_folder.h"

namespace sightline {
namespace {

class RunStoreTest : public testing::Test {
 protected:
  std::filesystem::path file() const { return folder_.path() / "deep" / "runs.db"; }

  std::int64_t finished_run(const EvalPlan& plan = small_plan(6)) {
    FakeGenerator generator(small_script);
    RunStore store(file(), RunStore::Mode::kWrite);
    const auto run = store.start(describe_run(plan, generator.info()));
    run_eval(plan, generator, *run);
    return run->id();
  }

  template <class Action>
  void expect_error(ErrorKind kind, const std::string& named, Action action) {
    try {
      action();
      ADD_FAILURE() << "no error naming " << named;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind) << error.message();
      EXPECT_NE((error.message() + error.hint()).find(named), std::string::npos) << error.message();
    }
  }

  TemporaryFolder folder_;
};

TEST_F(RunStoreTest, GivesBackWhatWasAsked) {
  const EvalPlan plan = small_plan(6);
  const std::int64_t run = finished_run(plan);
  RunStore store(file(), RunStore::Mode::kRead);
  const std::vector<StoredSample> samples = store.samples(run);
  ASSERT_EQ(samples.size(), 6U);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const Sample& before = plan.benchmarks[0].samples[i];
    const Sample& after = samples[i].sample;
    EXPECT_EQ(samples[i].benchmark, "small");
    EXPECT_EQ(after.id, before.id);
    EXPECT_EQ(after.scenario, before.scenario);
    EXPECT_EQ(after.variant, before.variant);
    EXPECT_EQ(after.cluster, before.cluster);
    ASSERT_EQ(after.conversation[0].parts.size(), before.conversation[0].parts.size());
    EXPECT_EQ(after.conversation[0].parts.back().text, before.conversation[0].parts.back().text);
  }
  EXPECT_EQ(samples[0].sample.conversation[0].parts[0].picture->bytes(), "\x89PNG not really");
  EXPECT_EQ(samples[0].sample.conversation[0].parts[0].picture->origin, "picture.png");
}

TEST_F(RunStoreTest, GivesBackWhatWasAnsweredAndJudged) {
  const std::int64_t run = finished_run();
  const std::vector<RecordedAnswer> answers = RunStore(file(), RunStore::Mode::kRead).answers(run);
  ASSERT_EQ(answers.size(), 12U);
  const RecordedAnswer& one = answers[2];
  EXPECT_EQ(one.key, (AnswerKey{"small", "s1", "none"}));
  EXPECT_EQ(one.answer.text, "Sure! First, question 1");
  EXPECT_EQ(one.answer.token_ids, (std::vector<std::int64_t>{1, 2, 3}));
  EXPECT_EQ(one.answer.usage.cached_tokens, 4);
  EXPECT_GT(one.latency_seconds, 0);
  ASSERT_EQ(one.verdicts.size(), 1U);
  EXPECT_EQ(one.verdicts.begin()->second.label, "comply");
  EXPECT_EQ(one.verdicts.begin()->second.score, 1);
}

TEST_F(RunStoreTest, GivesBackTheSummaries) {
  FakeGenerator generator(small_script);
  EvalPlan plan = small_plan(30);
  plan.benchmarks[0].samples[4].cluster = "missing s4";
  plan.benchmarks[0].missing = {{"s4", "no such file"}};
  RunStore store(file(), RunStore::Mode::kWrite);
  const auto run = store.start(describe_run(plan, generator.info()));
  const EvalOutcome outcome = run_eval(plan, generator, *run);
  EXPECT_EQ(outcome.summaries.at(0).value.counts.n_missing, 1);
  const std::vector<SummaryRow> rows = store.summaries(run->id());
  ASSERT_EQ(rows.size(), outcome.summaries.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const SummaryRow& want = outcome.summaries[i];
    EXPECT_EQ(rows[i].metric, want.metric);
    EXPECT_EQ(rows[i].scenario, want.scenario);
    EXPECT_EQ(rows[i].value.value, want.value.value);
    EXPECT_EQ(rows[i].value.high, want.value.high);
    EXPECT_EQ(rows[i].value.counts, want.value.counts);
    EXPECT_EQ(rows[i].value.unit, want.value.unit);
    EXPECT_EQ(rows[i].paired.has_value(), want.paired.has_value());
    if (!want.paired) continue;
    EXPECT_EQ(rows[i].paired->p, want.paired->p);
    EXPECT_EQ(rows[i].paired->low, want.paired->low);
    EXPECT_EQ(rows[i].paired->high, want.paired->high);
    EXPECT_EQ(rows[i].paired->clusters, want.paired->clusters);
    EXPECT_EQ(rows[i].paired->interval, want.paired->interval);
  }
}

TEST_F(RunStoreTest, AsksAgainWhatItForgot) {
  const EvalPlan plan = small_plan(6);
  const std::int64_t run = finished_run(plan);
  FakeGenerator generator(small_script);
  RunStore store(file(), RunStore::Mode::kWrite);
  const auto writer = store.resume(run, describe_run(plan, generator.info()));
  const AnswerKey key{"small", "s1", "none"};
  writer->forget(std::vector<AnswerKey>{key, {"small", "s9", "none"}});
  EXPECT_EQ(writer->recorded().size(), 11U);
  run_eval(plan, generator, *writer);
  ASSERT_EQ(generator.asks().size(), 1U);
  EXPECT_EQ(generator.asks()[0].question, "question 1");
  EXPECT_EQ(store.answers(run).size(), 12U);
}

TEST_F(RunStoreTest, ReadsNumbersWithoutWords) {
  const std::int64_t run = finished_run();
  RunStore store(file(), RunStore::Mode::kRead);
  const auto samples = store.samples(run, RunDetail::kWithoutWords);
  const auto answers = store.answers(run, RunDetail::kWithoutWords);
  const auto whole = store.answers(run);
  ASSERT_EQ(samples.size(), 6U);
  EXPECT_TRUE(samples[0].sample.conversation.empty());
  EXPECT_EQ(samples[0].sample.cluster, store.samples(run)[0].sample.cluster);
  ASSERT_EQ(answers.size(), whole.size());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    EXPECT_EQ(answers[i].key, whole[i].key);
    EXPECT_EQ(answers[i].answer.seconds, whole[i].answer.seconds);
    EXPECT_EQ(answers[i].verdicts.begin()->second.label, whole[i].verdicts.begin()->second.label);
    EXPECT_TRUE(answers[i].answer.text.empty());
    EXPECT_TRUE(answers[i].answer.token_ids.empty());
  }
}

TEST_F(RunStoreTest, KeepsBytesThatAreNoUtf8) {
  const std::string odd("a\0b\xFF\xFE\xC3(", 7);
  FakeGenerator generator([&odd](const FakeAsk&) { return odd; });
  RunStore store(file(), RunStore::Mode::kWrite);
  const EvalPlan plan = small_plan(1);
  const auto run = store.start(describe_run(plan, generator.info()));
  run_eval(plan, generator, *run);
  EXPECT_EQ(store.answers(run->id()).at(0).answer.text, odd);
}

TEST_F(RunStoreTest, KeepsFailuresWithTheirReason) {
  FakeGenerator generator(
      [](const FakeAsk&) -> std::string { fail(ErrorKind::kShape, "too long"); });
  RunStore store(file(), RunStore::Mode::kWrite);
  const EvalPlan plan = small_plan(1);
  const auto run = store.start(describe_run(plan, generator.info()));
  run_eval(plan, generator, *run);
  const RecordedAnswer one = store.answers(run->id()).at(0);
  EXPECT_EQ(one.answer.status, Status::kError);
  EXPECT_EQ(one.answer.error, "shape: too long");
  EXPECT_EQ(one.verdicts.begin()->second.status, Status::kError);
}

TEST_F(RunStoreTest, KeepsAPictureOnceForAllRuns) {
  finished_run();
  finished_run();
  Database database(file(), Database::Mode::kRead);
  Query query = database.prepare("SELECT count(*) FROM artefacts");
  ASSERT_TRUE(query.step());
  EXPECT_EQ(query.integer(0), 1);
}

TEST_F(RunStoreTest, FindsRunsByNumberAndLast) {
  finished_run();
  finished_run();
  RunStore store(file(), RunStore::Mode::kRead);
  EXPECT_EQ(store.run("1").id, 1);
  EXPECT_EQ(store.run("last").id, 2);
  EXPECT_EQ(store.run("last").state, RunState::kDone);
  EXPECT_FALSE(store.run("last").finished.empty());
  expect_error(ErrorKind::kNotFound, "1, 2", [&] { store.run("7"); });
}

TEST_F(RunStoreTest, RefusesToResumeUnderOtherSettings) {
  const std::int64_t run = finished_run();
  EvalPlan other = small_plan(6);
  other.sampling.seed = 99;
  other.defences.pop_back();
  RunStore store(file(), RunStore::Mode::kWrite);
  const RunConfig config = describe_run(other, FakeGenerator().info());
  expect_error(ErrorKind::kUsage, "sampling/seed: 0, now 99", [&] { store.resume(run, config); });
  expect_error(ErrorKind::kUsage, "defences/1", [&] { store.resume(run, config); });
}

TEST_F(RunStoreTest, RefusesASecondAnswerToOneQuestion) {
  const EvalPlan plan = small_plan(1);
  RunStore store(file(), RunStore::Mode::kWrite);
  const RunConfig config = describe_run(plan, FakeGenerator().info());
  const auto first = store.start(config);
  const auto second = store.resume(first->id(), config);
  first->add_samples("small", plan.benchmarks[0].samples);
  second->add_samples("small", plan.benchmarks[0].samples);
  first->add_answer({"small", "s0", "none"}, {}, 0);
  expect_error(ErrorKind::kUsage, "another", [&] {
    second->add_answer({"small", "s0", "none"}, {}, 0);
  });
}

TEST_F(RunStoreTest, ResumesWithTheMetricsOfToday) {
  EvalPlan plan = small_plan(2);
  const std::int64_t run = finished_run(plan);
  plan.benchmarks[0].metrics[0].title = "renamed";
  RunStore store(file(), RunStore::Mode::kWrite);
  store.resume(run, describe_run(plan, FakeGenerator().info()));
  EXPECT_EQ(metric_rows(store.run("1").config, "small", "run").at(0).title, "renamed");
}

TEST_F(RunStoreTest, ReadsACommittedFileOfEachVersion) {
  for (const std::string version : {"v1", "v2"}) {
    const std::filesystem::path copy = folder_.path() / (version + ".db");
    std::filesystem::copy_file(
        std::string(SIGHTLINE_SOURCE_DIR) + "/tests/data/run_store_" + version + ".sqlite", copy);
    RunStore store(copy, RunStore::Mode::kRead);
    const RunInfo run = store.run("last");
    EXPECT_EQ(run.state, RunState::kDone);
    EXPECT_EQ(run.config.at("asks").at("defences"), Json({"none", "shield"}));
    EXPECT_EQ(store.samples(run.id).size(), 6U);
    EXPECT_EQ(store.answers(run.id).size(), 12U);
    EXPECT_EQ(store.answers(run.id).at(3).answer.text, "Sorry, I cannot help.");
    EXPECT_TRUE(store.answers(run.id).at(3).answer.first_token_scores.empty());
    EXPECT_FALSE(store.summaries(run.id).empty());
  }
}

// An answer that a kill parted from its verdicts is judged by the same facts later.
TEST_F(RunStoreTest, KeepsWhatJudgesReadBesidesTheText) {
  const EvalPlan plan = small_plan(1);
  RunStore store(file(), RunStore::Mode::kWrite);
  const auto run = store.start(describe_run(plan, FakeGenerator().info()));
  run->add_samples("small", plan.benchmarks[0].samples);
  Answer answer;
  answer.text = "Yes";
  answer.first_token_scores = {{"no", .125}, {"yes", 1.0 / 3}};
  run->add_answer({"small", "s0", "none"}, answer, 0);
  EXPECT_EQ(store.answers(run->id()).at(0).answer.first_token_scores, answer.first_token_scores);
}

TEST_F(RunStoreTest, TrainingRunsStandBesideEvaluations) {
  const std::int64_t eval = finished_run();
  RunStore store(file(), RunStore::Mode::kWrite);
  const std::int64_t first = store.start_training({{"recipe", "a"}}, {{"command", "one"}}, true);
  store.end_training(first, {{"updates", 3}}, RunState::kInterrupted);
  EXPECT_EQ(store.start_training({{"recipe", "a"}}, {{"command", "two"}}, true), first);
  store.end_training(first, {{"updates", 9}}, RunState::kDone);
  EXPECT_NE(store.start_training({{"recipe", "b"}}, Json::object(), false), first);
  const RunInfo run = store.run(std::to_string(first));
  EXPECT_EQ(run.kind, RunKind::kTrain);
  EXPECT_EQ(run.state, RunState::kDone);
  EXPECT_EQ(run.config.at("result").at("updates"), 9);
  EXPECT_EQ(run.config.at("sessions").size(), 2U);
  EXPECT_EQ(store.run("last").id, eval);
  EXPECT_EQ(store.run("last").kind, RunKind::kEval);
}

TEST_F(RunStoreTest, OlderFilesAreBroughtUpToDateAlsoForReading) {
  finished_run();
  std::vector<std::string_view> more(run_store_migrations().begin(), run_store_migrations().end());
  more.push_back("ALTER TABLE runs ADD COLUMN note TEXT");
  Database database = open_run_database(file(), Database::Mode::kRead, more);
  Query query = database.prepare("SELECT note, state FROM runs");
  ASSERT_TRUE(query.step());
  EXPECT_TRUE(query.is_null(0));
  EXPECT_EQ(query.text(1), "done");
}

TEST_F(RunStoreTest, AFailedMigrationLeavesTheFileAsItWas) {
  finished_run();
  std::vector<std::string_view> bad(run_store_migrations().begin(), run_store_migrations().end());
  bad.push_back("ALTER TABLE runs ADD COLUMN note TEXT; SELECT * FROM nowhere");
  EXPECT_THROW(open_run_database(file(), Database::Mode::kWrite, bad), Error);
  EXPECT_EQ(RunStore(file(), RunStore::Mode::kRead).runs().size(), 1U);
}

TEST_F(RunStoreTest, RefusesWhatItCannotRead) {
  expect_error(ErrorKind::kNotFound, "runs.db", [&] { RunStore(file(), RunStore::Mode::kRead); });
  std::filesystem::create_directories(file().parent_path());
  std::ofstream(file()) << "this is no database, however long it may be, is it?";
  expect_error(ErrorKind::kBadFile, "no run store",
               [&] { RunStore(file(), RunStore::Mode::kRead); });
  std::filesystem::remove(file());
  Database(file(), Database::Mode::kWrite).execute("CREATE TABLE other (x)");
  expect_error(ErrorKind::kBadFile, "no run store",
               [&] { RunStore(file(), RunStore::Mode::kWrite); });
}

TEST_F(RunStoreTest, RefusesANewerFormatNamingBoth) {
  finished_run();
  Database(file(), Database::Mode::kWrite).execute("PRAGMA user_version = 7");
  expect_error(ErrorKind::kUnsupported, "7", [&] { RunStore(file(), RunStore::Mode::kRead); });
}

TEST_F(RunStoreTest, DamagedRowsAreNamed) {
  finished_run();
  const auto damage = [this](const std::string& sql) {
    Database(file(), Database::Mode::kWrite).execute(sql);
  };
  damage("UPDATE answers SET token_ids = '[1,' WHERE id = 3");
  expect_error(ErrorKind::kBadFile, "answer 3",
               [&] { RunStore(file(), RunStore::Mode::kRead).answers(1); });
  damage("UPDATE artefacts SET bytes = x'00'");
  const auto samples = RunStore(file(), RunStore::Mode::kRead).samples(1);
  const auto picture = samples[0].sample.conversation[0].parts[0].picture;
  expect_error(ErrorKind::kBadFile, "is damaged", [&] { picture->bytes(); });
  damage("DELETE FROM artefacts");
  expect_error(ErrorKind::kBadFile, "is missing",
               [&] { RunStore(file(), RunStore::Mode::kRead).samples(1); });
  damage("UPDATE runs SET config = 'x'");
  expect_error(ErrorKind::kBadFile, "run 1",
               [&] { RunStore(file(), RunStore::Mode::kRead).runs(); });
}

TEST_F(RunStoreTest, ATruncatedFileIsAnErrorAndNoCrash) {
  finished_run();
  const auto size = std::filesystem::file_size(file());
  for (std::uintmax_t cut = 0; cut < size; cut += 1009) {
    std::filesystem::copy_file(file(), folder_.path() / "cut.db",
                               std::filesystem::copy_options::overwrite_existing);
    std::filesystem::resize_file(folder_.path() / "cut.db", cut);
    try {
      RunStore store(folder_.path() / "cut.db", RunStore::Mode::kRead);
      for (const RunInfo& run : store.runs()) {
        store.samples(run.id);
        store.answers(run.id);
      }
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kBadFile) << error.message();
    }
  }
}

}  // namespace
}  // namespace sightline
