// When a server is asked again, and how long is waited.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace sightline {

// 408, 409, 429 and 5xx: the same request may succeed later.
bool is_worth_retrying(int http_status);

// Seconds before attempt `attempt` + 1: exponential with full jitter, `uniform` in [0, 1), and
// never less than the server asked for. REQUIRES: attempt ≥ 1.
double retry_wait_seconds(int attempt, double uniform, double retry_after_seconds);

// A server that asks for a longer pause than this has closed for us.
inline constexpr double kMaxRetryAfterSeconds = 300;

// Sleeps; false when cancelled before the end.
bool wait_for(double seconds, const std::stop_token& cancel);

// Lets callers through at most so often a minute, evenly, and at most so many at a time.
// Thread-safe.
class RequestGate {
 public:
  // requests_per_minute 0: no limit. REQUIRES: most_at_once ≥ 1.
  RequestGate(double requests_per_minute, int most_at_once);

  // A place among those at work, held until destruction. `held` is false when cancelled.
  class Place {
   public:
    explicit Place(RequestGate* gate) : gate_(gate) {}
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    bool held() const { return gate_ != nullptr; }

   private:
    RequestGate* gate_;
  };
  Place enter(std::stop_token cancel);

  // Waits for the turn of one attempt; false when cancelled.
  bool wait_turn(const std::stop_token& cancel);

 private:
  using Clock = std::chrono::steady_clock;

  std::chrono::duration<double> interval_;
  std::mutex mutex_;
  std::condition_variable_any left_;
  int free_;                // guarded by mutex_
  Clock::time_point next_;  // guarded by mutex_: when the next attempt may go
};

}  // namespace sightline
