#define USE_C10D_GLOO
#include "distributed/process_group.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/tensor.h>

#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include "distributed/flat_tensors.h"
#include "sightline/error.h"

namespace sightline {
namespace {

constexpr std::int64_t kMaxMessageBytes = std::int64_t{1} << 32;
constexpr int kMessageTag = 1;

class Alone : public ProcessGroup {
 public:
  explicit Alone(const RankLayout& layout) : ProcessGroup(layout) {}
  std::function<void()> start_sum(const at::Tensor&, const char*) override {
    return [] {};
  }
  void sum(std::vector<double>&, const char*) override {}
  void broadcast(const std::vector<at::Tensor>&, const char*) override {}
  std::vector<at::Tensor> gather(const at::Tensor& own, const char*) override { return {own}; }
  void barrier(const char*) override {}
  void send(int to, const std::string&, const char* what) override { no_peer(to, what); }
  std::string receive(int from, const char* what) override { no_peer(from, what); }

 private:
  [[noreturn]] static void no_peer(int rank, const char* what) {
    fail(ErrorKind::kInternal, "{}: there is no rank {} beside this process", what, rank);
  }
};

class Gloo : public ProcessGroup {
 public:
  Gloo(const RankLayout& layout, std::chrono::seconds timeout) : ProcessGroup(layout) {
    guarded("meeting the other ranks", [&] { meet(timeout); });
  }

  std::function<void()> start_sum(const at::Tensor& tensor, const char* what) override {
    c10::intrusive_ptr<c10d::Work> work;
    guarded(what, [&] {
      std::vector<at::Tensor> one{tensor};
      work = gloo_->allreduce(one);
    });
    return [this, work, what] { guarded(what, [&] { work->wait(); }); };
  }

  void sum(std::vector<double>& numbers, const char* what) override {
    guarded(what, [&] {
      std::vector<at::Tensor> one{at::tensor(numbers, at::kDouble)};
      gloo_->allreduce(one)->wait();
      const double* values = one[0].const_data_ptr<double>();
      numbers.assign(values, values + numbers.size());
    });
  }

  void broadcast(const std::vector<at::Tensor>& tensors, const char* what) override {
    guarded(what, [&] {
      for (const std::vector<at::Tensor>& bucket : buckets_of(tensors, kBucketBytes)) {
        std::vector<at::Tensor> flat{flattened(bucket)};
        gloo_->broadcast(flat)->wait();
        put_back(flat[0], bucket);
      }
    });
  }

  std::vector<at::Tensor> gather(const at::Tensor& own, const char* what) override {
    std::vector<std::vector<at::Tensor>> all(1);
    guarded(what, [&] {
      for (int rank = 0; rank < world(); ++rank) all[0].push_back(at::empty_like(own));
      std::vector<at::Tensor> in{own};
      gloo_->allgather(all, in)->wait();
    });
    return all[0];
  }

  void barrier(const char* what) override {
    guarded(what, [&] { gloo_->barrier()->wait(); });
  }

  // A message is its length and, unless that is 0, its bytes.
  void send(int to, const std::string& bytes, const char* what) override {
    guarded(what, [&] {
      std::vector<at::Tensor> part{at::tensor(static_cast<std::int64_t>(bytes.size()), at::kLong)};
      gloo_->send(part, to, kMessageTag)->wait();
      if (bytes.empty()) return;
      part = {at::empty({static_cast<std::int64_t>(bytes.size())}, at::kByte)};
      std::memcpy(part[0].mutable_data_ptr(), bytes.data(), bytes.size());
      gloo_->send(part, to, kMessageTag)->wait();
    });
  }

  std::string receive(int from, const char* what) override {
    std::string bytes;
    guarded(what, [&] {
      std::vector<at::Tensor> part{at::empty({}, at::kLong)};
      gloo_->recv(part, from, kMessageTag)->wait();
      const std::int64_t size = part[0].item<std::int64_t>();
      if (size < 0 || size > kMaxMessageBytes) {
        fail(ErrorKind::kRemote, "rank {} announces a message of {} bytes while {}", from, size,
             what);
      }
      if (size == 0) return;
      part = {at::empty({size}, at::kByte)};
      gloo_->recv(part, from, kMessageTag)->wait();
      bytes.assign(static_cast<const char*>(part[0].const_data_ptr()),
                   static_cast<std::size_t>(size));
    });
    return bytes;
  }

 private:
  void meet(std::chrono::seconds timeout) {
    c10d::TCPStoreOptions options;
    options.port = static_cast<std::uint16_t>(layout().port);
    options.isServer = rank() == 0 && !layout().agent_serves;
    options.timeout = timeout;
    options.waitWorkers = false;
    const auto store = c10::make_intrusive<c10d::TCPStore>(layout().address, options);
    const auto prefixed =
        c10::make_intrusive<c10d::PrefixStore>("sightline/" + layout().attempt, store);
    const auto settings = c10d::ProcessGroupGloo::Options::create();
    settings->timeout = timeout;
    const char* interface = std::getenv("GLOO_SOCKET_IFNAME");
    settings->devices.push_back(interface != nullptr
                                    ? c10d::ProcessGroupGloo::createDeviceForInterface(interface)
                                    : c10d::ProcessGroupGloo::createDefaultDevice());
    gloo_ = c10::make_intrusive<c10d::ProcessGroupGloo>(prefixed, rank(), world(), settings);
  }

  void guarded(const char* what, const std::function<void()>& action) const {
    try {
      action();
    } catch (const Error&) {
      throw;
    } catch (const std::exception& error) {
      const std::string text = error.what();
      fail_with_hint(ErrorKind::kRemote, "see the other ranks' messages; go on with --resume",
                     "rank {} of {} lost the others while {}: {}", rank(), world(), what,
                     text.substr(0, text.find('\n')));
    }
  }

  c10::intrusive_ptr<c10d::ProcessGroupGloo> gloo_;
};

}  // namespace

std::unique_ptr<ProcessGroup> ProcessGroup::join(const RankLayout& layout,
                                                 std::chrono::seconds timeout) {
  if (layout.world == 1) return std::make_unique<Alone>(layout);
  return std::make_unique<Gloo>(layout, timeout);
}

}  // namespace sightline
