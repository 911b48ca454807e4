// Collectives between the ranks: c10d's Gloo on the CPU.
#pragma once

#include <ATen/core/Tensor.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "distributed/ranks.h"

namespace sightline {

// One per process; calls must come in the same order on all ranks, send and receive excepted. A
// rank that died, or does not come within the time-out, ends the call with Error{kRemote} naming
// the step.
class ProcessGroup {
 public:
  // Meets the other ranks. A layout of one process makes a group whose calls do nothing.
  static std::unique_ptr<ProcessGroup> join(const RankLayout& layout, std::chrono::seconds timeout);
  virtual ~ProcessGroup() = default;

  const RankLayout& layout() const { return layout_; }
  int rank() const { return layout_.rank; }
  int world() const { return layout_.world; }

  // Starts a sum over all ranks, in place, of a contiguous fp32 CPU tensor; what it returns waits
  // for the end. Nobody may touch the tensor before, and the group must outlive the call.
  virtual std::function<void()> start_sum(const at::Tensor& tensor, const char* what) = 0;

  void sum(const at::Tensor& tensor, const char* what) { start_sum(tensor, what)(); }
  virtual void sum(std::vector<double>& numbers, const char* what) = 0;
  virtual void broadcast(const std::vector<at::Tensor>& tensors,
                         const char* what) = 0;                                         // of rank 0
  virtual std::vector<at::Tensor> gather(const at::Tensor& own, const char* what) = 0;  // by rank
  virtual void barrier(const char* what) = 0;

  // Bytes from one rank to another, received in the order of sending. May be called by a thread per
  // peer at once. REQUIRES: another rank.
  virtual void send(int to, const std::string& bytes, const char* what) = 0;
  virtual std::string receive(int from, const char* what) = 0;

 protected:
  explicit ProcessGroup(RankLayout layout) : layout_(std::move(layout)) {}

 private:
  RankLayout layout_;
};

}  // namespace sightline
