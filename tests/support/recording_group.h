// One of two ranks whose other, not there, always adds what this one adds.
#pragma once

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "distributed/process_group.h"

namespace sightline {

class RecordingGroup : public ProcessGroup {
 public:
  // `look` is called at the start of each sum.
  explicit RecordingGroup(std::function<void()> look = [] {})
      : ProcessGroup({.rank = 0, .world = 2}), look_(std::move(look)) {}

  std::function<void()> start_sum(const at::Tensor& tensor, const char*) override {
    look_();
    started.push_back(tensor.clone());
    return [tensor] { tensor.mul_(2); };
  }
  void sum(std::vector<double>&, const char*) override {}
  void broadcast(const std::vector<at::Tensor>&, const char*) override {}
  std::vector<at::Tensor> gather(const at::Tensor& own, const char*) override {
    gathered.push_back(own.clone());
    return {own, own + drift};
  }
  void barrier(const char*) override {}
  void send(int, const std::string&, const char*) override {}
  std::string receive(int, const char*) override { return {}; }

  std::vector<at::Tensor> started;   // what left, in order
  std::vector<at::Tensor> gathered;  // likewise
  double drift = 0;                  // of the other rank's numbers where they are gathered

 private:
  std::function<void()> look_;
};

}  // namespace sightline
