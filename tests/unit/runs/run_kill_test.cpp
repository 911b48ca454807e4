// Real processes, really killed.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <thread>

#include "base/random.h"
#include "runs/run_store.h"
#include "support/temporary_folder.h"

namespace sightline {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kSamples = 300;
constexpr int kWorkers = 8;  // of run_tool

std::uint64_t test_seed() {
  const char* seed = std::getenv("SIGHTLINE_TEST_SEED");
  return seed == nullptr ? 1234 : std::strtoull(seed, nullptr, 10);
}

std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

class KilledRun : public testing::Test {
 protected:
  pid_t start(const std::string& name, int delay_us) {
    const std::string store = file(name, ".db").string();
    const std::string log = file(name, ".log").string();
    const std::string out = file(name, ".out").string();
    const std::string count = std::to_string(kSamples);
    const std::string delay = std::to_string(delay_us);
    const pid_t child = ::fork();
    if (child == 0) {
      const int output = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
      ::dup2(output, STDOUT_FILENO);
      ::execl(RUN_TOOL, RUN_TOOL, store.c_str(), log.c_str(), count.c_str(), delay.c_str(),
              nullptr);
      ::_exit(127);
    }
    return child;
  }

  // The exit code, or minus the signal.
  static int wait(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  std::filesystem::path file(const std::string& name, const char* suffix) const {
    return folder_.path() / (name + suffix);
  }

  // "defence|question" of every answer in the store.
  std::set<std::string> answered(const std::string& name) const {
    std::set<std::string> out;
    if (!std::filesystem::exists(file(name, ".db"))) return out;
    RunStore store(file(name, ".db"), RunStore::Mode::kWrite);
    const std::vector<RunInfo> runs = store.runs();
    if (runs.empty()) return out;
    EXPECT_EQ(runs.size(), 1U);
    for (const RecordedAnswer& one : store.answers(runs.back().id)) {
      out.insert(one.key.defence + "|question " + one.key.sample.substr(1));
    }
    return out;
  }

  std::size_t asked(const std::string& name) const { return lines_of(file(name, ".log")).size(); }

  TemporaryFolder folder_;
};

TEST_F(KilledRun, TwentyKillsChangeNothingAndNoAnswerIsAskedTwice) {
  ASSERT_EQ(wait(start("whole", 0)), 0);
  Random random(test_seed());
  std::set<std::string> known;
  std::size_t logged = 0;
  int kills = 0;
  for (int attempt = 0; kills < 20; ++attempt) {
    ASSERT_LT(attempt, 200) << "the run ended too early to be killed 20 times";
    const pid_t child = start("killed", 5000);
    std::this_thread::sleep_for(std::chrono::microseconds(2000 + random.below(40'000)));
    ::kill(child, SIGKILL);
    kills += wait(child) == -SIGKILL;
    const std::vector<std::string> asks = lines_of(file("killed", ".log"));
    for (std::size_t i = logged; i < asks.size(); ++i) {
      EXPECT_FALSE(known.contains(asks[i])) << asks[i] << " was answered and asked again";
    }
    const std::set<std::string> now = answered("killed");
    EXPECT_GE(now.size() + kWorkers, known.size() + (asks.size() - logged))
        << "more was lost than the answers in flight";
    for (const std::string& one : known) EXPECT_TRUE(now.contains(one)) << one << " was forgotten";
    known = now;
    logged = asks.size();
  }
  ASSERT_EQ(wait(start("killed", 0)), 0);
  EXPECT_EQ(lines_of(file("killed", ".out")), lines_of(file("whole", ".out")));
  EXPECT_EQ(answered("killed").size(), 2U * kSamples);
  EXPECT_LE(asked("killed"), 2U * kSamples + 20U * kWorkers);
}

TEST_F(KilledRun, CtrlCFinishesTheAnswersInFlight) {
  const pid_t child = start("run", 20'000);
  while (asked("run") < 20) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  ::kill(child, SIGINT);
  EXPECT_EQ(wait(child), 130);
  EXPECT_EQ(answered("run").size(), asked("run"));
  EXPECT_LT(asked("run"), 2U * kSamples);
  {
    RunStore store(file("run", ".db"), RunStore::Mode::kRead);
    EXPECT_EQ(store.run("last").state, RunState::kInterrupted);
    EXPECT_FALSE(store.summaries(1).empty());
  }
  EXPECT_EQ(wait(start("run", 0)), 0);
  EXPECT_EQ(asked("run"), 2U * kSamples);
  RunStore store(file("run", ".db"), RunStore::Mode::kRead);
  EXPECT_EQ(store.run("last").state, RunState::kDone);
  EXPECT_EQ(store.run("last").config.at("sessions").size(), 2U);
}

TEST_F(KilledRun, ASecondCtrlCEndsAtOnce) {
  const pid_t child = start("run", 30'000'000);
  while (asked("run") == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  const auto begin = Clock::now();
  ::kill(child, SIGINT);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  ::kill(child, SIGINT);
  EXPECT_EQ(wait(child), 130);
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(5));
}

}  // namespace
}  // namespace sightline
