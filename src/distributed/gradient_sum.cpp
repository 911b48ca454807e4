#include "distributed/gradient_sum.h"

#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/variable.h>

#include "sightline/error.h"

namespace sightline {
namespace {

namespace autograd = torch::autograd::impl;

class ArrivalHook : public torch::autograd::PostAccumulateGradHook {
 public:
  explicit ArrivalHook(std::function<void()> arrived) : arrived_(std::move(arrived)) {}
  void operator()(const at::Tensor&) override { arrived_(); }

 private:
  std::function<void()> arrived_;
};

std::vector<at::Tensor> gradients_of(const std::vector<at::Tensor>& parameters) {
  std::vector<at::Tensor> out;
  for (const at::Tensor& parameter : parameters) out.push_back(parameter.grad());
  return out;
}

}  // namespace

GradientSum::GradientSum(const std::vector<at::Tensor>& parameters,
                         std::shared_ptr<ProcessGroup> group, std::int64_t bucket_bytes)
    : group_(std::move(group)) {
  const std::vector<at::Tensor> last_first(parameters.rbegin(), parameters.rend());
  for (std::vector<at::Tensor>& bucket : buckets_of(last_first, bucket_bytes)) {
    buckets_.push_back({.parameters = std::move(bucket)});
    const std::size_t places = buckets_.back().parameters.size();
    for (std::size_t place = 0; place < places; ++place) listen(buckets_.size() - 1, place);
  }
}

GradientSum::~GradientSum() {
  for (const Bucket& bucket : buckets_) {
    for (const at::Tensor& one : bucket.parameters) {
      autograd::set_post_acc_grad_hooks(one, nullptr);
    }
  }
}

void GradientSum::listen(std::size_t bucket, std::size_t place) {
  autograd::set_post_acc_grad_hooks(
      buckets_[bucket].parameters[place],
      std::make_unique<ArrivalHook>([this, bucket, place] { arrived(bucket, place); }));
}

void GradientSum::expect_last_backward() {
  for (Bucket& bucket : buckets_) {
    for (std::size_t place = 0; place < bucket.parameters.size(); ++place) {
      bucket.awaited.insert(place);
    }
  }
  last_backward_ = true;
}

void GradientSum::arrived(std::size_t bucket, std::size_t place) {
  if (!last_backward_) return;
  if (bucket < sent_) {
    fail(ErrorKind::kInternal, "gradient {} of bucket {} grew after the bucket was sent", place,
         bucket);
  }
  buckets_[bucket].awaited.erase(place);
  while (sent_ < buckets_.size() && buckets_[sent_].awaited.empty()) send(buckets_[sent_]);
}

void GradientSum::send(Bucket& bucket) {
  bucket.flat = flattened(gradients_of(bucket.parameters));
  bucket.wait = group_->start_sum(bucket.flat, "adding up gradients");
  ++sent_;
}

void GradientSum::finish() {
  while (sent_ < buckets_.size()) send(buckets_[sent_]);
  for (Bucket& bucket : buckets_) {
    bucket.wait();
    put_back(bucket.flat, gradients_of(bucket.parameters));
    bucket.flat.reset();
  }
  last_backward_ = false;
  sent_ = 0;
}

}  // namespace sightline
