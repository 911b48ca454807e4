#include "distributed/ranks.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <thread>

#include "sightline/error.h"

namespace sightline {
namespace {

std::optional<std::string> variable(const char* name) {
  const char* text = std::getenv(name);
  if (text == nullptr || *text == '\0') return {};
  return text;
}

// The leading number: SLURM_TASKS_PER_NODE reads "2(x3)".
int number(const char* name, int fallback) {
  const auto text = variable(name);
  if (!text) return fallback;
  int value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  const bool counted = end == text->data() + text->size() || *end == '(';
  if (error != std::errc() || !counted || value < 0) {
    fail(ErrorKind::kUsage, "environment: {} is '{}', wanted a number", name, *text);
  }
  return value;
}

RankLayout from_slurm() {
  RankLayout out{.rank = number("SLURM_PROCID", 0), .world = number("SLURM_NTASKS", 1)};
  out.local_rank = number("SLURM_LOCALID", 0);
  out.local_world = number("SLURM_TASKS_PER_NODE", 1);
  return out;
}

RankLayout from_torchrun() {
  RankLayout out{.rank = number("RANK", 0), .world = number("WORLD_SIZE", 1)};
  out.local_rank = number("LOCAL_RANK", 0);
  out.local_world = number("LOCAL_WORLD_SIZE", 1);
  out.agent_serves = variable("TORCHELASTIC_USE_AGENT_STORE") == "True";
  out.attempt = variable("TORCHELASTIC_RESTART_COUNT").value_or("0");
  return out;
}

}  // namespace

int RankLayout::threads(int wanted) const {
  if (wanted > 0) return wanted;
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  return std::max(1, cores / local_world);
}

RankLayout rank_layout_from_environment() {
  const bool torchrun = variable("RANK") && variable("WORLD_SIZE");
  const bool slurm = variable("SLURM_PROCID") && variable("MASTER_ADDR");
  if (!torchrun && !slurm) return {};
  RankLayout out = torchrun ? from_torchrun() : from_slurm();
  if (out.world < 1 || out.rank >= out.world) {
    fail(ErrorKind::kUsage, "environment: rank {} of {} processes", out.rank, out.world);
  }
  if (out.world == 1) return out;
  out.address = variable("MASTER_ADDR").value_or("");
  out.port = number("MASTER_PORT", 0);
  if (out.address.empty() || out.port == 0) {
    fail_with_hint(ErrorKind::kUsage, "torchrun sets both; with srun, export them yourself",
                   "environment: {} processes, but no MASTER_ADDR and MASTER_PORT", out.world);
  }
  return out;
}

}  // namespace sightline
