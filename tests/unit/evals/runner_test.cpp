#include "evals/runner.h"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <set>

#include "evals/memory_sink.h"
#include "sightline/error.h"
#include "support/eval_fixture.h"
#include "support/judge_fixture.h"

namespace sightline {
namespace {

using Asks = std::map<std::pair<std::string, std::string>, int>;

Asks count_asks(const FakeGenerator& generator) {
  Asks asks;
  for (const FakeAsk& ask : generator.asks()) ++asks[{ask.defence, ask.question}];
  return asks;
}

const SummaryRow& row_of(const EvalOutcome& outcome, const std::string& defence) {
  for (const SummaryRow& row : outcome.summaries) {
    if (row.defence == defence && row.metric == "unsafe_rate" && row.scenario.empty()) return row;
  }
  throw std::runtime_error("no row of " + defence);
}

// Fails where a test tells it to.
class BrittleSink : public MemorySink {
 public:
  int answers_left = 1 << 30;
  RunState state = RunState::kRunning;
  void add_answer(const AnswerKey& key, const Answer& answer, double latency) override {
    {
      const std::lock_guard lock(mutex_);
      if (answers_left-- <= 0) fail(ErrorKind::kBadFile, "the disk is full");
    }
    MemorySink::add_answer(key, answer, latency);
  }
  void set_state(RunState now) override { state = now; }

