#include "runs/judge_again.h"

#include <gtest/gtest.h>

#include "support/eval_fixture.h"
#include "support/judge_fixture.h"
#include "support/temporary_folder.h"

namespace sightline {
namespace {

const std::string kOther = "keywords(list=gcg_prefixes)";

class JudgeAgainTest : public testing::Test {
 protected:
  JudgeAgainTest() : store_(folder_.path() / "runs.db", RunStore::Mode::kWrite) {
    const EvalPlan plan = small_plan(10);
    const auto run = store_.start(describe_run(plan, generator_.info()));
    run_eval(plan, generator_, *run);
  }

  JudgedAgain judge(const std::string& spec, std::shared_ptr<Generator> model = nullptr) {
    JudgeAgainPlan plan{.spec = spec, .workers = 3, .show_progress = false};
    if (model) plan.context = asking(model);
    return judge_again(store_, store_.run("last"), plan);
  }

  TemporaryFolder folder_;
  RunStore store_;
  FakeGenerator generator_{small_script};
};

TEST_F(JudgeAgainTest, KeepsTheOldVerdictsAndAsksNobody) {
  const std::size_t asked = generator_.asks().size();
  const JudgedAgain done = judge(kOther);
  EXPECT_EQ(done.total, 20U);
  EXPECT_EQ(done.judged, 20U);
  EXPECT_EQ(done.statuses.at("ok"), 20U);
  EXPECT_TRUE(done.complete());
  EXPECT_EQ(generator_.asks().size(), asked);
  for (const RecordedAnswer& answer : store_.answers(store_.run("last").id)) {
    EXPECT_EQ(answer.verdicts.size(), 2U) << answer.key.sample;
  }
}

TEST_F(JudgeAgainTest, ASecondTimeFindsEverythingJudged) {
  judge(kOther);
  const JudgedAgain again = judge(kOther);
  EXPECT_EQ(again.found, 20U);
  EXPECT_EQ(again.judged, 0U);
}

TEST_F(JudgeAgainTest, CountsHowTheTwoJudgesAgree) {
  const JudgedAgain done = judge(kOther);
  ASSERT_EQ(done.agreement.size(), 1U);
  const JudgedTwice& both = done.agreement.front();
  EXPECT_EQ(both.labels_before, (std::vector<std::string>{"refuse", "comply"}));
  std::int64_t n = 0;
  for (const auto& row : both.counts) {
    for (const std::int64_t count : row) n += count;
  }
  EXPECT_EQ(n, 20);
  EXPECT_EQ(both.counts[0][1] + both.counts[1][0], 0) << "both lists know 'Sorry'";
}

TEST_F(JudgeAgainTest, ItsRowsStandBesideTheOthersInTheConfig) {
  judge(kOther);
  const Json config = store_.run("last").config;
  RunJudges judges = judges_of_run(config.at("asks").at("benchmarks").at(0), "run");
  std::vector<MetricRow> rows = metric_rows(config, "small", "run");
  const std::size_t before = rows.size();
  add_judged_again(config, "small", "run", judges, rows);
  ASSERT_EQ(rows.size(), before + 1) << "the seconds are nobody's verdict";
  EXPECT_EQ(rows.back().name, "unsafe_rate@" + kOther);
  EXPECT_EQ(rows.back().judge, kOther);
  ASSERT_EQ(judges.at("unsafe").size(), 2U);
  EXPECT_EQ(judges.at("unsafe").back().spec, kOther);
}

TEST_F(JudgeAgainTest, AnUnsafeLabelStandsForCompliance) {
  const JudgedAgain done = judge("pair", model_that_says("[[10]]"));
  EXPECT_EQ(done.statuses.at("ok"), 20U);
  const Json rows = store_.run("last").config.at("judged").at("small").at("metrics").at("pair");
  EXPECT_EQ(rows.at(0).at("spec"), "rate(label=unsafe,subset=unsafe)");
}

TEST(RowsJudgedBy, SituationsAreOfJudgesThatKnowARefusal) {
  Sample safe;
  safe.subset = "chat_safe";
  Sample unsafe;
  unsafe.subset = "chat_unsafe";
  const MetricRow row{.name = "situation_chat_mean",
                      .title = "",
                      .spec = "situation(label=refuse,of=mean,task=chat)"};
  const auto judged_by = [&](const std::string& judge, std::set<std::string>& subsets) {
    return rows_judged_by(judge, judge_labels(judge), {row}, {&safe, &unsafe},
                          {{"chat_safe", "refuse,comply"}, {"chat_unsafe", "refuse,comply"}},
                          subsets);
  };
  std::set<std::string> subsets;
  const std::vector<MetricRow> rows = judged_by("mssbench", subsets);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].spec, row.spec);
  EXPECT_EQ(subsets, (std::set<std::string>{"chat_safe", "chat_unsafe"}));
  EXPECT_TRUE(judged_by("pair", subsets).empty());
}

