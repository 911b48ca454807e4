#include "engine/remote_retry.h"

#include <algorithm>
#include <cmath>

namespace sightline {

bool is_worth_retrying(int http_status) {
  return http_status == 408 || http_status == 409 || http_status == 429 || http_status >= 500;
}

double retry_wait_seconds(int attempt, double uniform, double retry_after_seconds) {
  constexpr double kFirst = 0.5;
  constexpr double kLongest = 30;
  const double backoff = uniform * std::min(kLongest, kFirst * std::exp2(attempt - 1));
  // Those who were told the same moment come back spread over half a second.
  return retry_after_seconds > 0 ? retry_after_seconds + uniform * kFirst : backoff;
}

bool wait_for(double seconds, const std::stop_token& cancel) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, cancel, std::chrono::duration<double>(seconds), [] { return false; });
  return !cancel.stop_requested();
}

RequestGate::RequestGate(double requests_per_minute, int most_at_once)
    : interval_(requests_per_minute > 0 ? 60 / requests_per_minute : 0), free_(most_at_once) {}

RequestGate::Place::~Place() {
  if (gate_ == nullptr) return;
  const std::lock_guard lock(gate_->mutex_);
  ++gate_->free_;
  gate_->left_.notify_one();
}

RequestGate::Place RequestGate::enter(std::stop_token cancel) {
  std::unique_lock lock(mutex_);
  if (!left_.wait(lock, cancel, [this] { return free_ > 0; })) return Place(nullptr);
  --free_;
  return Place(this);
}

bool RequestGate::wait_turn(const std::stop_token& cancel) {
  std::chrono::duration<double> wait(0);
  {
    const std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    const auto turn = std::max(now, next_);
    next_ = turn + std::chrono::duration_cast<Clock::duration>(interval_);
    wait = turn - now;
  }
  return wait_for(wait.count(), cancel);
}

}  // namespace sightline
