#include "distributed/ranks.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/full.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <thread>

#include "distributed/process_group.h"
#include "sightline/error.h"

namespace sightline {
namespace {

// The environment of a launcher while this lives.
class Environment {
 public:
  explicit Environment(const std::map<std::string, std::string>& variables)
      : variables_(variables) {
    for (const auto& [name, value] : variables_) ::setenv(name.c_str(), value.c_str(), 1);
  }
  ~Environment() {
    for (const auto& [name, value] : variables_) ::unsetenv(name.c_str());
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  std::map<std::string, std::string> variables_;
};

TEST(RankLayout, IsOneProcessWithoutALauncher) {
  EXPECT_EQ(rank_layout_from_environment().world, 1);
}

TEST(RankLayout, ReadsTorchrun) {
  const Environment torchrun({{"RANK", "3"},
                              {"WORLD_SIZE", "4"},
                              {"LOCAL_RANK", "1"},
                              {"LOCAL_WORLD_SIZE", "2"},
                              {"MASTER_ADDR", "node0"},
                              {"MASTER_PORT", "29500"},
                              {"TORCHELASTIC_USE_AGENT_STORE", "True"},
                              {"TORCHELASTIC_RESTART_COUNT", "2"}});
  const RankLayout layout = rank_layout_from_environment();
  EXPECT_EQ(layout.rank, 3);
  EXPECT_EQ(layout.world, 4);
  EXPECT_EQ(layout.local_world, 2);
  EXPECT_EQ(layout.address, "node0");
  EXPECT_TRUE(layout.agent_serves);
  EXPECT_EQ(layout.attempt, "2");
}

TEST(RankLayout, ReadsSlurm) {
  const Environment srun({{"SLURM_PROCID", "1"},
                          {"SLURM_NTASKS", "6"},
                          {"SLURM_LOCALID", "1"},
                          {"SLURM_TASKS_PER_NODE", "2(x3)"},
                          {"MASTER_ADDR", "node0"},
                          {"MASTER_PORT", "29500"}});
  const RankLayout layout = rank_layout_from_environment();
  EXPECT_EQ(layout.rank, 1);
  EXPECT_EQ(layout.world, 6);
  EXPECT_EQ(layout.local_world, 2);
  EXPECT_FALSE(layout.agent_serves);
}

TEST(RankLayout, RefusesContradictions) {
  const Environment beyond({{"RANK", "4"}, {"WORLD_SIZE", "4"}});
  EXPECT_THROW(rank_layout_from_environment(), Error);
  const Environment words({{"RANK", "first"}, {"WORLD_SIZE", "4"}});
  EXPECT_THROW(rank_layout_from_environment(), Error);
}

// Two groups in one process: what is added up, gathered and sent is the same on both.
TEST(ProcessGroup, AddsGathersAndSends) {
  const auto rank = [](int number) {
    const RankLayout layout{
        .rank = number, .world = 2, .local_world = 2, .address = "127.0.0.1", .port = 29731};
    const auto group = ProcessGroup::join(layout, std::chrono::seconds(60));
    const at::Tensor first = at::full({4}, number + 1.0F);
    const at::Tensor second = at::full({3}, number + 10.0F);
    const auto wait_for_first = group->start_sum(first, "testing");
    group->sum(second, "testing");
    wait_for_first();
    EXPECT_TRUE(first.eq(3).all().item<bool>());
    EXPECT_TRUE(second.eq(21).all().item<bool>());
    std::vector<double> numbers{1.0, static_cast<double>(number)};
    group->sum(numbers, "testing");
    EXPECT_EQ(numbers, (std::vector<double>{2.0, 1.0}));
    const auto all = group->gather(at::full({2}, static_cast<float>(number)), "testing");
    EXPECT_EQ(all.at(1)[0].item<float>(), 1);
    const at::Tensor wide = at::full({7'000'000}, number + 1.0F);  // two buckets with the next
    const at::Tensor small = at::full({2}, number + 5.0F);
    group->broadcast({wide, small}, "testing");
    EXPECT_TRUE(wide.eq(1).all().item<bool>());
    EXPECT_TRUE(small.eq(5).all().item<bool>());
    group->barrier("testing");
  };
  std::thread other(rank, 1);
  rank(0);
  other.join();
}

}  // namespace
}  // namespace sightline