TEST_F(JudgeAgainTest, RefusesAJudgeThatNoRowCounts) {
  EXPECT_THROW(judge("siuo_effective", model_that_says("Ineffective")), Error);
  EXPECT_THROW(judge("no_such_judge"), Error);
}

TEST_F(JudgeAgainTest, AFailedJudgementIsNeverSafeAndIsTriedAgain) {
  const auto away = std::make_shared<ScriptedModel>(
      [](const Request&) -> Generation { throw Error(ErrorKind::kRemote, "away"); });
  const JudgedAgain failed = judge("pair", away);
  EXPECT_EQ(failed.statuses, (std::map<std::string, std::size_t>{{"error", 20U}}));
  const JudgedAgain done = judge("pair", model_that_says("[[1]]"));
  EXPECT_EQ(done.found, 0U);
  EXPECT_EQ(done.statuses, (std::map<std::string, std::size_t>{{"ok", 20U}}));
}

TEST_F(JudgeAgainTest, ARetryAsksAgainWhereTheJudgeCouldNotBeReadAndNowhereElse) {
  int asked = 0;
  const auto vague = std::make_shared<ScriptedModel>([&asked](const Request&) {
    Generation out;
    out.text = asked++ < 15 ? "[[1]]" : "Hard to say.";
    return out;
  });
  JudgeAgainPlan plan{.spec = "pair", .context = asking(vague), .show_progress = false};
  EXPECT_EQ(judge_again(store_, store_.run("last"), plan).statuses,
            (std::map<std::string, std::size_t>{{"ok", 15U}, {"unparsed", 5U}}));
  EXPECT_EQ(judge("pair", model_that_says("[[10]]")).judged, 0U) << "not without being told to";
  plan.context = asking(model_that_says("[[10]]"));
  plan.retry_unread = true;
  const JudgedAgain retried = judge_again(store_, store_.run("last"), plan);
  EXPECT_EQ(retried.found, 15U);
  EXPECT_EQ(retried.judged, 5U);
  std::map<std::string, int> labels;
  for (const RecordedAnswer& answer : store_.answers(store_.run("last").id)) {
    for (const auto& [judge, verdict] : answer.verdicts) ++labels[verdict.label];
  }
  EXPECT_EQ(labels.at("safe"), 15) << "good verdicts stay";
  EXPECT_EQ(labels.at("unsafe"), 5);
}

TEST_F(JudgeAgainTest, GoesOnWhereItWasStopped) {
  std::stop_source stop;
  const auto model = std::make_shared<ScriptedModel>([&](const Request&) {
    stop.request_stop();
    Generation out;
    out.text = "[[1]]";
    return out;
  });
  const JudgeAgainPlan plan{.spec = "pair",
                            .context = asking(model),
                            .workers = 1,
                            .stop = stop.get_token(),
                            .show_progress = false};
  const JudgedAgain part = judge_again(store_, store_.run("last"), plan);
  EXPECT_EQ(part.judged, 1U);
  EXPECT_FALSE(part.complete());
  const JudgedAgain rest = judge("pair", model_that_says("[[1]]"));
  EXPECT_EQ(rest.found, 1U);
  EXPECT_EQ(rest.judged, 19U);
}

TEST_F(JudgeAgainTest, TheRunsOwnJudgeFindsItsVerdicts) {
  const JudgedAgain own = judge("keywords(list=refusal_v1)");
  EXPECT_EQ(own.found, 20U) << "the run's own judge";
  EXPECT_EQ(own.judged, 0U);
  EXPECT_EQ(store_.run("last").config.at("judged"), Json::object());
}

}  // namespace
}  // namespace sightline
