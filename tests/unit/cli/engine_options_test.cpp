// What the flags make of the engine that is measured and of those that judge.
#include "engine_options.h"

#include <gtest/gtest.h>

#include "verbs.h"

namespace sightline::cli {
namespace {

Json eval_options(const Json& given) {
  return complete_options(verb_named("eval").table(), given, "eval");
}

TEST(JudgeEngineOptions, KeepTheMeasuredServersKeyToThatServer) {
  const Json given = {{"model", "https://a.example/v1#m"}, {"key_variable", "A_KEY"}};
  const EngineOptions judge = judge_engine_options(eval_options(given));
  EXPECT_EQ(judge.remote.key_variable, "A_KEY");
  EXPECT_EQ(judge.remote.key_base, "https://a.example/v1");
}

// A judge must not be tuned by the very adapter that it judges.
TEST(JudgeEngineOptions, LeaveTheMeasuredAdaptersOut) {
  const Json options = eval_options({{"adapter", Json::array({"brt:0.5"})}});
  EXPECT_EQ(engine_options(options).adapters, std::vector<std::string>{"brt:0.5"});
  EXPECT_TRUE(judge_engine_options(options).adapters.empty());
}

TEST(JudgeEngineOptions, GiveJudgesAKeyOfTheirOwn) {
  const Json given = {{"model", "https://a.example/v1#m"},
                      {"key_variable", "A_KEY"},
                      {"judge_key_variable", "J_KEY"}};
  const EngineOptions judge = judge_engine_options(eval_options(given));
  EXPECT_EQ(judge.remote.key_variable, "J_KEY");
  EXPECT_EQ(judge.remote.key_base, "");
  EXPECT_EQ(engine_options(eval_options(given)).remote.key_variable, "A_KEY");
}

TEST(EngineOptions, OfTheJudgeVerbSayHowAnEndpointIsAsked) {
  const Json given = {
      {"judge", "refusal"}, {"key_variable", "J_KEY"}, {"rpm", 30.0}, {"timeout", 7.0}};
  const RemoteOptions remote =
      engine_options(complete_options(verb_named("judge").table(), given, "judge")).remote;
  EXPECT_EQ(remote.key_variable, "J_KEY");
  EXPECT_EQ(remote.requests_per_minute, 30);
  EXPECT_EQ(remote.timeout_seconds, 7);
}

}  // namespace
}  // namespace sightline::cli
