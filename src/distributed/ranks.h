// The processes of one training or evaluation: who this one is, as torchrun or srun say it.
#pragma once

#include <cstdint>
#include <string>

namespace sightline {

struct RankLayout {
  int rank = 0;
  int world = 1;
  int local_rank = 0;  // among the processes of this machine
  int local_world = 1;
  std::string address = {};  // of the rendezvous
  int port = 0;
  bool agent_serves = false;  // torchrun's agent serves the store: every rank is its client
  std::string attempt = "0";  // counts torchrun's restarts

  bool leads() const { return rank == 0; }  // prints, and writes what the ranks bring together

  // CPU threads for this process: `wanted`, or for 0 its share of the machine's cores.
  int threads(int wanted) const;
};

// From RANK, WORLD_SIZE, LOCAL_RANK, LOCAL_WORLD_SIZE, MASTER_ADDR, MASTER_PORT (torchrun), else
// from SLURM_PROCID, SLURM_NTASKS, SLURM_LOCALID, SLURM_TASKS_PER_NODE with MASTER_ADDR and
// MASTER_PORT (srun), else one process. Throws Error{kUsage} for values that contradict each other.
RankLayout rank_layout_from_environment();

}  // namespace sightline
