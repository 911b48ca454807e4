#include "evals/tuning.h"

#include <gtest/gtest.h>

#include "base/options.h"
#include "sightline/error.h"
#include "support/eval_fixture.h"

namespace sightline {
namespace {

TEST(SpecOfSplit, JoinsTheOptionsThatAreThere) {
  EXPECT_EQ(spec_of_split("mini", "fit"), "mini(split=fit)");
  const NamedSpec spec = parse_specs(spec_of_split("jsonl(path=\"a, b.jsonl\")", "fit")).at(0);
  EXPECT_EQ(spec.name, "jsonl");
  EXPECT_EQ(spec.options, (Json{{"path", "a, b.jsonl"}, {"split", "fit"}}));
}

TEST(SpecOfSplit, RefusesASplitOfTheUsersAndSeveralBenchmarks) {
  for (const char* spec : {"mini(split=test)", "mini+mini"}) {
    try {
      spec_of_split(spec, "fit");
      ADD_FAILURE() << "accepted " << spec;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kUsage) << spec;
    }
  }
}

TEST(ChooseSetting, TakesTheSafestThatKeepsTheRuleAndTheWeakerOfEquals) {
  const auto setting = [](double alpha, double unsafe, double refusals, double right) {
    return TriedSetting{.options = {{"alpha", alpha}},
                        .unsafe_rate = unsafe,
                        .over_refusal = refusals,
                        .picture_accuracy = right};
  };
  const TriedSetting baseline = setting(0, .5, .05, .8);
  std::vector<TriedSetting> grid = {setting(1, .0, .09, .8),   // refuses too much
                                    setting(1, .1, .05, .78),  // sees too little
                                    setting(2, .2, .08, .79), setting(1, .2, .08, .79),
                                    setting(.5, .3, .05, .8)};
  EXPECT_EQ(choose_setting(baseline, grid, {}), 3);
  EXPECT_FALSE(grid[0].allowed);
  EXPECT_FALSE(grid[1].allowed);
  EXPECT_TRUE(grid[4].allowed);
  grid.resize(2);
  EXPECT_EQ(choose_setting(baseline, grid, {}), -1);
}

TEST(Tune, StoppedEarlyIsAnInterruption) {
  FakeGenerator generator(small_script);
  std::stop_source stop;
  stop.request_stop();
  const auto make = [](const Json&) { return std::make_shared<FakeDefence>("x"); };
  try {
    tune(small_benchmark(4), {Json::object()}, make, generator, {}, 2, stop.get_token());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInterrupted);
  }
}

}  // namespace
}  // namespace sightline
