// What an answer cost while others were being made at the same time.
#pragma once

#include <chrono>
#include <mutex>

namespace sightline {

// Shares each moment equally among the answers in flight, so that the costs of all answers add up
// to the time during which any was in flight. Alone, an answer costs its latency. Thread-safe.
class CostClock {
 public:
  using Clock = std::chrono::steady_clock;

  // One answer in flight, from construction to done().
  class Ticket {
   public:
    explicit Ticket(CostClock& clock) : clock_(clock), start_(clock.enter()) {}
    double done() { return clock_.leave() - start_; }  // REQUIRES: called exactly once

   private:
    CostClock& clock_;
    double start_;
  };

 private:
  double enter() {
    const std::lock_guard lock(mutex_);
    accrue();
    ++in_flight_;
    return share_;
  }

  double leave() {
    const std::lock_guard lock(mutex_);
    accrue();
    --in_flight_;
    return share_;
  }

  void accrue() {
    const auto now = Clock::now();
    if (in_flight_ > 0) share_ += std::chrono::duration<double>(now - last_).count() / in_flight_;
    last_ = now;
  }

  std::mutex mutex_;
  Clock::time_point last_ = Clock::now();
  double share_ = 0;  // ∫ dt / answers in flight
  int in_flight_ = 0;
};

}  // namespace sightline