 private:
  std::mutex mutex_;
};

class WithAdapter : public Defence {
 public:
  void prepare(Request&) const override {}
  std::vector<std::string> adapters() const override { return {"some-adapter"}; }
};

TEST(FailedAnswers, AreThoseThatAnotherTryMayAnswer) {
  EvalPlan plan = small_plan(4);
  plan.benchmarks[0].missing = {{"s0", "cannot open 'p.png'"}};
  std::vector<RecordedAnswer> recorded;
  const auto add = [&recorded](const std::string& sample, Status status) {
    RecordedAnswer& one = recorded.emplace_back();
    one.key = {"small", sample, "none"};
    one.answer.status = status;
  };
  add("s0", Status::kError);
  add("s1", Status::kError);
  add("s2", Status::kTimeout);
  add("s3", Status::kFiltered);
  add("s4", Status::kOk);
  EXPECT_EQ(failed_answers(plan, recorded),
            (std::vector<AnswerKey>{{"small", "s1", "none"}, {"small", "s2", "none"}}));
}

TEST(Runner, DefencesWithAnAdapterAskTheModelThatCarriesIt) {
  FakeGenerator plain(small_script);
  int adapted_asks = 0;
  EvalPlan plan = small_plan(20, 4);
  plan.defences.push_back({"adapted", std::make_shared<WithAdapter>()});
  BrittleSink sink;
  EXPECT_THROW(run_eval(plan, plain, sink), Error);  // nobody can put it on
  plan.adapted = [&](const std::vector<std::string>& adapters) {
    EXPECT_EQ(adapters, std::vector<std::string>{"some-adapter"});
    return std::make_unique<FakeGenerator>([&](const FakeAsk& ask) {
      ++adapted_asks;
      return small_script(ask);
    });
  };
  const EvalOutcome outcome = run_eval(plan, plain, sink);
  EXPECT_TRUE(outcome.complete);
  EXPECT_EQ(outcome.asked, 60U);
  EXPECT_EQ(adapted_asks, 20);
  EXPECT_EQ(count_asks(plain).size(), 40U);
  EXPECT_EQ(row_of(outcome, "adapted").value.value, row_of(outcome, "none").value.value);
}

TEST(Runner, AsksEverySampleUnderEveryDefenceOnce) {
  FakeGenerator generator(small_script);
  BrittleSink sink;
  const EvalOutcome outcome = run_eval(small_plan(20, 4), generator, sink);
  EXPECT_TRUE(outcome.complete);
  EXPECT_EQ(outcome.asked, 40U);
  EXPECT_EQ(sink.state, RunState::kDone);
  const Asks asks = count_asks(generator);
  EXPECT_EQ(asks.size(), 40U);
  for (const auto& [ask, times] : asks) EXPECT_EQ(times, 1);
  EXPECT_DOUBLE_EQ(*row_of(outcome, "none").value.value, .5);
  EXPECT_DOUBLE_EQ(*row_of(outcome, "shield").value.value, .1);  // 5 and 15
  EXPECT_EQ(row_of(outcome, "shield").paired->lost, 8);
}

TEST(Runner, AsksTheDefencesOfASampleOneAfterTheOther) {
  FakeGenerator generator(small_script);
  MemorySink sink;
  run_eval(small_plan(3), generator, sink);
  std::vector<std::string> order;
  for (const FakeAsk& ask : generator.asks()) order.push_back(ask.question + " " + ask.defence);
  EXPECT_EQ(order, (std::vector<std::string>{"question 0 none", "question 0 shield",
                                             "question 1 none", "question 1 shield",
                                             "question 2 none", "question 2 shield"}));
}

TEST(Runner, KeepsItsWorkersBusy) {
  FakeGenerator generator(small_script);
  generator.delay = std::chrono::milliseconds(20);
  MemorySink sink;
  run_eval(small_plan(8, 16), generator, sink);
  EXPECT_GT(generator.most_at_once(), 4);
  EXPECT_LE(generator.most_at_once(), 16);
}

TEST(Runner, CostsOfAnswersAddUpToTheTime) {
  FakeGenerator generator(small_script);
  generator.delay = std::chrono::milliseconds(10);
  MemorySink sink;
  const auto start = std::chrono::steady_clock::now();
  run_eval(small_plan(16, 8), generator, sink);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  double costs = 0;
  double latencies = 0;
  for (const RecordedAnswer& one : sink.recorded()) {
    costs += one.answer.seconds;
    latencies += one.latency_seconds;
  }
  EXPECT_LE(costs, seconds);
  EXPECT_GT(costs, .03);
  EXPECT_GE(latencies, .01 * 32);
}

TEST(Runner, AsksOnlyWhatIsNotRecorded) {
  FakeGenerator first(small_script);
  BrittleSink sink;
  sink.answers_left = 13;
  EXPECT_THROW(run_eval(small_plan(20, 3), first, sink), Error);
  const std::size_t kept = sink.recorded().size();
  EXPECT_EQ(kept, 13U);
  sink.answers_left = 1000;
  FakeGenerator second(small_script);
  const EvalOutcome outcome = run_eval(small_plan(20, 3), second, sink);
  EXPECT_EQ(outcome.found, 13U);
  EXPECT_EQ(outcome.asked, 27U);
  EXPECT_EQ(second.asks().size(), 27U);
  EXPECT_DOUBLE_EQ(*row_of(outcome, "none").value.value, .5);
}

TEST(Runner, JudgesWhatWasAnsweredButNotJudged) {
  MemorySink sink;
  Answer answer;
  answer.text = "Sure!";
  sink.add_answer({"small", "s0", "none"}, answer, 1);
  FakeGenerator generator(small_script);
  run_eval(small_plan(2), generator, sink);
  EXPECT_EQ(generator.asks().size(), 3U);
  for (const RecordedAnswer& one : sink.recorded()) EXPECT_EQ(one.verdicts.size(), 1U);
}

// Two readings of one answer: the list of the fixture, and one that finds no refusal in "Sorry.".
EvalPlan two_judges(int count) {
  EvalPlan plan = small_plan(count);
  plan.benchmarks[0].judges["unsafe"].push_back("keywords(list=siuo_rule)");
  MetricRow row = plan.benchmarks[0].metrics[0];
  row.name = "unsafe_rate.siuo";
  row.judge = "keywords(list=siuo_rule)";
  plan.benchmarks[0].metrics.push_back(row);
  return plan;
}

TEST(Runner, EveryJudgeOfASubsetJudgesEveryAnswer) {
  FakeGenerator generator([](const FakeAsk&) { return "Sorry."; });
  MemorySink sink;
  const EvalOutcome outcome = run_eval(two_judges(4), generator, sink);
  EXPECT_EQ(generator.asks().size(), 8U);
  for (const RecordedAnswer& one : sink.recorded()) EXPECT_EQ(one.verdicts.size(), 2U);
  std::map<std::string, double> rates;
  for (const SummaryRow& row : outcome.summaries) {
    if (row.defence == "none" && row.scenario.empty()) rates[row.metric] = *row.value.value;
  }
  EXPECT_EQ(rates.at("unsafe_rate"), 0);
  EXPECT_EQ(rates.at("unsafe_rate.siuo"), 1);
}

TEST(Runner, AJudgeThatCameLaterJudgesWhatIsRecorded) {
  FakeGenerator generator(small_script);
  MemorySink sink;
  run_eval(small_plan(4), generator, sink);
  const EvalOutcome outcome = run_eval(two_judges(4), generator, sink);
  EXPECT_EQ(outcome.asked, 0U);
  for (const RecordedAnswer& one : sink.recorded()) EXPECT_EQ(one.verdicts.size(), 2U);
}

// small_plan judged by a model that answers as told.
EvalPlan judged_by_model(int count, ScriptedModel::Script script) {
  EvalPlan plan = small_plan(count, 3);
  plan.benchmarks[0].judges = {{"unsafe", {"pair"}}};
  plan.benchmarks[0].metrics[0].spec = "rate(subset=unsafe,label=unsafe)";
  plan.judging = asking(std::make_shared<ScriptedModel>(std::move(script)));
  return plan;
}

Generation rating(const std::string& text) {
  Generation out;
  out.text = text;
  return out;
}

TEST(Runner, ARetryJudgesAgainWhatFailedWithoutAskingTheModel) {
  FakeGenerator generator(small_script);
  MemorySink sink;
  std::atomic<int> first = 0;
  const EvalOutcome failed =
      run_eval(judged_by_model(10,
                               [&first](const Request&) -> Generation {
                                 const int number = first++;
                                 if (number < 4) fail(ErrorKind::kRemote, "away");
                                 return rating(number < 7 ? "Hard to say." : "[[1]]");
                               }),
               generator, sink);
  EXPECT_TRUE(failed.complete);
  EXPECT_EQ(failed.failed_judgements, 4U);
  std::atomic<int> second = 0;
  EvalPlan retry = judged_by_model(10, [&second](const Request&) {
    ++second;
    return rating("[[10]]");
  });
  EXPECT_EQ(run_eval(retry, generator, sink).failed_judgements, 4U) << "not without being told to";
  EXPECT_EQ(second, 0);
  retry.retry_judgements = true;
  const EvalOutcome outcome = run_eval(retry, generator, sink);
  EXPECT_EQ(generator.asks().size(), 20U) << "every answer once";
  EXPECT_EQ(second, 7);
  EXPECT_EQ(outcome.failed_judgements, 0U);
  int unsafe = 0;
  for (const RecordedAnswer& one : sink.recorded()) {
    for (const auto& [judge, verdict] : one.verdicts) unsafe += verdict.label == "unsafe";
  }
  EXPECT_EQ(unsafe, 7) << "good verdicts stay";
}

TEST(Runner, StopsBetweenJudgementsAndIsNotDone) {
  FakeGenerator generator(small_script);
  BrittleSink sink;
  const auto away = [](const Request&) -> Generation { fail(ErrorKind::kRemote, "away"); };
  run_eval(judged_by_model(20, away), generator, sink);
  std::stop_source stop;
  EvalPlan retry = judged_by_model(20, [&stop](const Request&) {
    stop.request_stop();
    return rating("[[10]]");
  });
  retry.retry_judgements = true;
  retry.stop = stop.get_token();
  const EvalOutcome outcome = run_eval(retry, generator, sink);
  EXPECT_FALSE(outcome.complete);
  EXPECT_EQ(sink.state, RunState::kInterrupted);
  EXPECT_EQ(generator.asks().size(), 40U) << "nothing is asked twice";
}

TEST(Runner, RefusesTwoJudgesThatAreOne) {
  EvalPlan plan = small_plan(1);
  plan.benchmarks[0].judges["unsafe"].push_back("keywords");  // its default list
  FakeGenerator generator;
  MemorySink sink;
  EXPECT_THROW(run_eval(plan, generator, sink), Error);
}

TEST(Runner, AsksForTheFirstTokensItsJudgesRead) {
  class Scoring : public FakeGenerator {
   public:
    Generation generate(const Request& request) override {
      groups = request.first_token.size();
      Generation out = FakeGenerator::generate(request);
      out.first_token_scores = {{"yes", .1}, {"no", .3}};
      return out;
    }
    std::size_t groups = 0;
  } generator;
  EvalPlan plan = small_plan(1);
  MemorySink plain;
  run_eval(plan, generator, plain);
  EXPECT_EQ(generator.groups, 0U);
  plan.benchmarks[0].judges["unsafe"] = {"yes_no_logit"};
  plan.benchmarks[0].samples[0].expected_json = R"({"answer": "No"})";
  MemorySink sink;
  run_eval(plan, generator, sink);
  EXPECT_EQ(generator.groups, 2U);
  const RecordedAnswer recorded = sink.recorded().at(0);
  EXPECT_EQ(recorded.answer.first_token_scores.at("no"), .3);
  EXPECT_EQ(recorded.verdicts.at("yes_no_logit").label, "correct");
  EXPECT_DOUBLE_EQ(recorded.verdicts.at("yes_no_logit").score, .25);
}

TEST(Runner, ASamplesFailureIsItsAnswer) {
  FakeGenerator generator([](const FakeAsk& ask) -> std::string {
    if (ask.question == "question 1") fail(ErrorKind::kShape, "the prompt has 9000 tokens");
    if (ask.question == "question 2") throw std::runtime_error("first line\nsecond line");
    return "Sure!";
  });
  MemorySink sink;
  const EvalOutcome outcome = run_eval(small_plan(4, 2), generator, sink);
  EXPECT_TRUE(outcome.complete);
  const MetricValue& value = row_of(outcome, "none").value;
  EXPECT_EQ(value.counts, (MetricCounts{.n = 4, .n_ok = 2, .n_error = 2}));
  EXPECT_EQ(outcome.failed_answers, 4U);                                      // under two defences
  EXPECT_EQ(run_eval(small_plan(4, 2), generator, sink).failed_answers, 4U);  // found, not asked
  std::set<std::string> errors;
  for (const RecordedAnswer& one : sink.recorded()) errors.insert(one.answer.error);
  EXPECT_EQ(errors, (std::set<std::string>{"", "first line", "shape: the prompt has 9000 tokens"}));
}

TEST(Runner, DrawnAnswersHaveASeedOfTheirOwnTheSameInEveryRun) {
  const auto seeds = [](double temperature) {
    FakeGenerator generator(small_script);
    EvalPlan plan = small_plan(3);
    plan.defences.pop_back();
    plan.sampling.seed = 7;
    plan.benchmarks[0].temperature = temperature;
    MemorySink sink;
    run_eval(plan, generator, sink);
    std::vector<std::uint64_t> out;
    for (const FakeAsk& ask : generator.asks()) {
      EXPECT_EQ(ask.temperature, temperature);
      out.push_back(ask.seed);
    }
    return out;
  };
  EXPECT_EQ(seeds(0), (std::vector<std::uint64_t>{7, 7, 7}));
  const std::vector<std::uint64_t> drawn = seeds(1);
  EXPECT_EQ(std::set<std::uint64_t>(drawn.begin(), drawn.end()).size(), 3U);
  EXPECT_EQ(drawn, seeds(1));
}

TEST(Runner, AMissingPictureIsAnErrorAndNotAQuestion) {
  EvalPlan plan = small_plan(2);
  plan.benchmarks[0].missing = {{"s0", "cannot open 'p.png'"}};
  FakeGenerator generator(small_script);
  MemorySink sink;
  const EvalOutcome outcome = run_eval(plan, generator, sink);
  EXPECT_EQ(generator.asks().size(), 2U);
  EXPECT_EQ(row_of(outcome, "none").value.counts.n_error, 1);
  EXPECT_EQ(outcome.failed_answers, 0U);  // another try would not find the picture
}

TEST(Runner, StopsAfterTheAnswersInFlight) {
  std::stop_source stop;
  FakeGenerator generator([&stop](const FakeAsk& ask) {
    if (ask.question == "question 3") stop.request_stop();
    return small_script(ask);
  });
  generator.delay = std::chrono::milliseconds(1);
  EvalPlan plan = small_plan(50, 4);
  plan.stop = stop.get_token();
  BrittleSink sink;
  const EvalOutcome outcome = run_eval(plan, generator, sink);
  EXPECT_FALSE(outcome.complete);
  EXPECT_EQ(sink.state, RunState::kInterrupted);
  EXPECT_EQ(outcome.asked, generator.asks().size());  // none in flight was lost
  EXPECT_EQ(sink.recorded().size(), outcome.asked);
  EXPECT_LT(outcome.asked, 20U);
}

TEST(Runner, AStoppedAnswerIsNotRecorded) {
  FakeGenerator generator(
      [](const FakeAsk&) -> std::string { fail(ErrorKind::kInterrupted, "stopped"); });
  BrittleSink sink;
  const EvalOutcome outcome = run_eval(small_plan(3), generator, sink);
  EXPECT_EQ(outcome.asked, 0U);
  EXPECT_FALSE(outcome.complete);
  EXPECT_TRUE(sink.recorded().empty());
}

TEST(Runner, TotalsDoNotDependOnTheWorkers) {
  const auto totals = [](int workers) {
    FakeGenerator generator(small_script);
    MemorySink sink;
    std::string out;
    for (const SummaryRow& row : run_eval(small_plan(40, workers), generator, sink).summaries) {
      if (row.metric == "seconds_per_answer") continue;
      out += row.defence + row.scenario + std::to_string(row.value.value.value_or(-1)) +
             std::to_string(row.value.low) + std::to_string(row.value.counts.n_ok) + "\n";
    }
    return out;
  };
  EXPECT_EQ(totals(1), totals(13));
}

TEST(Runner, RefusesNothingToMeasureAndTwinsOfNames) {
  FakeGenerator generator;
  MemorySink sink;
  EvalPlan none = small_plan(1);
  none.defences.clear();
  EXPECT_THROW(run_eval(none, generator, sink), Error);
  EvalPlan twice = small_plan(1);
  twice.defences.push_back(twice.defences[0]);
  EXPECT_THROW(run_eval(twice, generator, sink), Error);
  EvalPlan same = small_plan(1);
  same.benchmarks.push_back(same.benchmarks[0]);
  EXPECT_THROW(run_eval(same, generator, sink), Error);
}

TEST(OverrideJudge, TakesThePlaceOfJudgesWithTheSameLabels) {
  BenchmarkData data;
  data.judges = {{"unsafe", {"keywords", "keywords(list=siuo_rule)"}}, {"utility", {"words"}}};
  override_judge(data, "keywords(list=xstest)");
  EXPECT_EQ(data.judges.at("unsafe"),
            (std::vector<std::string>{"keywords(list=xstest)", "keywords(list=siuo_rule)"}));
  EXPECT_EQ(data.judges.at("utility"), std::vector<std::string>{"words"});
  override_judge(data, "keywords(list=siuo_rule)");  // one of the others comes to the front
  EXPECT_EQ(data.judges.at("unsafe"), std::vector<std::string>{"keywords(list=siuo_rule)"});
  data.judges.erase("utility");
  EXPECT_THROW(override_judge(data, "yes_no"), Error);
}

}  // namespace
}  // namespace sightline
