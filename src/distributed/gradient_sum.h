// Gradients added up over the ranks while the backward pass still runs, as PyTorch's
// DistributedDataParallel does (Li et al. 2020): buckets leave as soon as they are complete.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <vector>

#include "distributed/flat_tensors.h"
#include "distributed/process_group.h"

namespace sightline {

// Listens to the parameters while it lives. An update is any number of backward passes, then
// expect_last_backward(), one more of them, and finish(); a rank without any calls finish() alone.
// Buckets leave in one order on all ranks, whatever each has to do. Not thread-safe.
//   sum.expect_last_backward();
//   loss.backward();
//   sum.finish();
class GradientSum {
 public:
  // `parameters` are leaves in the order of their use, the same on all ranks, of one dtype and
  // device; the last used are in the first bucket. Another GradientSum may not have them.
  GradientSum(const std::vector<at::Tensor>& parameters, std::shared_ptr<ProcessGroup> group,
              std::int64_t bucket_bytes = kBucketBytes);
  ~GradientSum();
  GradientSum(const GradientSum&) = delete;
  GradientSum& operator=(const GradientSum&) = delete;

  // The next backward pass completes gradients: it throws what ProcessGroup::start_sum throws, and
  // Error{kInternal} when a gradient grows after its bucket has left.
  void expect_last_backward();

  // Sends what has not left, and waits until every gradient is the sum of all ranks'. REQUIRES:
  // every parameter has a gradient by now. Throws what ProcessGroup::sum throws; it is of no use
  // then.
  void finish();

 private:
  struct Bucket {
    std::vector<at::Tensor> parameters;
    std::set<std::size_t> awaited = {};  // places of parameters whose gradient may still grow
    at::Tensor flat = {};                // what travels
    std::function<void()> wait = {};
  };
  void listen(std::size_t bucket, std::size_t place);
  void arrived(std::size_t bucket, std::size_t place);
  void send(Bucket& bucket);

  std::shared_ptr<ProcessGroup> group_;
  std::vector<Bucket> buckets_;
  std::size_t sent_ = 0;  // buckets under way, from the first
  bool last_backward_ = false;
};

}  // namespace sightline
